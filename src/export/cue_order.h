/* Correcting the times of a transcript while keeping its order. */
#ifndef SB_EXPORT_CUE_ORDER_H
#define SB_EXPORT_CUE_ORDER_H

#include "soundbite/align.h"

/* Fills `starts` and `stops`, one for each turn of `transcript`, from which `alignment` was made.
 * SB_TIME_NONE leaves a time unchanged. A turn that was not heard is placed by the time map. Turns that were
 * in order stay in order: if two positions conflict, the more certain one is kept and the other is placed
 * between its neighbours. A turn ends at the latest where the next begins, if it did so before, and where an
 * inserted passage begins, unless the turn begins in it. Returns SB_ERR_MEMORY. */
sb_status sb_cue_order_make(sb_time *starts, sb_time *stops, const sb_transcript *transcript,
                            const sb_alignment *alignment, sb_error *err);

#endif
