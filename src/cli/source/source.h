/* The operand SOURCE: reading it, aligning it, and the cache of alignments. */
#ifndef SB_CLI_SOURCE_SOURCE_H
#define SB_CLI_SOURCE_SOURCE_H

#include "cli/session/session.h"
#include "soundbite/align.h"
#include "soundbite/status.h"

/* The operand SOURCE: a transcript or a saved alignment, detected from its content. */

typedef struct cli_source {
    const char *path;
    sb_transcript *transcript; /* NULL if the source is a saved alignment */
    sb_alignment *alignment;   /* for a transcript, NULL until one of the calls below makes it */
    sb_notes notes;            /* notes from reading the transcript */
    sb_span *repeats;          /* passages of the audio that recur in several episodes of an archive */
    size_t n_repeats;
    bool asked_archives, is_archived; /* see cli_source_from_archive; the alignment is from an archive */
    bool has_layer;                   /* the speakers of --speakers were applied */
    bool fits; /* the alignment was made from the audio in this run, or was compared with it */
} cli_source;

/* Reads `path` ("-" is standard input) and shows its notes as warnings. Returns SB_ERR_ARGUMENT if an alias
 * fits no speaker of a transcript; the calls below apply the aliases to the alignment, so that the names do
 * not change how it is aligned. Also returns SB_ERR_FORMAT (the message says what the file seems to be),
 * SB_ERR_IO, SB_ERR_LIMIT or SB_ERR_MEMORY. */
sb_status cli_source_read(cli_source *out, cli_context *context, const char *path, sb_error *err);

/* Warns if another format fits the transcript almost as well. The two calls below that make an alignment do
 * so too. */
void cli_source_warn_of_format(const cli_source *source, cli_context *context);

/* Makes the alignment of a transcript without audio, unless there is one, and applies --speakers and
 * --alias. */
sb_status cli_source_plain(cli_source *source, cli_context *context, sb_error *err);

/* Makes an alignment of the audio alone, without words, for cutting by times. Returns the statuses of
 * sb_alignment_from_audio. */
sb_status cli_source_hear(cli_source *source, cli_context *context, const char *audio_path, sb_error *err);

typedef struct cli_align_how {
    bool allow_mismatch;  /* a transcript that does not belong to the audio gives a warning */
    bool tells;           /* a mismatch is neither an error nor a warning, because the caller reports it */
    bool strict;          /* an uncertain pairing is an error */
    bool afresh;          /* do not read the cache, only write to it */
    const char *language; /* of the transcript; NULL: not given */
} cli_align_how;

/* Returns the values of --allow-mismatch, --strict and --language. */
cli_align_how cli_align_how_given(const cli_context *context);

/* Aligns the transcript to `audio_path`, or takes the alignment from the cache, according to `how` and the
 * options (--method, --stream, --no-cache ...), and shows warnings. For a saved alignment, only checks the
 * pairing. Then applies --speakers; the cache has the alignment without them. Returns the statuses of
 * sb_alignment_from_file; SB_ERR_MISMATCH according to `how`; SB_ERR_UNSUPPORTED if --method acoustic has no
 * model. */
sb_status cli_source_align(cli_source *source, cli_context *context, const char *audio_path,
                           const cli_align_how *how, sb_error *err);

/* Takes the passages that recur from the archive of --archive and from those that are operands, and for a
 * transcript the alignment, if one has this audio with this transcript, made with the method and the language
 * that are asked for. Each source is looked up once; cli_source_align does so too. Standard input is not
 * looked up. Returns the statuses of cli_archive_open_file and sb_media_packets. */
sb_status cli_source_from_archive(cli_source *source, cli_context *context, const char *audio_path,
                                  const cli_align_how *how, sb_error *err);

/* Returns true if the options or the operands name an archive. */
bool cli_source_has_archive(const cli_context *context);

/* Applies the speakers of --speakers to the alignment, only once, and shows warnings. Returns the statuses of
 * sb_speaker_layer_read and sb_file_read. */
sb_status cli_source_take_speakers(cli_source *source, cli_context *context, sb_error *err);

/* Shows notes of rendering, except damage that was reported with the alignment. */
void cli_source_show_notes(const cli_source *source, cli_context *context, sb_notes *notes);

void cli_source_finish(cli_source *source);

/* Messages and errors for a transcript that may not belong to the audio. */

/* Returns true with --strict. */
bool cli_pairing_is_strict(const cli_context *context);

/* Returns SB_ERR_MISMATCH. The message says why it is uncertain whether `path`, the transcript or alignment,
 * belongs to the audio. */
sb_status cli_pairing_fail_unsure(const sb_alignment *alignment, const char *path, sb_error *err);

/* Warns about an uncertain pairing, or about a mismatch that --allow-mismatch accepts. Silent if the pairing
 * is OK. */
void cli_pairing_warn(cli_context *context, const sb_alignment *alignment, const char *path);

/* Returns SB_ERR_MISMATCH if the transcript of a saved alignment does not belong to its audio. */
sb_status cli_pairing_refuse(const sb_alignment *alignment, const char *path, sb_error *err);

/* Adds the option that helps to an error of the library. The library does not know the options. */
void cli_pairing_advise(const cli_context *context, sb_error *err);

/* A cache of alignments, so that later commands on an episode start at once.
 *
 * The folder is $XDG_CACHE_HOME/soundbite or ~/.cache/soundbite. It contains alignments/KEY and notes/KEY.
 * KEY is the SHA-256 of the hashes of audio and transcript, the relevant options (including --dict,
 * --boundary-model and --acoustic-model) and the program. It also contains audio/KEY: the SHA-256 of a file
 * and of the packets of its stream, identified by its real path, device, inode, size, times of change and
 * --stream.
 *
 * Entries are written atomically. An invalid entry is made again, and a cache that cannot be written is not
 * an error. Above 1 GB, the oldest entries are removed. */

typedef struct cli_cache {
    bool usable;
    bool writable; /* false with --dry-run */
    char folder[3072];
    char key[SB_SHA256_TEXT];
    char audio_sha256[SB_SHA256_TEXT], packets[SB_SHA256_TEXT]; /* of the audio file and its packets */
} cli_cache;

/* Finds the entry for two files, the options and the transcript's `language` (NULL: not given). The cache is
 * not used with --no-cache, for standard input, without a home folder, and for files that are not regular. */
void cli_cache_init(cli_cache *out, const cli_context *context, const char *audio_path,
                    const sb_transcript *transcript, const char *language);

/* Returns the stored alignment with the current paths of the files. Returns NULL if there is none, or if the
 * transcript does not belong to the audio and `allow_mismatch` is false. The caller frees it. Adds the notes
 * that were stored with it to `notes`. */
sb_alignment *cli_cache_load(const cli_cache *cache, const char *audio_path, const sb_transcript *transcript,
                             bool allow_mismatch, sb_notes *notes);

/* Writes the path of the cache folder, and creates it if `make` is set. Returns false if there is no home
 * folder. */
bool cli_cache_folder(char *out, size_t size, bool make);

void cli_cache_store(const cli_cache *cache, const sb_alignment *alignment, const sb_notes *notes);

/* Reading and writing cache files, and limiting their total size. */

/* Reads entry FOLDER/KIND/KEY and marks it as recently used. Returns false if it does not exist or is larger
 * than `limit`. */
bool cli_cache_read(sb_bytes *out, const char *folder, const char *kind, const char *key, size_t limit);

/* Creates the missing parent folders of the file `path`. */
void cli_cache_make_folders(const char *path);

/* Writes an entry and creates its folders. At the first entry of its kind and after each 1/16 of the limit,
 * removes the least recently used entries of that kind until the total is at most `total_limit` bytes,
 * counting each as at least 4096. Errors are ignored. */
void cli_cache_write(const char *folder, const char *kind, const char *key, const void *data, size_t size,
                     int64_t total_limit);

/* The warnings of an alignment as a cache file, so that they are shown each time. */

/* Writes one line per note: "a" for the audio, "t" for the transcript or "-" for neither, then line, column
 * and text. */
void cli_notes_write(sb_bytes *out, const sb_notes *notes, const char *audio_path,
                     const char *transcript_path);

/* Adds the notes in `text`, with the current paths of the files. Invalid lines are skipped. */
void cli_notes_read(sb_notes *out, const sb_bytes *text, const char *audio_path, const char *transcript_path);

#endif
