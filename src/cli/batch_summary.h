/* What a batch came to, episode by episode. */
#ifndef SB_CLI_BATCH_SUMMARY_H
#define SB_CLI_BATCH_SUMMARY_H

#include "batch_plan.h"

/* A table with a line for each episode and one for all; on standard error with --json, nowhere with --quiet. SB_ERR_IO,
 * SB_ERR_MEMORY. */
sb_status batch_summary_show(const batch_plan *plan, sb_error *err);

#endif
