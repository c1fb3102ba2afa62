/* Digits read aloud. */
#ifndef SB_PRONOUNCE_SPOKEN_NUMBERS_H
#define SB_PRONOUNCE_SPOKEN_NUMBERS_H

#include "pronounce/sayings.h"

/* The ways to say the number that `text` begins with, with what belongs to it before and after: "2,500,000", "1995", "1990s",
 * "70th", "3.14", "$5.50", "$2.5M", "50%", "3:30", "007". Returns its bytes, 0 where no number begins. */
size_t sb_number_sayings(sb_sayings *out, const char *text);

#endif
