/* Pronouncing dictionaries in CMUdict format; see soundbite/tuning.h. */
#ifndef SB_PRONOUNCE_DICTIONARY_H
#define SB_PRONOUNCE_DICTIONARY_H

#include "pronounce/phones.h"
#include "soundbite/tuning.h"

/* Reads the dictionary of an acoustic model. Invalid lines are skipped and words have no accents. Returns
 * SB_ERR_IO; SB_ERR_LIMIT above 64 MB; SB_ERR_MEMORY. */
sb_status sb_dictionary_open(sb_dictionary **out, const char *path, sb_error *err);

/* Does the same for a dictionary in other phones; NULL: those of CMUdict. Also returns SB_ERR_FORMAT if no
 * word is written in phones of the set. */
sb_status sb_dictionary_open_in(sb_dictionary **out, const char *path, const sb_phone_set *phones,
                                sb_error *err);

/* Does the same as sb_dictionary_read, for other phones. */
sb_status sb_dictionary_read_in(sb_dictionary **out, const void *data, size_t size, const char *path,
                                const sb_phone_set *phones, sb_error *err);

/* Returns the phones that its pronunciations use. */
const sb_phone_set *sb_dictionary_phones(const sb_dictionary *dictionary);

/* Writes the phones of pronunciation number `way` (from 0, in file order) of a folded word. Returns their
 * number, or 0 if there is no such pronunciation or it has more than `room` phones. */
size_t sb_dictionary_find(const sb_dictionary *dictionary, const char *word, size_t way, sb_phone *out,
                          size_t room);

#endif
