/* Decoding a written clip and measuring it. */
#ifndef SB_CLIP_HEARD_H
#define SB_CLIP_HEARD_H

#include "media/loudness.h"
#include "soundbite/media.h"

typedef struct sb_clip_heard {
    double lufs;         /* NaN if it cannot be measured */
    double true_peak_db; /* -HUGE_VAL for silence */
    float *mono;         /* the whole sound at SB_MONO_HZ; NULL unless requested */
    size_t n_mono, capacity;
} sb_clip_heard;

/* Decodes the whole file. `with_mono` keeps its sound. `kind` says how to measure the loudness. It is given
 * by the caller because a lossy file may be slightly longer than its clip and so cross the limit of 3 s.
 * Returns the statuses of sb_decoder_open and sb_decoder_read and SB_ERR_MEMORY. */
sb_status sb_clip_hear(sb_clip_heard *out, const char *path, sb_loudness_kind kind, bool with_mono,
                       const sb_monitor *monitor, sb_error *err);
void sb_clip_heard_finish(sb_clip_heard *heard);

#endif
