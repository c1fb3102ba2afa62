/* One edge of a quote against the sound around it. */
#ifndef SB_QUOTE_CUT_CUT_H
#define SB_QUOTE_CUT_CUT_H

#include "soundbite/quote.h"

/* Both edges are treated alike: at the end of a quote time runs backwards (every time is negated), so that "before" is always
 * outside the quote. Times in this struct are of that kind. */
typedef struct sb_edge {
    const sb_alignment *alignment;
    bool mirrored;
    sb_span word; /* the outermost word of the quote that was heard */
    bool estimated;
    sb_span
        neighbour; /* the word of others that reaches furthest towards the quote; SB_TIME_NONE: there is none */
    bool neighbour_estimated;
    sb_time limit; /* the edge of the file */

    sb_time speech;     /* where the quote's speech begins */
    sb_time quiet_from; /* before it: where the neighbour's sound ends, or the file */
    bool in_pause;      /* it is quiet between the two */
    bool tight; /* so short, where the words touch, that it may be the closure of a plosive in one of them */
    bool moved; /* an estimated edge was moved to a pause near it */
} sb_edge;

/* Settles the edge of `match` at its start, or at its end where `mirrored`. False where nothing of it was heard. */
bool sb_edge_settle(sb_edge *out, const sb_alignment *alignment, const sb_match *match, bool mirrored);

/* The room to leave before the speech: as much as `wanted`, but in a pause that two share not beyond the place where a soft ending of
 * the neighbour may still sound, unless the share of it that falls to `wanted` against `others` is more; and never the neighbour's
 * sound. */
sb_time sb_edge_padding(const sb_edge *edge, sb_time wanted, sb_time others);

/* True where somebody else's word sounds during the match. */
bool sb_match_overlapped(const sb_alignment *alignment, const sb_match *match);

#endif
