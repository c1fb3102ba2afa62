/* Pieces of work that share nothing, each in a process of its own: a file that brings one of them down costs that piece
 * alone, and libraries that are not safe beside themselves are never beside themselves. */
#ifndef SB_CLI_WORKERS_H
#define SB_CLI_WORKERS_H

#include "context.h"

typedef struct cli_work {
    sb_bytes result;   /* what the piece appended */
    sb_bytes messages; /* what it said on standard error */
    int killed_by;     /* the signal that ended it before its time, else 0 */
} cli_work;

/* Calls work(user, i, result) for every i < n, at most `jobs` at once (0: as many as there are cores), and keeps what came of
 * it in works[i], which is zeroed before. Progress counts the pieces as stage `stage`. SB_ERR_INTERRUPTED,
 * SB_ERR_IO where no process could be started, SB_ERR_MEMORY. */
sb_status cli_workers_run(cli_work *works, size_t n, int jobs, const char *stage,
                          void (*work)(void *user, size_t index, sb_bytes *result), void *user,
                          cli_context *context, sb_error *err);

void cli_works_finish(cli_work *works, size_t n);

#endif
