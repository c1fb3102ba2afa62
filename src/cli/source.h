/* The operand SOURCE: a transcript or a saved alignment, detected from its content. */
#ifndef SB_CLI_SOURCE_H
#define SB_CLI_SOURCE_H

#include "context.h"

#include "soundbite/align.h"

typedef struct cli_source {
    const char *path;
    sb_transcript *transcript; /* NULL if the source is a saved alignment */
    sb_alignment *alignment;   /* for a transcript, NULL until one of the calls below makes it */
} cli_source;

/* Reads `path` ("-" is standard input) and shows its notes as warnings. Returns SB_ERR_FORMAT (the message
 * says what the file seems to be), SB_ERR_IO, SB_ERR_LIMIT or SB_ERR_MEMORY. */
sb_status cli_source_read(cli_source *out, cli_context *context, const char *path, sb_error *err);

/* Makes the alignment of a transcript without audio. Does nothing for a saved alignment. */
sb_status cli_source_plain(cli_source *source, sb_error *err);

typedef struct cli_align_how {
    bool allow_mismatch;  /* a transcript that does not belong to the audio gives a warning */
    bool tells;           /* the caller reports a mismatch; it is neither an error nor a warning */
    bool strict;          /* an uncertain pairing is an error */
    bool afresh;          /* do not read the cache, but write to it */
    const char *language; /* of the transcript; NULL: not given */
} cli_align_how;

/* Returns the values of --allow-mismatch, --strict and --language. */
cli_align_how cli_align_how_given(const cli_context *context);

/* Aligns the transcript to `audio_path`, or takes the alignment from the cache, according to `how` and the
 * options (--method, --stream, --no-cache ...), and shows warnings. For a saved alignment, only checks the
 * pairing. Returns the statuses of sb_align_file; SB_ERR_MISMATCH according to `how`; SB_ERR_UNSUPPORTED if
 * --method acoustic has no model. */
sb_status cli_source_align(cli_source *source, cli_context *context, const char *audio_path,
                           const cli_align_how *how, sb_error *err);

/* Shows notes of rendering, except damage that was reported with the alignment. */
void cli_source_show_notes(const cli_source *source, cli_context *context, sb_notes *notes);

void cli_source_finish(cli_source *source);

/* Detects from the first bytes that AUDIO and the transcript are swapped, or that one is a document, a
 * picture or empty. Returns SB_ERR_FORMAT (the message gives the right order); SB_ERR_IO if a file cannot be
 * opened. */
sb_status cli_source_check_pair(const cli_context *context, const char *audio_path, const char *source_path,
                                sb_error *err);

#endif
