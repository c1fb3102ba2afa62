/* A pronouncing dictionary in CMUdict format, see soundbite/tuning.h. */
#ifndef SB_PRONOUNCE_DICTIONARY_H
#define SB_PRONOUNCE_DICTIONARY_H

#include "pronounce/phones.h"
#include "soundbite/tuning.h"

/* A dictionary as the model comes with: lines that are no entries are passed over, and words are written without accents.
 * SB_ERR_IO, SB_ERR_LIMIT (64 MB), SB_ERR_MEMORY. */
sb_status sb_dictionary_open(sb_dictionary **out, const char *path, sb_error *err);

/* Phones of way number `way` (from 0, in the order of the file) of a word, which must be folded; 0 where there is none or it
 * has more than `room`. */
size_t sb_dictionary_find(const sb_dictionary *dictionary, const char *word, size_t way, sb_phone *out,
                          size_t room);

#endif
