/* Reading integers in English. */
#ifndef SB_PRONOUNCE_SPOKEN_CARDINALS_H
#define SB_PRONOUNCE_SPOKEN_CARDINALS_H

#include "pronounce/sayings.h"

/* Adds the readings of a number of at most 18 digits. With `year_like`, four digits are read as a year first,
 * and a long number or one that begins with 0 is also read digit by digit. */
void sb_cardinal_sayings(sb_sayings *out, const char *digits, bool year_like);

/* Reads digit by digit: "one four one". */
void sb_cardinal_digits(char out[SB_SAYING_SIZE_MAX], const char *digits);

/* Change the last word of each reading: "twenty one" to "twenty first", "nineteen ninety" to "nineteen
 * nineties". */
void sb_cardinals_to_ordinals(sb_sayings *sayings);
void sb_cardinals_to_plurals(sb_sayings *sayings);

#endif
