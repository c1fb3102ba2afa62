/* The meaning of words: negations, conditions and questions, and how serious a difference in wording is. */
#ifndef SB_QUOTE_SENSE_SENSE_H
#define SB_QUOTE_SENSE_SENSE_H

#include <stddef.h>

#include "soundbite/verify.h"

/* The words of one language that can change the meaning of a sentence. */
typedef struct sb_senses {
    const char *language; /* ISO 639-1 */
    /* Words and phrases between '|'. "kein*" is the beginning of a word, "*n't" its end, and "*不*" may be
     * anywhere. */
    const char *common; /* frequent words without a meaning of their own */
    const char *negations, *conditions;
    const char *weighty; /* amounts, comparisons and modal verbs */
    const char *fillers;
    const char *variants; /* "gonna=going to|colour=color": spellings of the same words */
} sb_senses;

/* The languages that are known; English is the first. */
extern const sb_senses sb_sense_languages[];
extern const size_t sb_n_sense_languages;

/* Returns the words of a language; `code` may be "pt-BR". NULL for an unknown language. */
const sb_senses *sb_senses_of(const char *code);

/* Returns the language whose common words are the most frequent in `text`. English if none is. `*ok` becomes
 * false if memory runs out. */
const sb_senses *sb_senses_guess(const char *text, bool *ok);

/* Returns the bits SB_MISLEADS_NEGATION, _CONDITION and _QUESTION for the kinds of words in the text. 0 for
 * NULL. */
unsigned sb_senses_in(const sb_senses *senses, const char *text, bool *ok);

/* Returns true if `word`, folded, is in the list. */
bool sb_senses_has(const char *list, const char *word);

/* Returns the text folded, with one blank before, between and after its words. Apostrophes inside words stay.
 * The caller frees it. Returns NULL if memory runs out. */
char *sb_plain_words(const char *text);

/* Decides whether a word with a capital letter is a name. `user` belongs to the caller. */
typedef bool sb_is_name(const void *user, const char *folded);

/* Returns the grade of the difference if `quoted` is quoted and `said` was said; either may be NULL.
 * `after_number`: a number is before them. */
sb_diff_grade sb_words_grade(const sb_senses *senses, const char *quoted, const char *said, bool after_number,
                             sb_is_name *is_name, const void *user, bool *ok);

#endif
