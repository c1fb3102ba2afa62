/* Splitting words into tokens for comparison, and counting syllables. */
#ifndef SB_TRANSCRIPT_TOKENS_H
#define SB_TRANSCRIPT_TOKENS_H

#include "soundbite/status.h"

/* A unit of comparison: a folded word, a part of a hyphenated word, or a number. A number is one token of
 * digits in any spelling ("2,500", "twenty-five hundred", "2500"), so it may cover several words. A
 * hyphenated word gives several tokens. */
typedef struct sb_token {
    char *text;
    size_t first_word, last_word; /* indices of the words, inclusive */
} sb_token;

typedef struct sb_tokens {
    sb_token *items;
    size_t n_items;
} sb_tokens;

/* Makes the tokens of `words`. Words of punctuation alone give none. Returns SB_ERR_MEMORY. */
sb_status sb_tokens_make(sb_tokens *out, const char *const *words, size_t n_words, sb_error *err);
void sb_tokens_finish(sb_tokens *tokens);

/* Estimates the number of spoken syllables from the letters (vowel groups, silent e; digits and initialisms
 * as spoken). Returns 0 for pure punctuation. Works for every alphabet that utf8proc knows. */
int sb_word_syllables(const char *word);

/* Returns true if the word ends with . ! ? ... or a similar mark, also before closing quotes and brackets.
 * Abbreviations such as "Dr." and initials do not count. */
bool sb_word_ends_sentence(const char *word);

/* Returns true if the word ends with a comma, colon, semicolon or dash, where speakers usually pause. */
bool sb_word_ends_clause(const char *word);

#endif
