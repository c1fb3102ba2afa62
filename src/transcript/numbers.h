/* Reading numbers that are written as English words. Number words of other languages stay words. */
#ifndef SB_TRANSCRIPT_NUMBERS_H
#define SB_TRANSCRIPT_NUMBERS_H

#include <stddef.h>

/* The punctuation after a part, which decides whether a number may continue. */
typedef enum sb_part_stop { SB_STOP_NONE, SB_STOP_COMMA, SB_STOP_FULL } sb_part_stop;

/* A folded piece of a word: only letters or only digits, with the point of a decimal number. */
typedef struct sb_part {
    char *text;
    size_t word;
    const char *unit; /* "dollars" for "$5", spoken after the number; NULL: none */
    sb_part_stop stop;
} sb_part;

#define SB_NUMBER_TEXT 48

/* Reads the longest number that begins at parts[at] and writes its digits. Returns the number of parts that
 * it covers, or 0 if there is none. Looks at a bounded number of parts.
 *
 * Examples: "twenty five hundred" and "2.5 thousand" give "2500", "nineteen ninety five" "1995", "twenty
 * first" "21st", "nineteen eighties" "1980s", "three point one four" "3.14", "two and a half million"
 * "2500000", "a hundred" "100". Digits alone give 0 because they are no number words. "second" is never
 * joined to the number before it, because a "thirty second clip" is not a 32nd clip. */
size_t sb_number_read(char out[SB_NUMBER_TEXT], const sb_part *parts, size_t n_parts, size_t at);

#endif
