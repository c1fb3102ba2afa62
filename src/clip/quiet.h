/* Finding pauses in a clip, and the room tone in them. */
#ifndef SB_CLIP_QUIET_H
#define SB_CLIP_QUIET_H

#include "clip/job.h"
#include "clip/room_tone.h"

/* Finds the pause after the quote, the one before it and those inside it, in samples of the source's sound as
 * it was cut. The caller frees `*out`. Returns SB_ERR_MEMORY. */
sb_status sb_quiet_find(sb_sample_span **out, size_t *n, const sb_clip_job *job, sb_error *err);

/* Makes room tone from these spans of the spool, using a few seconds at most. `*out` is NULL if they are too
 * short. Spans that end beyond the spool are cut. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_quiet_tone(sb_room_tone **out, sb_clip_spool *spool, int rate, const sb_sample_span *quiet,
                        size_t n, sb_error *err);

/* Reads [at, at + n) into `planes`; n may exceed a block. Returns SB_ERR_IO. */
sb_status sb_spool_read_long(sb_clip_spool *spool, float *const *planes, size_t at, size_t n, sb_error *err);

/* Allocates planes of `n` zeros each in one block of memory. Returns NULL if memory runs out. */
float **sb_planes_alloc(int channels, size_t n);
void sb_planes_free(float **planes);

#endif
