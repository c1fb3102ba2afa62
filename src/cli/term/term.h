/* The terminal: messages, progress, signals, exit codes. */
#ifndef SB_CLI_TERM_TERM_H
#define SB_CLI_TERM_TERM_H

#include "soundbite/file.h"
#include "soundbite/status.h"
#include "soundbite/time.h"

/* The exit codes of the program. */

typedef enum cli_exit {
    CLI_EXIT_OK = 0,
    CLI_EXIT_FAILED = 1,
    CLI_EXIT_USAGE = 2,
    CLI_EXIT_NOT_FOUND = 3,
    CLI_EXIT_DRIFT = 4,
    CLI_EXIT_EXISTS = 5,
    CLI_EXIT_DAMAGED = 6,
    CLI_EXIT_INTERRUPTED = 130,
    CLI_EXIT_TERMINATED = 143
} cli_exit;

/* Returns the exit code for a status; CLI_EXIT_TERMINATED after SIGTERM. */
cli_exit cli_exit_for(sb_status status);

/* Returns the meaning of entry `index` of the table and sets `*code`; NULL beyond the last. */
const char *cli_exit_meaning(size_t index, int *code);

/* Messages on standard error: "soundbite: FILE:LINE:COLUMN: what is wrong; what to do". */

struct cli_context;

#define CLI_ADVICE_SIZE 96

/* Writes the text to append to an error message about a field: the options of the field, " (--copy,
 * --loudness)", or an option that helps, "; use --force to overwrite it". The text is empty if no option
 * belongs to the field. Returns `out`. */
const char *cli_error_advice(char out[CLI_ADVICE_SIZE], const sb_error *err);

/* Prints an error with its options. `context` may be NULL. An interruption has its own message. */
void cli_message_error(struct cli_context *context, const sb_error *err);

/* Shows a warning about `file` (NULL: none). Silent with --quiet. */
void cli_message_warning(struct cli_context *context, const char *file, const char *format, ...)
    SB_PRINTF(3, 4);

/* Prints a note. Silent with --quiet. */
void cli_message_note(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* Prints a detail, only with --verbose. */
void cli_message_detail(struct cli_context *context, const char *format, ...) SB_PRINTF(2, 3);

/* Prints notes as warnings: the first ten, all with --verbose. Empties the list. */
void cli_message_notes(struct cli_context *context, sb_notes *notes);

/* Returns the plural ending: "s", or "" if `n` is 1. */
const char *cli_plural(size_t n);

/* Showing the progress of long calls. */

/* In the order of the choices of --progress. */
typedef enum cli_progress_kind { CLI_PROGRESS_AUTO, CLI_PROGRESS_JSON, CLI_PROGRESS_NONE } cli_progress_kind;

typedef struct cli_progress {
    cli_progress_kind kind;
    bool drawn;          /* a bar is on the current line */
    int width;           /* of the terminal, in columns */
    char stage[32];      /* the last stage shown */
    int64_t shown_ms;    /* time of the last display, on the monotonic clock */
    int64_t started_ms;  /* start of its stage */
    int64_t episodes_ms; /* start of the first episode */
} cli_progress;

/* AUTO shows a bar if standard error is a terminal and `quiet` is false; otherwise it is NONE. */
void cli_progress_init(cli_progress *progress, cli_progress_kind kind, bool quiet);

/* For sb_monitor.progress, with a cli_progress as `user`. Shows at most ten steps per second and the end of
 * each stage. JSON writes one object per line to standard error: {"stage": "decode", "done": 12.5, "total":
 * 60.0, "rate": 25.0, "left": 1.9}: the rate per second and the seconds left. What is unknown is null. */
void cli_progress_step(void *user, const char *stage, double done, double total);

/* Shows that an episode has ended. Call it once with `done` 0 and `name` NULL before the first. JSON writes
 * one object with the keys of a step, stage "episode", and the name as "episode". Nothing else is shown. */
void cli_progress_episode(cli_progress *progress, const char *name, size_t done, size_t total);

/* Removes the bar, so that a message can be written. */
void cli_progress_clear(cli_progress *progress);

/* Stopping on signals without leaving incomplete files. */

/* SIGINT, SIGTERM and SIGHUP ask the work to stop. A second signal, or one second without stopping, removes
 * the temporary files and exits at once. SIGPIPE and SIGXFSZ become errors of the write call. */
void cli_signals_install(void);

/* Libraries end the process, by exit or abort, if they run out of memory or find their files damaged. Then
 * too, the temporary files are removed, and a message says so. After cli_signals_end, exit is meant. */
void cli_signals_end(void);

/* Opens a closed standard descriptor such that using it fails. Otherwise, the next file that is opened would
 * get its number, and what is printed would get into that file. */
void cli_standard_hold(void);

/* Returns true after such a signal. For sb_monitor.cancelled. */
bool cli_signal_seen(void *user);

/* Returns CLI_EXIT_TERMINATED after SIGTERM, otherwise CLI_EXIT_INTERRUPTED. */
cli_exit cli_signal_exit(void);

#endif
