/* Showing the progress of long calls. */
#ifndef SB_CLI_PROGRESS_H
#define SB_CLI_PROGRESS_H

#include "soundbite/status.h"

/* In the order of the choices of --progress. */
typedef enum cli_progress_kind { CLI_PROGRESS_AUTO, CLI_PROGRESS_JSON, CLI_PROGRESS_NONE } cli_progress_kind;

typedef struct cli_progress {
    cli_progress_kind kind;
    bool drawn;         /* a bar is on the current line */
    int width;          /* of the terminal, in columns */
    char stage[32];     /* the last stage shown */
    int64_t shown_ms;   /* time of the last display, on the monotonic clock */
    int64_t started_ms; /* start of its stage */
} cli_progress;

/* AUTO shows a bar if standard error is a terminal and `quiet` is false; otherwise it is NONE. */
void cli_progress_init(cli_progress *progress, cli_progress_kind kind, bool quiet);

/* For sb_monitor.progress, with a cli_progress as `user`. Shows at most ten steps per second and the end of
 * each stage. JSON writes one object per line to standard error: {"stage": "decode", "done": 12.5, "total":
 * 60.0}; total is null if unknown. */
void cli_progress_step(void *user, const char *stage, double done, double total);

/* Removes the bar, so that a message can be written. */
void cli_progress_clear(cli_progress *progress);

#endif
