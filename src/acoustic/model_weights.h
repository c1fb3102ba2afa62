/* The weights of the Gaussians in each tied state. */
#ifndef SB_ACOUSTIC_MODEL_WEIGHTS_H
#define SB_ACOUSTIC_MODEL_WEIGHTS_H

#include "acoustic/model.h"

/* Reads `folder`/sendump (a byte a weight) or, where there is none, mixture_weights (numbers, rounded to such bytes). The model's codebooks
 * were read. SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_UNSUPPORTED, SB_ERR_MEMORY. */
sb_status sb_model_read_weights(sb_acoustic_model *model, const char *folder, sb_error *err);

#endif
