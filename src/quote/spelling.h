/* How unlike two words are spelled. */
#ifndef SB_QUOTE_SPELLING_H
#define SB_QUOTE_SPELLING_H

#include <stddef.h>
#include <stdint.h>

#define SB_MAX_UNLIKE 100 /* nothing in common */

/* A word made ready to be compared with many: in which of its first 64 bytes each byte stands. */
typedef struct sb_letters {
    uint64_t at[256];
    size_t n;
} sb_letters;

void sb_letters_init(sb_letters *out, const char *word);

/* Levenshtein distance as a percentage of the longer word, 0 for equal ones; bytes beyond the 64th are not seen. One machine
 * word stands for a column (Myers 1999, Hyyro 2003). */
int64_t sb_unlikeness(const sb_letters *word, const char *other);

#endif
