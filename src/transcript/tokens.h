/* Words in the form in which they are compared and counted. */
#ifndef SB_TRANSCRIPT_TOKENS_H
#define SB_TRANSCRIPT_TOKENS_H

#include "soundbite/status.h"

/* One comparable unit: a folded word, a part of a hyphenated word, or a whole number. A written number is one token
 * of digits whatever its spelling ("2,500" "twenty-five hundred" "2500"), and so may cover several words; a
 * hyphenated word gives several tokens of one word. */
typedef struct sb_token {
    char *text;
    size_t first_word, last_word; /* indices into the words given, both included */
} sb_token;

typedef struct sb_tokens {
    sb_token *items;
    size_t n_items;
} sb_tokens;

/* Words made only of punctuation give no token. SB_ERR_MEMORY. */
sb_status sb_tokens_make(sb_tokens *out, const char *const *words, size_t n_words, sb_error *err);
void sb_tokens_finish(sb_tokens *tokens);

/* Syllables that the word takes when spoken, estimated from its letters (vowel groups, silent e; digits and initialisms as
 * they are said); 0 for pure punctuation. Works for any alphabet utf8proc knows. */
int sb_word_syllables(const char *word);

/* True where the word ends a sentence: . ! ? ... and their relatives, before closing quotes and brackets, and not an
 * abbreviation such as "Dr." or an initial. */
bool sb_word_ends_sentence(const char *word);

/* True where the word ends with a comma, colon, semicolon or dash: a place where people pause. */
bool sb_word_ends_clause(const char *word);

#endif
