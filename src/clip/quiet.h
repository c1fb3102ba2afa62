/* Where nobody speaks in a clip, and the room tone that lies there. */
#ifndef SB_CLIP_QUIET_H
#define SB_CLIP_QUIET_H

#include "clip/job.h"
#include "clip/room_tone.h"

/* The pause after the quote, the one before it, then those in it, in samples of the source's sound as it was cut; the
 * caller frees. SB_ERR_MEMORY. */
sb_status sb_quiet_find(sb_sample_span **out, size_t *n, const sb_clip_job *job, sb_error *err);

/* Room tone from those spans of the spool, of a few seconds of them at most; NULL where they are too short to be worth
 * it. Spans that end beyond the spool are cut. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_quiet_tone(sb_room_tone **out, sb_clip_spool *spool, int rate, const sb_sample_span *quiet,
                        size_t n, sb_error *err);

/* Reads [at, at + n), more than a block perhaps, into `planes`. SB_ERR_IO. */
sb_status sb_spool_read_long(sb_clip_spool *spool, float *const *planes, size_t at, size_t n, sb_error *err);

/* Planes of `n` samples each, 0 at first, in one piece of memory; NULL when out of memory. */
float **sb_planes_alloc(int channels, size_t n);
void sb_planes_free(float **planes);

#endif
