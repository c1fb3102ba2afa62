/* The files of a model's folder beside its definition (triphones.h), for model.c. */
#ifndef SB_ACOUSTIC_MODEL_FILES_H
#define SB_ACOUSTIC_MODEL_FILES_H

#include "acoustic/model.h"

/* Reads `folder`/means and variances into the model's codebooks and finds which codebook each senone has. The model's triphones were read.
 * SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_UNSUPPORTED, SB_ERR_MEMORY. */
sb_status sb_model_read_gaussians(sb_acoustic_model *model, const char *folder, sb_error *err);

/* Reads `folder`/sendump (a byte a weight) or, where there is none, mixture_weights (numbers, rounded to such bytes). The model's
 * codebooks were read. The same. */
sb_status sb_model_read_weights(sb_acoustic_model *model, const char *folder, sb_error *err);

/* The pronouncing dictionary that belongs to the model in `folder`: dict.txt or a file *.dict or *.dic in it, else such a file in the folder
 * around it; the first by name where there are several, files of noises left out. NULL where there is none. The caller frees.
 * SB_ERR_MEMORY. */
sb_status sb_model_find_dictionary(char **out, const char *folder, sb_error *err);

#endif
