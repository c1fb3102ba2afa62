/* The files of means and variances. */
#ifndef SB_ACOUSTIC_MODEL_GAUSSIANS_H
#define SB_ACOUSTIC_MODEL_GAUSSIANS_H

#include "acoustic/model.h"

/* Reads `folder`/means and variances into the model's codebooks, whose triphones were read, and finds which codebook each senone has.
 * SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_UNSUPPORTED, SB_ERR_MEMORY. */
sb_status sb_model_read_gaussians(sb_acoustic_model *model, const char *folder, sb_error *err);

#endif
