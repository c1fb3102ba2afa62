/* Corrected times of a transcript's turns, kept in the order that the transcript has. */
#ifndef SB_EXPORT_CUE_ORDER_H
#define SB_EXPORT_CUE_ORDER_H

#include "soundbite/align.h"

/* Fills `starts` and `stops`, one each for every turn of `transcript`, which `alignment` was made from; SB_TIME_NONE leaves a time as it is.
 * A turn that was not heard goes where the time map puts its stamp. Turns that stood in order stay in order: where two places
 * disagree, the more certain ones stand, and the others lie between them. A turn ends no later than the next begins where it did so
 * before, and no later than an inserted passage begins that it does not begin in. SB_ERR_MEMORY. */
sb_status sb_cue_order_make(sb_time *starts, sb_time *stops, const sb_transcript *transcript,
                            const sb_alignment *alignment, sb_error *err);

#endif
