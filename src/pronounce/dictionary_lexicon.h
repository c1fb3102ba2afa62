/* Pronunciations from dictionaries alone, for languages and phones without rules. */
#ifndef SB_PRONOUNCE_DICTIONARY_LEXICON_H
#define SB_PRONOUNCE_DICTIONARY_LEXICON_H

#include "pronounce/lexicon.h"

typedef struct sb_dictionary_lexicon_params {
    const sb_dictionary *dictionary; /* of the model */
    const sb_dictionary *user;       /* takes precedence; in the same phones; NULL: none */
} sb_dictionary_lexicon_params;

/* Does the same as sb_lexicon_make, but a word that is in no dictionary has no pronunciation, unless it
 * consists of words that are. Words are split after an apostrophe ("l'|homme") and at a hyphen ("dit|-il").
 * They are compared without case, first with accents and then without. Returns SB_ERR_MEMORY. */
sb_status sb_dictionary_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                                     const sb_dictionary_lexicon_params *params, sb_error *err);

#endif
