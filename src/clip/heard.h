/* A clip's file as a listener meets it: decoded again and measured. */
#ifndef SB_CLIP_HEARD_H
#define SB_CLIP_HEARD_H

#include "media/loudness.h"
#include "soundbite/media.h"

typedef struct sb_clip_heard {
    double lufs;         /* NaN where it cannot be measured */
    double true_peak_db; /* -HUGE_VAL for silence */
    int64_t n_samples;
} sb_clip_heard;

/* Decodes the file to its end. `kind` is how the loudness is measured: a lossy file can be a little longer than its clip, and
 * 3 s must not fall between. Fails as sb_decoder_open and sb_decoder_read do. */
sb_status sb_clip_hear(sb_clip_heard *out, const char *path, sb_loudness_kind kind, const sb_monitor *monitor,
                       sb_error *err);

#endif
