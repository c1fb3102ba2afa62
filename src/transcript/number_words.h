/* The English number words. */
#ifndef SB_TRANSCRIPT_NUMBER_WORDS_H
#define SB_TRANSCRIPT_NUMBER_WORDS_H

#include <stdint.h>

/* UNIT is 0 to 9, TEEN 10 to 19, SCALE a thousand and more. */
typedef enum sb_number_kind {
    SB_NUMBER_UNIT,
    SB_NUMBER_TEEN,
    SB_NUMBER_TENS,
    SB_NUMBER_HUNDRED,
    SB_NUMBER_SCALE
} sb_number_kind;
typedef enum sb_number_form { SB_NUMBER_CARDINAL, SB_NUMBER_ORDINAL, SB_NUMBER_DECADE } sb_number_form;

typedef struct sb_number_word {
    const char *text;
    uint64_t value;
    sb_number_kind kind;
    sb_number_form form;
} sb_number_word;

/* Returns the entry of a folded word, or NULL if it is not a number word. */
const sb_number_word *sb_number_word_find(const char *text);

#endif
