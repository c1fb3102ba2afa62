/* The ways to read something aloud, as spoken words: "nineteen ninety five", "one thousand nine hundred
 * ninety five". */
#ifndef SB_PRONOUNCE_SAYINGS_H
#define SB_PRONOUNCE_SAYINGS_H

#include "soundbite/status.h"

#include <stdbool.h>
#include <stddef.h>

#define SB_SAYINGS_MAX     12
#define SB_SAYING_SIZE_MAX 400

/* Spoken words in lower case, separated by single blanks. A letter that is spelled out is in upper case ("G P
 * T s"). The most likely reading is first. Readings beyond SB_SAYINGS_MAX, or longer than SB_SAYING_SIZE_MAX
 * - 1 bytes, are left out. */
typedef struct sb_sayings {
    char items[SB_SAYINGS_MAX][SB_SAYING_SIZE_MAX];
    size_t n_items;
} sb_sayings;

/* Adds a reading unless it exists. */
void sb_sayings_add(sb_sayings *sayings, const char *saying);
void sb_sayings_print(sb_sayings *sayings, const char *format, ...) SB_PRINTF(2, 3);

/* Replaces the readings by every reading of `sayings` followed by every reading of `more`, the most likely
 * pairs first. */
void sb_sayings_join(sb_sayings *sayings, const sb_sayings *more);

/* Appends `words` to each reading. */
void sb_sayings_append(sb_sayings *sayings, const char *words);

#endif
