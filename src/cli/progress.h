/* How far a long call is. */
#ifndef SB_CLI_PROGRESS_H
#define SB_CLI_PROGRESS_H

#include "soundbite/status.h"

/* In the order of the choices of --progress. */
typedef enum cli_progress_kind { CLI_PROGRESS_AUTO, CLI_PROGRESS_JSON, CLI_PROGRESS_NONE } cli_progress_kind;

typedef struct cli_progress {
    cli_progress_kind kind;
    bool drawn;         /* a bar stands on the current line */
    int width;          /* columns of the terminal */
    char stage[32];     /* the stage last shown */
    int64_t shown_ms;   /* when, on the monotonic clock */
    int64_t started_ms; /* when its stage began */
} cli_progress;

/* AUTO becomes a bar where standard error is a terminal and `quiet` is not asked for, else NONE. */
void cli_progress_init(cli_progress *progress, cli_progress_kind kind, bool quiet);

/* For sb_monitor.progress; `user` is a cli_progress. Shows ten steps a second at most, and the end of each stage. JSON is
 * an object a line on standard error: {"stage": "decode", "done": 12.5, "total": 60.0}, total null where unknown. */
void cli_progress_step(void *user, const char *stage, double done, double total);

/* Wipes a bar that stands, so that a message can be written. */
void cli_progress_clear(cli_progress *progress);

#endif
