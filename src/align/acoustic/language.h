/* Whether a text is in the language that the acoustic model speaks. */
#ifndef SB_ALIGN_LANGUAGE_H
#define SB_ALIGN_LANGUAGE_H

#include <stddef.h>

#include "soundbite/tuning.h"

/* English is told by its function words; a text with next to none of them is in another language where the dictionaries, the
 * user's (NULL none) included, lack many of its words. A few words pass for English. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_words_are_english(bool *english, const char *const *words, size_t n,
                               const sb_dictionary *dictionary, sb_error *err);

#endif
