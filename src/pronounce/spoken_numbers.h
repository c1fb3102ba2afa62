/* Reading written numbers in English. */
#ifndef SB_PRONOUNCE_SPOKEN_NUMBERS_H
#define SB_PRONOUNCE_SPOKEN_NUMBERS_H

#include "pronounce/sayings.h"

/* Adds the readings of the number at the beginning of `text`, with its currency, unit or ending: "2,500,000",
 * "1995", "1990s", "70th", "3.14", "$5.50", "$2.5M", "50%", "3:30", "007". Returns its length in bytes, or 0
 * if there is no number. */
size_t sb_number_sayings(sb_sayings *out, const char *text);

#endif
