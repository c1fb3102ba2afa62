/* The timestamp as a prior of where a turn begins: inside its resolution it is likely, far from it only strong evidence is believed. */
#ifndef SB_ALIGN_STAMP_PLACES_H
#define SB_ALIGN_STAMP_PLACES_H

#include "soundbite/align.h"

/* What was heard of a turn. */
typedef struct sb_turn_evidence {
    float odds;  /* log-odds that it was said where it was heard, summed over its words */
    bool denied; /* heard not to have been said */
} sb_turn_evidence;

/* Moves turns that lie farther from their stamp, by the map, than their evidence is worth: to the first speech inside the stamp's resolution
 * that no other words cover, else to its middle. Turns without a place are put there as well, but those that were denied or that lie in a passage
 * that was cut out. Moved words are estimates of little confidence. A turn never begins before the one before it unless its stamp does.
 * `evidence` has one entry a turn. The alignment has a map, else nothing is done. SB_ERR_MEMORY. */
sb_status sb_stamp_places_fill(sb_alignment *alignment, const sb_turn_evidence *evidence, sb_error *err);

#endif
