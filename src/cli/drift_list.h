/* Measuring the drift of all episodes in a list. */
#ifndef SB_CLI_DRIFT_LIST_H
#define SB_CLI_DRIFT_LIST_H

#include "context.h"

/* Measures the episodes of the list `path` in parallel and prints a line for each, the worst first. Returns
 * the exit code: CLI_EXIT_FAILED if a row could not be measured, otherwise CLI_EXIT_DRIFT if an episode is
 * not OK. */
int cli_drift_list(cli_context *context, const char *path);

#endif
