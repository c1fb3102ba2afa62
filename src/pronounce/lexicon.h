/* How written words are said: a dictionary, numbers and abbreviations the ways people say them, and guesses for the rest. */
#ifndef SB_PRONOUNCE_LEXICON_H
#define SB_PRONOUNCE_LEXICON_H

#include "pronounce/phones.h"
#include "soundbite/tuning.h"

/* One way to say a word, in phones; a written word may be several spoken ones ("1995"). */
typedef struct sb_spoken_way {
    sb_phone *phones;
    size_t n_phones;
} sb_spoken_way;

/* At most so many ways a word and phones a way are kept; a word that needs more phones has no way. */
#define SB_WAYS_MAX       12
#define SB_WAY_PHONES_MAX 160

/* A word as it is written in a language, once for all places where it stands. `n_ways` 0: nothing to be said (pure punctuation), or nobody
 * knows how. The likeliest way is first. */
typedef struct sb_lexeme {
    char *text;
    const char *language; /* as the caller gave it; NULL English */
    sb_spoken_way *ways;
    size_t n_ways;
    bool guessed; /* English, and not from a dictionary or a rule alone but, in part, by spelling */
} sb_lexeme;

typedef struct sb_lexicon {
    sb_lexeme *lexemes; /* in the order in which they first stand in the text */
    size_t n_lexemes;
    uint32_t *lexeme_of; /* for each word given: index into `lexemes` */
    size_t n_words;
} sb_lexicon;

typedef struct sb_lexicon_params {
    const char
        *dictionary; /* file in CMUdict format, in any order; NULL none. See sb_acoustic_model_dictionary */
    const sb_dictionary *user; /* whose words go first; NULL none */
    const char *const
        *languages; /* of each word, BCP 47; NULL, or NULL for a word: English. They outlive the lexicon */
} sb_lexicon_params;

/* `words` are as the transcript writes them, punctuation included. SB_ERR_IO where the file named cannot be read,
 * SB_ERR_MEMORY. */
sb_status sb_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                          const sb_lexicon_params *params, sb_error *err);

/* A decoy: the same words, each said with its phones from last to first. Nobody said them, so what they score is chance. The texts
 * and languages are those of `lexicon`, which must outlive it. SB_ERR_MEMORY. */
sb_status sb_lexicon_reverse(sb_lexicon *out, const sb_lexicon *lexicon, sb_error *err);
void sb_lexicon_finish(sb_lexicon *lexicon);

/* The phones of a way by name, "T UW", for reports; the caller frees. NULL when out of memory. */
char *sb_spoken_way_text(const sb_spoken_way *way);

#endif
