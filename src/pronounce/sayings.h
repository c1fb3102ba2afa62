/* The ways to say something, as spoken words: "nineteen ninety five", "one thousand nine hundred ninety five". */
#ifndef SB_PRONOUNCE_SAYINGS_H
#define SB_PRONOUNCE_SAYINGS_H

#include "soundbite/status.h"

#include <stdbool.h>
#include <stddef.h>

#define SB_SAYINGS_MAX     12
#define SB_SAYING_SIZE_MAX 400

/* Spoken words parted by single blanks, in lower case; a letter said by its name is in upper case ("G P T s"). The likeliest
 * saying first; those beyond SB_SAYINGS_MAX or longer than SB_SAYING_SIZE_MAX - 1 bytes are left out. */
typedef struct sb_sayings {
    char items[SB_SAYINGS_MAX][SB_SAYING_SIZE_MAX];
    size_t n_items;
} sb_sayings;

/* Adds a saying unless it is there already. */
void sb_sayings_add(sb_sayings *sayings, const char *saying);
void sb_sayings_print(sb_sayings *sayings, const char *format, ...) SB_PRINTF(2, 3);

/* Every saying of `sayings` followed by every one of `more`, the likeliest pairs first. */
void sb_sayings_join(sb_sayings *sayings, const sb_sayings *more);

/* Appends `words` to each. */
void sb_sayings_append(sb_sayings *sayings, const char *words);

#endif
