/* SOURCE of the commands: a transcript or a saved alignment, told by its content. */
#ifndef SB_CLI_SOURCE_H
#define SB_CLI_SOURCE_H

#include "context.h"

#include "soundbite/align.h"

typedef struct cli_source {
    const char *path;
    sb_transcript *transcript; /* NULL where the source is a saved alignment */
    sb_alignment *alignment;   /* NULL for a transcript until one of the calls below makes it */
} cli_source;

/* Reads `path` ("-" is standard input) and shows what is odd about it as warnings. SB_ERR_FORMAT says what the file looks
 * like instead, SB_ERR_IO, SB_ERR_LIMIT, SB_ERR_MEMORY. */
sb_status cli_source_read(cli_source *out, cli_context *context, const char *path, sb_error *err);

/* Makes the alignment of a transcript alone, without audio; nothing to do for a saved alignment. */
sb_status cli_source_plain(cli_source *source, sb_error *err);

typedef struct cli_align_how {
    bool allow_mismatch;  /* a transcript that does not belong to the audio is a warning */
    bool tells;           /* the caller tells of a mismatch itself: it is neither an error nor a warning */
    bool strict;          /* where it is unsure whether they belong together, that is an error */
    bool afresh;          /* do not look into the cache, though the result goes there */
    const char *language; /* of the transcript; NULL: not given */
} cli_align_how;

/* As the options say: --allow-mismatch, --strict, --language. */
cli_align_how cli_align_how_given(const cli_context *context);

/* Lays the transcript onto `audio_path`, or takes that from the cache, by `how` and the options (--method, --stream,
 * --no-cache and so on), and shows warnings. A saved alignment is only judged. As sb_align_file; SB_ERR_MISMATCH as `how`
 * says, and SB_ERR_UNSUPPORTED where --method acoustic has no model. */
sb_status cli_source_align(cli_source *source, cli_context *context, const char *audio_path,
                           const cli_align_how *how, sb_error *err);

/* Shows what rendering noted, but for damage that was told before as the alignment's. */
void cli_source_show_notes(const cli_source *source, cli_context *context, sb_notes *notes);

void cli_source_finish(cli_source *source);

/* Where AUDIO and the transcript are plainly not what they should be, by their first bytes: swapped, a document, a
 * picture, empty. SB_ERR_FORMAT with the right order, SB_ERR_IO for files that cannot be opened. */
sb_status cli_source_check_pair(const cli_context *context, const char *audio_path, const char *source_path,
                                sb_error *err);

#endif
