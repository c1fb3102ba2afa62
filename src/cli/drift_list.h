/* The drift of every episode of a list. */
#ifndef SB_CLI_DRIFT_LIST_H
#define SB_CLI_DRIFT_LIST_H

#include "context.h"

/* Measures the episodes of the list at `path`, several at once, and prints a line for each, the worst first. Returns the exit
 * code: CLI_EXIT_FAILED where a row could not be measured, else CLI_EXIT_DRIFT where one is not right. */
int cli_drift_list(cli_context *context, const char *path);

#endif
