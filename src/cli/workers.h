/* Running independent jobs in separate processes, so that a file that crashes one of them affects only that
 * job, and libraries that are not thread-safe can be used. */
#ifndef SB_CLI_WORKERS_H
#define SB_CLI_WORKERS_H

#include "context.h"

typedef struct cli_work {
    sb_bytes result;   /* what the job appended */
    sb_bytes messages; /* what it wrote to standard error */
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
