/* How written words are said, by dictionaries alone: for languages and phones of which no rules are known. */
#ifndef SB_PRONOUNCE_DICTIONARY_LEXICON_H
#define SB_PRONOUNCE_DICTIONARY_LEXICON_H

#include "pronounce/lexicon.h"

typedef struct sb_dictionary_lexicon_params {
    const sb_dictionary *dictionary; /* of the model */
    const sb_dictionary *user;       /* whose words go first, in the same phones; NULL none */
} sb_dictionary_lexicon_params;

/* As sb_lexicon_make, but a word that is in no dictionary has no way, unless it consists of words that are: parted after an apostrophe
 * ("l'|homme") and at a hyphen ("dit|-il"). Words are compared without case, with their accents and then without. SB_ERR_MEMORY. */
sb_status sb_dictionary_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                                     const sb_dictionary_lexicon_params *params, sb_error *err);

#endif
