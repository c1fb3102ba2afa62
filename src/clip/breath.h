/* Cuts kept out of the middle of breaths, and of other sounds that lie in a pause. */
#ifndef SB_CLIP_BREATH_H
#define SB_CLIP_BREATH_H

#include "clip/job.h"

#define SB_BREATH_HOPS 200 /* a second */

/* Where to cut a pause: `powers` of its hops from the quote's speech outwards, `planned` the hop of the cut that is planned.
 * Where it is quiet there, that is the answer. A sound that goes on from the quote is taken in whole, one that leads to the
 * neighbour is left out, and one that stands by itself goes the nearer way. What fills all of the pause is cut as planned.
 * SB_ERR_MEMORY. */
sb_status sb_breath_cut(size_t *out, const float *powers, size_t n, size_t planned, sb_error *err);

/* Listens to the pauses at both ends of each clip and moves its cut, before anything is rendered. `stream` is that of
 * the source. Fails as sb_decoder_open and sb_decoder_read do. */
sb_status sb_clip_avoid_breaths(sb_clip_job *const *jobs, size_t n, const sb_monitor *monitor, sb_error *err);

#endif
