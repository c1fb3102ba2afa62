/* The likeliest way through a network of words for some sound (Viterbi 1967; token arithmetic after Rabiner 1989). */
#ifndef SB_ACOUSTIC_WORD_SEARCH_H
#define SB_ACOUSTIC_WORD_SEARCH_H

#include "acoustic/adapt.h"
#include "acoustic/network.h"

/* A stretch of frames [start, end) on the best path: a word of the row, or SB_NO_WORD between words, where `phone` tells silence,
 * noise, or, as SB_MODEL_BABBLE, speech that is not in the text. */
typedef struct sb_heard {
    uint32_t word;
    uint8_t way;
    uint8_t phone;
    int32_t start, end;
    float score; /* mean of its frames, see senones.h; 0 for unwritten speech */
    float worst; /* mean of the phone that fits least */
} sb_heard;

typedef struct sb_heard_list {
    sb_heard *items;
    size_t n_items, capacity;
} sb_heard_list;

/* What a search may take: cells of memory, two bytes each; a longer one is refused. */
#define SB_SEARCH_CELLS_MAX ((size_t)48 << 20)

/* Searches `n_frames` vectors. Frames of words that were heard are added to `stats`, where that is not NULL. The list is empty where nothing leads from the first frame to the last. `out` is overwritten and may be
 * used again. SB_ERR_LIMIT, SB_ERR_MEMORY. */
sb_status sb_word_search(sb_heard_list *out, sb_scorer *scorer, const sb_network *network,
                         const float (*vectors)[SB_VECTOR], size_t n_frames, sb_adapt_stats *stats,
                         sb_error *err);
void sb_heard_list_finish(sb_heard_list *list);

#endif
