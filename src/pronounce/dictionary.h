/* A pronouncing dictionary in CMUdict format, see soundbite/tuning.h. */
#ifndef SB_PRONOUNCE_DICTIONARY_H
#define SB_PRONOUNCE_DICTIONARY_H

#include "pronounce/phones.h"
#include "soundbite/tuning.h"

/* A dictionary as the model comes with: lines that are no entries are passed over, and words are written without accents.
 * SB_ERR_IO, SB_ERR_LIMIT (64 MB), SB_ERR_MEMORY. */
sb_status sb_dictionary_open(sb_dictionary **out, const char *path, sb_error *err);

/* The same in other phones than those of CMUdict; NULL: in those. SB_ERR_FORMAT, too, where no word is written in phones of the set. */
sb_status sb_dictionary_open_in(sb_dictionary **out, const char *path, const sb_phone_set *phones,
                                sb_error *err);

/* As sb_dictionary_read, in other phones. */
sb_status sb_dictionary_read_in(sb_dictionary **out, const void *data, size_t size, const char *path,
                                const sb_phone_set *phones, sb_error *err);

/* What its pronunciations are written in. */
const sb_phone_set *sb_dictionary_phones(const sb_dictionary *dictionary);

/* Phones of way number `way` (from 0, in the order of the file) of a word, which must be folded; 0 where there is none or it
 * has more than `room`. */
size_t sb_dictionary_find(const sb_dictionary *dictionary, const char *word, size_t way, sb_phone *out,
                          size_t room);

#endif
