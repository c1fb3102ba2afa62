/* Joining sound: cuts that avoid breaths, pauses and room tone. */
#ifndef SB_CLIP_SPLICE_SPLICE_H
#define SB_CLIP_SPLICE_SPLICE_H

#include "clip/clip.h"

/* Moving cuts out of breaths and other sounds in a pause. */

#define SB_BREATH_HOPS 200 /* per second */

/* Chooses where to cut a pause. `powers` has the power of its hops, from the quote's speech outwards, and
 * `planned` is the hop of the planned cut. If it is quiet there, the cut stays. A sound that continues from
 * the quote is included, a sound that leads to the neighbouring speech is excluded, and for a separate sound
 * the nearer side is chosen. If a sound fills the whole pause, the cut stays. Returns SB_ERR_MEMORY. */
sb_status sb_breath_cut(size_t *out, const float *powers, size_t n, size_t planned, sb_error *err);

/* Analyses the pauses at both ends of each clip and moves the cuts, before anything is rendered. `stream` is
 * that of the source. Returns the statuses of sb_decoder_open and sb_decoder_read. */
sb_status sb_clip_avoid_breaths(sb_clip_job *const *jobs, size_t n, const sb_monitor *monitor, sb_error *err);

/* Finding pauses in a clip, and the room tone in them. */

/* Finds the pause after the quote, the one before it and those inside it, in samples of the source's sound as
 * it was cut. The caller frees `*out`. Returns SB_ERR_MEMORY. */
sb_status sb_clip_pauses_find(sb_sample_span **out, size_t *n, const sb_clip_job *job, sb_error *err);

/* Makes room tone from these spans of the spool, using a few seconds at most. `*out` is NULL if they are too
 * short. Spans that end beyond the spool are cut. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_pauses_tone(sb_room_tone **out, sb_clip_spool *spool, int rate, const sb_sample_span *quiet,
                              size_t n, sb_error *err);

/* The content of a room tone. */

/* The runs are stored one after the other in the planes. Each is at least three times as long as the overlap
 * of two joined pieces, which is at least 1. */
struct sb_room_tone {
    int channels, sample_rate;
    float **planes; /* of sb_planes_alloc */
    size_t n;
    sb_sample_span *runs;
    size_t n_runs;
    size_t overlap;
};

/* Allocates a tone for runs of these lengths, filled with zeros. Returns SB_ERR_MEMORY. */
sb_status sb_room_tone_alloc(sb_room_tone **out, int channels, int sample_rate, const size_t *lengths,
                             size_t n_runs, sb_error *err);

#endif
