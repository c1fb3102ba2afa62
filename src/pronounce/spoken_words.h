/* Written words turned into spoken ones: numbers, abbreviations, initialisms, compounds. */
#ifndef SB_PRONOUNCE_SPOKEN_WORDS_H
#define SB_PRONOUNCE_SPOKEN_WORDS_H

#include "pronounce/sayings.h"

/* True where a dictionary has the word, which is folded (see sb_fold). */
typedef bool sb_is_known_word(const void *user, const char *word);

/* Endings that go with the sound before them, as words of a saying after the one that they end. */
#define SB_ENDING_S   "~s"
#define SB_ENDING_D   "~d"
#define SB_ENDING_ING "~ing"

/* The ways to say one word of a transcript, punctuation and all; none for pure punctuation. Words that nobody knows stand in a
 * saying as they are, folded. SB_ERR_MEMORY. */
sb_status sb_word_sayings(sb_sayings *out, const char *word, sb_is_known_word *known, const void *user,
                          sb_error *err);

#endif
