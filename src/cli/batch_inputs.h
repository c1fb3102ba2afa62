/* Protecting the input files of a batch from being overwritten. */
#ifndef SB_CLI_BATCH_INPUTS_H
#define SB_CLI_BATCH_INPUTS_H

#include "batch_plan.h"

/* Removes clips from the plan that would overwrite the list, or the audio or transcript of a row, also with
 * their captions. Their rows fail with SB_ERR_EXISTS. Returns SB_ERR_MEMORY. */
sb_status batch_inputs_spare(batch_plan *plan, sb_error *err);

#endif
