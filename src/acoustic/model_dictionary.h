/* Dictionaries in the phones of a model. */
#ifndef SB_ACOUSTIC_MODEL_DICTIONARY_H
#define SB_ACOUSTIC_MODEL_DICTIONARY_H

#include "soundbite/status.h"

/* The pronouncing dictionary that belongs to the model in `folder`: dict.txt or a file *.dict or *.dic in it, else such a file in the folder
 * around it; the first by name where there are several, files of noises left out. NULL where there is none. The caller frees.
 * SB_ERR_MEMORY. */
sb_status sb_model_find_dictionary(char **out, const char *folder, sb_error *err);

#endif
