/* The positions of word edges in two audios. */
#ifndef SB_REMAP_EDGE_PAIRS_H
#define SB_REMAP_EDGE_PAIRS_H

#include "remap/common_words.h"

typedef struct sb_edge_pair {
    sb_time from, to;
    bool is_sure; /* heard in both, not estimated from neighbours */
    size_t word;  /* the word of the edge; numbers only serve to compare */
} sb_edge_pair;

typedef struct sb_edge_pairs {
    sb_edge_pair *items; /* ascending in both audios */
    size_t n_items;
} sb_edge_pairs;

/* Makes the pairs of the edges of words with positions in both. Errors of a few milliseconds are smoothed
 * with the neighbours. Words that disagree with all neighbours are left out. So are estimated words whose two
 * estimates disagree, unless there are no other words. Returns SB_ERR_MEMORY. */
sb_status sb_edge_pairs_find(sb_edge_pairs *out, const sb_common_words *common, sb_error *err);
void sb_edge_pairs_finish(sb_edge_pairs *pairs);

#endif
