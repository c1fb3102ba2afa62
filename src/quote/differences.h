/* Steps of an alignment gathered into pieces of whole words. */
#ifndef SB_QUOTE_DIFFERENCES_H
#define SB_QUOTE_DIFFERENCES_H

#include "quote/passage.h"
#include "soundbite/verify.h"

/* Words first ... last of the quote and of what was said; `n_` is 0 where there are none. */
typedef struct sb_piece {
    sb_diff_kind kind;
    size_t first_quoted, last_quoted, n_quoted;
    size_t first_said, last_said, n_said;
    size_t n_proven; /* of SAME: words quoted that were heard by their sound */
    size_t n_missed; /* of NOT_HEARD: words that stand alone among heard ones */
} sb_piece;

typedef struct sb_pieces {
    sb_piece *items;
    size_t n_items;
} sb_pieces;

/* Neighbours of one kind are one piece; what is missing, added and changed side by side is changed. SB_ERR_MEMORY. */
sb_status sb_pieces_make(sb_pieces *out, const sb_steps *steps, const sb_wording *wording,
                         const sb_said *said, sb_error *err);
void sb_pieces_finish(sb_pieces *pieces);

/* Words that differ, as a reader would count them. */
size_t sb_piece_differences(const sb_piece *piece);

/* The same for the judgement, where a long omission counts for less. */
double sb_piece_weight(const sb_piece *piece);

#endif
