/* A quotation as it is printed: its words, the places where words were left out, and what the editor put in. */
#ifndef SB_QUOTE_QUOTED_H
#define SB_QUOTE_QUOTED_H

#include "soundbite/status.h"

/* What stands between blanks, or a whole bracket with the words in it: "[the city],". */
typedef struct sb_quoted_word {
    char *text; /* as it stands */
    char *said; /* without brackets: "The" of "[T]he"; NULL for a whole bracket */
    char *head,
        *tail; /* of a word with a bracket in it, what surely was said at its beginning and end, folded; else NULL */
    size_t n_bracketed; /* words in a whole bracket, else 0 */
    bool gap_before;    /* an ellipsis stands before it */
} sb_quoted_word;

typedef struct sb_quoted {
    sb_quoted_word *words;
    size_t n_words;
} sb_quoted;

/* Ellipses are "...", "…" and ". . .", bare or in square or round brackets; other round brackets are punctuation. A square
 * bracket that is never closed is punctuation too. SB_ERR_MEMORY. */
sb_status sb_quoted_read(sb_quoted *out, const char *quote, sb_error *err);
void sb_quoted_finish(sb_quoted *quoted);

#endif
