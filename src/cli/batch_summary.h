/* The summary of a batch by episode. */
#ifndef SB_CLI_BATCH_SUMMARY_H
#define SB_CLI_BATCH_SUMMARY_H

#include "batch_plan.h"

/* Prints a table with a line for each episode and a total. With --json it goes to standard error, with
 * --quiet it is left out. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status batch_summary_show(const batch_plan *plan, sb_error *err);

#endif
