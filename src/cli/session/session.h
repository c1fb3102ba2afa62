/* One run of the program: its context, its inputs and outputs, and worker processes. */
#ifndef SB_CLI_SESSION_SESSION_H
#define SB_CLI_SESSION_SESSION_H

#include "cli/args/args.h"
#include "cli/term/term.h"
#include "soundbite/file.h"
#include "soundbite/media.h"
#include "soundbite/names.h"
#include "soundbite/status.h"
#include "soundbite/waveform.h"

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

/* Swaps AUDIO and a transcript that are in the wrong order, and prints a note. Returns SB_ERR_IO for a folder
 * instead of a file; the message has the command line to type. */
sb_status cli_operands_settle(cli_context *context, cli_arguments *args, sb_error *err);

/* Appends a text, quoted for a shell if that is needed. */
void cli_shell_quote(sb_bytes *out, const char *text);

/* Does the same for a line that is shown between single quotes. */
void cli_quote_inside(sb_bytes *out, const char *text);

/* Appends an option with its value, quoted so. */
void cli_add_option(sb_bytes *out, const cli_value *value);

/* Appends one option with its value if it was given. */
void cli_line_add_given(sb_bytes *line, const cli_arguments *args, cli_option_id id);

/* Returns the command line that does for all episodes of `show` what this command does for one. The caller
 * frees it. Returns NULL if there is none, or if memory runs out. */
char *cli_line_for_all(const cli_arguments *args, const char *show);

/* Reports that operand `index` of a command for one episode is a pattern, a playlist, a feed, an archive or
 * (clip) a list: returns SB_ERR_ARGUMENT, and the message has the line to type. SB_OK for any other operand;
 * folders are reported by cli_operands_settle. */
sb_status cli_refuse_show(const cli_arguments *args, size_t index, sb_error *err);

/* Appends the options of the command line that `command` takes (NULL: all), quoted for a shell. If that would
 * make the line too long for a message, "..." is appended instead. */
void cli_line_add_options(sb_bytes *line, const cli_arguments *args, const cli_command *command);

/* Returns the command line with other operands, and with its options as cli_line_add_options does. The caller
 * frees it. Returns NULL if memory runs out. */
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

/* Decodes the whole file, shows the progress and adds the sound to `waveform`, which may be NULL. Returns the
 * statuses of sb_decoder_read and SB_ERR_MEMORY. */
sb_status cli_decode_all(sb_decoder *decoder, sb_waveform *waveform, cli_context *context, sb_error *err);

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
