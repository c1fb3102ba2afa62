/* What a batch reads, which it never writes over. */
#ifndef SB_CLI_BATCH_INPUTS_H
#define SB_CLI_BATCH_INPUTS_H

#include "batch_plan.h"

/* Takes those clips out of the plan that are, or whose captions are, the list or the audio or transcript of a row; their rows
 * fail with SB_ERR_EXISTS. SB_ERR_MEMORY. */
sb_status batch_inputs_spare(batch_plan *plan, sb_error *err);

#endif
