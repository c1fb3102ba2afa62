/* Numbers said in English words. Other languages simply stay words. */
#ifndef SB_TRANSCRIPT_NUMBERS_H
#define SB_TRANSCRIPT_NUMBERS_H

#include <stddef.h>

/* What punctuation says about a number going on after a part. */
typedef enum sb_part_stop { SB_STOP_NONE, SB_STOP_COMMA, SB_STOP_FULL } sb_part_stop;

/* A folded piece of a word: letters or digits only, but for the point of a decimal number. */
typedef struct sb_part {
    char *text;
    size_t word;
    const char *unit; /* "dollars" for "$5", said after the whole number; NULL none */
    sb_part_stop stop;
} sb_part;

#define SB_NUMBER_TEXT 48

/* Reads the longest number that begins at parts[at] and writes its digits: "twenty five hundred" and "2.5 thousand" are
 * "2500", "nineteen ninety five" is "1995", "twenty first" is "21st", "nineteen eighties" is "1980s", "three point
 * one four" is "3.14", "two and a half million" is "2500000", "a hundred" is "100". Returns how many parts it takes, 0
 * where none begins; digits that stand alone are no number words and give 0. "second" never joins the number before
 * it, for "thirty second clip" is no 32nd clip. Looks at a bounded number of parts. */
size_t sb_number_read(char out[SB_NUMBER_TEXT], const sb_part *parts, size_t n_parts, size_t at);

#endif
