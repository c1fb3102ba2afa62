/* Starts and ends of words, as they lie in two audios. */
#ifndef SB_REMAP_EDGE_PAIRS_H
#define SB_REMAP_EDGE_PAIRS_H

#include "remap/common_words.h"

typedef struct sb_edge_pair {
    sb_time from, to;
    bool is_sure; /* heard in both, not placed between neighbours */
    size_t word;  /* whose edge it is, a number of no meaning but that */
} sb_edge_pair;

typedef struct sb_edge_pairs {
    sb_edge_pair *items; /* rising in both audios */
    size_t n_items;
} sb_edge_pairs;

/* The edges of the words that have a place in both. What an aligner placed a few milliseconds off is evened out by its
 * neighbours; words whose neighbours all lie elsewhere are left out, and so are those placed by guess where one guess is not
 * like the other, unless there is nothing else. SB_ERR_MEMORY. */
sb_status sb_edge_pairs_find(sb_edge_pairs *out, const sb_common_words *common, sb_error *err);
void sb_edge_pairs_finish(sb_edge_pairs *pairs);

#endif
