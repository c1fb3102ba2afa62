/* One edge of a quote, relative to the sound around it. */
#ifndef SB_QUOTE_CUT_CUT_H
#define SB_QUOTE_CUT_CUT_H

#include "soundbite/quote.h"

/* Both edges use the same code. At the end of a quote all times are negated, so "before" is always outside
 * the quote. The times in this struct may be negated. */
typedef struct sb_edge {
    const sb_alignment *alignment;
    bool mirrored;
    sb_span word; /* the outermost word of the quote that was heard */
    bool estimated;
    sb_span neighbour; /* the nearest word outside the quote, or SB_TIME_NONE */
    bool neighbour_estimated;
    sb_time limit; /* the edge of the file */

    sb_time speech;     /* where the speech of the quote starts */
    sb_time quiet_from; /* the end of the neighbour's sound before it, or the edge of the file */
    bool in_pause;      /* there is silence between `quiet_from` and `speech` */
    bool tight;     /* the silence is so short that it may be the closure of a plosive in one of the words */
    bool moved;     /* an estimated edge was moved to a pause near it */
    bool has_words; /* the match has words with their own times */
    bool adrift;    /* there is no silence near the requested time */
} sb_edge;

/* Computes the edge at the start of `match`, or at its end if `mirrored`. False if no word of it was
 * heard. */
bool sb_edge_settle(sb_edge *out, const sb_alignment *alignment, const sb_match *match, bool mirrored);

/* Moves the edge of a passage outwards to the silence nearest to `asked`, if the sound between that silence
 * and the words of the passage belongs to no other word, for example music. A passage without words always
 * begins at that silence. */
void sb_edge_reach(sb_edge *edge, sb_time asked);

/* Returns the padding before the speech, at most `wanted`. It does not contain a part of the pause in which a
 * soft ending of the neighbour may still be audible, unless its share of the pause (`wanted` relative to
 * `others`) is larger. It never contains the neighbour's sound. */
sb_time sb_edge_padding(const sb_edge *edge, sb_time wanted, sb_time others);

/* True if another speaker's word overlaps the match. */
bool sb_match_overlapped(const sb_alignment *alignment, const sb_match *match);

#endif
