/* Converting written words to spoken words: numbers, abbreviations, initialisms, compounds. */
#ifndef SB_PRONOUNCE_SPOKEN_WORDS_H
#define SB_PRONOUNCE_SPOKEN_WORDS_H

#include "pronounce/sayings.h"

/* Returns true if a dictionary has the folded word (see sb_fold). */
typedef bool sb_is_known_word(const void *user, const char *word);

/* Endings that depend on the sound before them. In a reading they follow the word that they end. */
#define SB_ENDING_S   "~s"
#define SB_ENDING_D   "~d"
#define SB_ENDING_ING "~ing"

/* Adds the readings of one word of a transcript, with its punctuation; none for pure punctuation. Unknown
 * words are included as they are, folded. Returns SB_ERR_MEMORY. */
sb_status sb_word_sayings(sb_sayings *out, const char *word, sb_is_known_word *known, const void *user,
                          sb_error *err);

#endif
