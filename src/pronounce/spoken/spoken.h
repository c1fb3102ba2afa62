/* How English reads written words aloud: numbers, abbreviations, initialisms. */
#ifndef SB_PRONOUNCE_SPOKEN_SPOKEN_H
#define SB_PRONOUNCE_SPOKEN_SPOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "soundbite/status.h"

/* The ways to read a text aloud, as spoken words: "nineteen ninety five", "one thousand nine hundred ninety
 * five". */

#define SB_SAYINGS_MAX     12
#define SB_SAYING_SIZE_MAX 400

/* Spoken words in lower case, separated by single blanks. A letter that is spelled out is in upper case ("G P
 * T s"). The most likely reading is first. Readings beyond SB_SAYINGS_MAX, or longer than SB_SAYING_SIZE_MAX
 * - 1 bytes, are left out. */
typedef struct sb_sayings {
    char items[SB_SAYINGS_MAX][SB_SAYING_SIZE_MAX];
    size_t n_items;
} sb_sayings;

/* True for letters of ASCII, and for every byte of other characters. */
bool sb_is_letter_byte(char c);

/* Adds a reading unless it exists. */
void sb_sayings_add(sb_sayings *sayings, const char *saying);
void sb_sayings_print(sb_sayings *sayings, const char *format, ...) SB_PRINTF(2, 3);

/* Replaces the readings by every reading of `sayings` followed by every reading of `more`, the most likely
 * pairs first. */
void sb_sayings_join(sb_sayings *sayings, const sb_sayings *more);

/* Appends `words` to each reading. */
void sb_sayings_append(sb_sayings *sayings, const char *words);

/* Reading integers in English. */

/* Adds the readings of a number of at most 18 digits. With `year_like`, four digits are read as a year first,
 * and a long number or one that begins with 0 is also read digit by digit. */
void sb_cardinal_sayings(sb_sayings *out, const char *digits, bool year_like);

/* Reads digit by digit: "one four one". */
void sb_cardinal_digits(char out[SB_SAYING_SIZE_MAX], const char *digits);

/* Change the last word of each reading: "twenty one" to "twenty first", "nineteen ninety" to "nineteen
 * nineties". */
void sb_cardinals_to_ordinals(sb_sayings *sayings);
void sb_cardinals_to_plurals(sb_sayings *sayings);

/* Reading written numbers in English. */

/* Adds the readings of the number at the beginning of `text`, with its currency, unit or ending: "2,500,000",
 * "1995", "1990s", "70th", "3.14", "$5.50", "$2.5M", "50%", "3:30", "007". Returns its length in bytes, or 0
 * if there is no number. */
size_t sb_number_sayings(sb_sayings *out, const char *text);

/* Converting written words to spoken words: numbers, abbreviations, initialisms, compounds. */

/* Returns true if a dictionary has the folded word (see sb_fold). */
typedef bool sb_is_known_word(const void *user, const char *word);

/* Endings that depend on the sound before them. In a reading they come after their word. */
#define SB_ENDING_S   "~s"
#define SB_ENDING_D   "~d"
#define SB_ENDING_ING "~ing"

/* Adds the readings of one word of a transcript, with its punctuation; none for pure punctuation. Unknown
 * words are included as they are, folded. Returns SB_ERR_MEMORY. */
sb_status sb_word_sayings(sb_sayings *out, const char *word, sb_is_known_word *known, const void *user,
                          sb_error *err);

#endif
