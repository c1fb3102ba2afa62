/* Moving cuts out of breaths and other sounds in a pause. */
#ifndef SB_CLIP_BREATH_H
#define SB_CLIP_BREATH_H

#include "clip/job.h"

#define SB_BREATH_HOPS 200 /* per second */

/* Chooses where to cut a pause. `powers` has the power of its hops, from the quote's speech outwards, and
 * `planned` is the hop of the planned cut. If it is quiet there, the cut stays. A sound that continues from
 * the quote is included, a sound that leads to the neighbouring speech is excluded, and for a separate sound
 * the nearer side is chosen. If a sound fills the whole pause, the cut stays. Returns SB_ERR_MEMORY. */
sb_status sb_breath_cut(size_t *out, const float *powers, size_t n, size_t planned, sb_error *err);

/* Analyses the pauses at both ends of each clip and moves the cuts, before anything is rendered. `stream` is
 * that of the source. Returns the statuses of sb_decoder_open and sb_decoder_read. */
sb_status sb_clip_avoid_breaths(sb_clip_job *const *jobs, size_t n, const sb_monitor *monitor, sb_error *err);

#endif
