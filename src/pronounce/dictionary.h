/* A pronouncing dictionary in CMUdict format: "word P H O N E S" a line, further ways as "word(2) ...", comments after ";;;". */
#ifndef SB_PRONOUNCE_DICTIONARY_H
#define SB_PRONOUNCE_DICTIONARY_H

#include "pronounce/phones.h"
#include "soundbite/status.h"

#include <stdbool.h>

typedef struct sb_dictionary sb_dictionary;

/* Reads a file whole and indexes it. Words are compared in lower case. Where `strict`, a line that is no entry is SB_ERR_FORMAT
 * with its place, else it is passed over. SB_ERR_IO, SB_ERR_LIMIT (64 MB), SB_ERR_MEMORY. */
sb_status sb_dictionary_open(sb_dictionary **out, const char *path, bool strict, sb_error *err);
void sb_dictionary_close(sb_dictionary **dictionary);

/* Phones of way number `way` (from 0, in the order of the file) of a word; 0 where there is none or it has more than `room`. */
size_t sb_dictionary_find(const sb_dictionary *dictionary, const char *word, size_t way, sb_phone *out,
                          size_t room);

#endif
