/* Pronunciations of written words: from a dictionary, by rules for numbers and abbreviations, and by
 * guessing. */
#ifndef SB_PRONOUNCE_LEXICON_H
#define SB_PRONOUNCE_LEXICON_H

#include "pronounce/phones.h"
#include "soundbite/tuning.h"

/* One pronunciation in phones. A written word may be several spoken words ("1995"). */
typedef struct sb_spoken_way {
    sb_phone *phones;
    size_t n_phones;
} sb_spoken_way;

/* Limits for the pronunciations of a word and the phones of each. A longer pronunciation is left out. */
#define SB_WAYS_MAX       12
#define SB_WAY_PHONES_MAX 160

/* A written word in a language, stored once for all its occurrences. `n_ways` is 0 if it is pure punctuation
 * or no pronunciation is known. The most likely pronunciation is first. */
typedef struct sb_lexeme {
    char *text;
    const char *language; /* as the caller gave it; NULL: English */
    sb_spoken_way *ways;
    size_t n_ways;
    bool guessed; /* an English word whose pronunciation is partly guessed from its spelling */
} sb_lexeme;

typedef struct sb_lexicon {
    sb_lexeme *lexemes; /* in the order of their first occurrence */
    size_t n_lexemes;
    uint32_t *lexeme_of; /* for each given word, an index into `lexemes` */
    size_t n_words;
} sb_lexicon;

typedef struct sb_lexicon_params {
    /* a file in CMUdict format, in any order; NULL: none. See sb_acoustic_model_dictionary */
    const char *dictionary;
    const sb_dictionary *user; /* takes precedence; NULL: none */
    const char *const
        *languages; /* BCP 47 tag of each word; NULL, or NULL for a word: English. Must outlive the lexicon */
} sb_lexicon_params;

/* Makes a lexicon of `words` as the transcript writes them, with punctuation. Returns SB_ERR_IO if the
 * dictionary file cannot be read; SB_ERR_MEMORY. */
sb_status sb_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                          const sb_lexicon_params *params, sb_error *err);

/* Makes a decoy: the same words with reversed phones. Nobody said them, so their score shows what chance
 * gives. Texts and languages are those of `lexicon`, which must outlive it. Returns SB_ERR_MEMORY. */
sb_status sb_lexicon_reverse(sb_lexicon *out, const sb_lexicon *lexicon, sb_error *err);
void sb_lexicon_finish(sb_lexicon *lexicon);

/* Returns the names of the phones, such as "T UW", for reports. The caller frees it. Returns NULL if memory
 * runs out. */
char *sb_spoken_way_text(const sb_spoken_way *way);

#endif
