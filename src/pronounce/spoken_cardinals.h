/* Whole numbers in English words. */
#ifndef SB_PRONOUNCE_SPOKEN_CARDINALS_H
#define SB_PRONOUNCE_SPOKEN_CARDINALS_H

#include "pronounce/sayings.h"

/* The ways to say the number written by at most 18 digits. Where `year_like`, those of four digits are read as years first, and
 * a row of digits that begins with 0 or is long one by one too. */
void sb_cardinal_sayings(sb_sayings *out, const char *digits, bool year_like);

/* "one four one", by digits. */
void sb_cardinal_digits(char out[SB_SAYING_SIZE_MAX], const char *digits);

/* Turns each saying's last word: "twenty one" to "twenty first", "nineteen nineties" from "nineteen ninety". */
void sb_cardinals_to_ordinals(sb_sayings *sayings);
void sb_cardinals_to_plurals(sb_sayings *sayings);

#endif
