/* One run of the program: its inputs and outputs, the cache of alignments, and worker processes. */
#ifndef SB_CLI_SESSION_SESSION_H
#define SB_CLI_SESSION_SESSION_H

#include "cli/args/args.h"
#include "cli/term/term.h"
#include "soundbite/align.h"
#include "soundbite/file.h"
#include "soundbite/names.h"
#include "soundbite/status.h"

/* New names for speakers. In a list of episodes, each episode can have its own aliases; those of --alias
 * apply to all. */
typedef struct cli_names {
    sb_names_params given;     /* from --alias */
    sb_names_params own;       /* from the rows of the current episode; they have precedence */
    bool *used;                /* for each of `given`: it matched a speaker */
    sb_option_targets options; /* owns the strings of `given` */
} cli_names;

/* Reads --alias. Call cli_names_finish even on failure. Returns SB_ERR_MEMORY. */
sb_status cli_names_read(cli_names *out, const cli_arguments *args, sb_error *err);
void cli_names_finish(cli_names *names);

/* Checks the aliases before the transcript is aligned. Returns the statuses of sb_names_check. */
sb_status cli_names_check(cli_names *names, const sb_transcript *transcript, const char *path, sb_error *err);

/* Give the speakers their new names. Return the statuses of sb_alignment_rename. */
sb_status cli_names_apply(cli_names *names, sb_alignment *alignment, const char *path, sb_error *err);
sb_status cli_names_apply_to_transcript(cli_names *names, sb_transcript *transcript, sb_error *err);

/* Warns about each --alias that matched no speaker in any episode of a list. */
void cli_names_warn_of_unused(struct cli_context *context);

/* The context of a command: arguments, general options and output. */

typedef struct cli_context {
    const cli_arguments *args;
    bool quiet, verbose, force, dry_run;
    bool color_out, color_err;
    cli_progress progress;
    sb_monitor monitor;     /* for calls that take one */
    cli_tuning tuning;      /* from --dict, --boundary-model and --acoustic-model */
    cli_names names;        /* from --alias */
    sb_output *output;      /* of -o, after cli_output_begin */
    const char *audio_path; /* replaces the first operand; NULL: not replaced */
} cli_context;

void cli_context_init(cli_context *context, const cli_arguments *args);

/* Ends the progress display and removes an incomplete output. */
void cli_context_finish(cli_context *context);

/* Returns operand `index`, or NULL if it was not given. */
const char *cli_operand(const cli_context *context, size_t index);

/* Shows `err` and returns its exit code. */
int cli_fail(cli_context *context, const sb_error *err);

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

void cli_cache_store(const cli_cache *cache, const sb_alignment *alignment, const sb_notes *notes);

/* Reading and writing cache files, and limiting their total size. */

/* Reads entry FOLDER/KIND/KEY and marks it as recently used. Returns false if it does not exist or is larger
 * than `limit`. */
bool cli_cache_read(sb_bytes *out, const char *folder, const char *kind, const char *key, size_t limit);

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

/* Detecting the kind of a file from its first bytes, for explaining mistakes. */

typedef enum cli_file_kind {
    CLI_FILE_UNKNOWN, /* unknown, such as a pipe */
    CLI_FILE_EMPTY,
    CLI_FILE_MEDIA,
    CLI_FILE_ALIGNMENT,
    CLI_FILE_PLAYLIST,
    CLI_FILE_TEXT,
    CLI_FILE_DOCUMENT, /* a document that may contain a transcript, which the library can extract */
    CLI_FILE_OTHER     /* another document, a picture or an archive; `*description` says which */
} cli_file_kind;

/* Returns the kind of a file that begins with these bytes. `*description` ("a PDF document") is static. */
cli_file_kind cli_bytes_kind(const void *data, size_t size, const char **description);

/* Gives the kind of the file `path` ("-" is standard input) without consuming it. Pipes and devices are
 * CLI_FILE_UNKNOWN. Returns SB_ERR_IO if it cannot be opened. */
sb_status cli_file_kind_of(cli_file_kind *out, const char *path, const char **description, sb_error *err);

/* Writing results to standard output or to the file of -o. */

/* Returns the path of `file` relative to the folder of the file `from`, such as "../clips/a.mp3". The caller
 * frees it. Returns NULL if one of the folders does not exist, or memory runs out. */
char *cli_path_seen_from(const char *from, const char *file);

/* Looks for the audio file of an alignment, and returns a path that exists. It tries the path in the
 * alignment, that path relative to the alignment's folder and to its parent folder, and the file name in the
 * alignment's folder. The caller frees it. Returns NULL if there is none. */
char *cli_audio_of_alignment(const char *audio_path, const char *source_path);

/* Returns the path of an alignment's audio relative to the folder of -o, or to the current folder for
 * standard output. `source_path` is the file of the alignment. The caller frees it. Returns NULL if the path
 * in the alignment should be kept: it is absolute, or the audio is not found, which gives a warning. */
char *cli_media_seen_from_output(cli_context *context, const char *audio_path, const char *source_path);

/* Opens the file of -o before the work begins, so that errors are found early. Does nothing without -o.
 * Refuses a file that is also an operand, even with --force. With --dry-run, only checks it. Returns the
 * statuses of sb_output_open. */
sb_status cli_output_begin(cli_context *context, sb_error *err);

/* Returns SB_ERR_EXISTS if `path` is the same file as an operand or as the file of an input option. */
sb_status cli_output_not_input(const cli_context *context, const char *path, sb_error *err);

/* For --dry-run, instead of opening `path`: returns SB_ERR_EXISTS or SB_ERR_IO if it could not be written. */
sb_status cli_output_look(const cli_context *context, const char *path, sb_error *err);
/* For --dry-run, instead of writing: prints the name and size. */
sb_status cli_output_tell(const char *path, size_t size, sb_error *err);
/* Does the same for an additional file. With --json, standard output is reserved for results. */
sb_status cli_output_tell_beside(const cli_context *context, const char *path, sb_error *err);

/* Writes `data` to the output of cli_output_begin and commits it, or writes to standard output. With
 * --dry-run, prints the name and size instead. Checks `data->failed`. */
sb_status cli_output_end(cli_context *context, const sb_bytes *data, sb_error *err);

/* Closes standard output when nothing more will be printed. Returns SB_ERR_IO if printed data was lost. */
sb_status cli_print_end(sb_error *err);

/* Writes to standard output immediately. Returns SB_ERR_IO. If the reader has closed the pipe, the error has
 * no message. */
sb_status cli_print(const void *data, size_t size, sb_error *err);

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

/* An additional output file, such as that of drift --html. */

/* A zeroed struct means that the option was not given; the calls below then do nothing. */
typedef struct cli_side_file {
    const char *path;
    sb_output *output; /* NULL with --dry-run */
} cli_side_file;

/* Opens the file of `option` before the work begins, so that errors are found early. Returns the statuses of
 * cli_output_begin, and SB_ERR_ARGUMENT if it is the file of the main output. */
sb_status cli_side_file_open(cli_side_file *out, const cli_context *context, cli_option_id option,
                             sb_error *err);

/* Writes `data` and commits the file. With --dry-run, prints its name and size instead. Checks
 * `data->failed`. */
sb_status cli_side_file_write(cli_side_file *file, const cli_context *context, const sb_bytes *data,
                              sb_error *err);

/* Removes a file that was not committed. */
void cli_side_file_finish(cli_side_file *file);

/* The operand SOURCE: a transcript or a saved alignment, detected from its content. */

typedef struct cli_source {
    const char *path;
    sb_transcript *transcript; /* NULL if the source is a saved alignment */
    sb_alignment *alignment;   /* for a transcript, NULL until one of the calls below makes it */
    sb_notes notes;            /* notes from reading the transcript */
    bool has_layer;            /* the speakers of --speakers were applied */
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

/* Applies the speakers of --speakers to the alignment, only once, and shows warnings. Returns the statuses of
 * sb_speaker_layer_read and sb_file_read. */
sb_status cli_source_take_speakers(cli_source *source, cli_context *context, sb_error *err);

/* Shows notes of rendering, except damage that was reported with the alignment. */
void cli_source_show_notes(const cli_source *source, cli_context *context, sb_notes *notes);

void cli_source_finish(cli_source *source);

/* Swaps AUDIO and a transcript that are in the wrong order, and prints a note. Returns SB_ERR_IO for a folder
 * instead of a file; the message has the command line to type. */
sb_status cli_operands_settle(cli_context *context, cli_arguments *args, sb_error *err);

/* Returns the command line with other operands, quoted for a shell. Options that would make it too long for a
 * message become "...". The caller frees it. Returns NULL if memory runs out. */
char *cli_line_to_type(const cli_arguments *args, const char *const *operands, size_t n_operands);

/* Detects from the first bytes that AUDIO and the transcript are swapped, or that one is a document, a
 * picture or empty. Returns SB_ERR_FORMAT (the message gives the right order); SB_ERR_IO if a file cannot be
 * opened. */
sb_status cli_source_check_pair(const cli_context *context, const char *audio_path, const char *source_path,
                                sb_error *err);

/* Audio from standard input, for commands that read it more than once. */

/* Makes standard input seekable: a pipe is copied to an unnamed temporary file. Returns SB_ERR_IO or
 * SB_ERR_INTERRUPTED. */
sb_status cli_stdin_settle(cli_context *context, sb_error *err);

/* If the first operand is "-", makes standard input seekable and replaces the operand by a path that can be
 * opened again. Returns the statuses of cli_stdin_settle. */
sb_status cli_stdin_audio(cli_context *context, sb_error *err);

/* Running independent jobs in separate processes, so that a file that makes one process crash affects only
 * that job, and so that libraries that are not thread-safe can be used. */

typedef struct cli_work {
    sb_bytes result;   /* the data that the job appended */
    sb_bytes messages; /* the text that it wrote to standard error */
    int killed_by;     /* the signal that killed it, otherwise 0 */
} cli_work;

/* Calls work(user, i, result) for every i < n in at most `jobs` processes at once (0: the number of cores)
 * and stores the results in works[i], which must be zeroed. Progress counts the jobs as stage `stage`.
 * Returns SB_ERR_INTERRUPTED; SB_ERR_IO if no process can be started; SB_ERR_MEMORY. */
sb_status cli_workers_run(cli_work *works, size_t n, int jobs, const char *stage,
                          void (*work)(void *user, size_t index, sb_bytes *result), void *user,
                          cli_context *context, sb_error *err);

void cli_works_finish(cli_work *works, size_t n);

#endif
