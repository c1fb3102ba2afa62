/* A clip's file as a listener meets it: decoded again and measured. */
#ifndef SB_CLIP_HEARD_H
#define SB_CLIP_HEARD_H

#include "media/loudness.h"
#include "soundbite/media.h"

typedef struct sb_clip_heard {
    double lufs;         /* NaN where it cannot be measured */
    double true_peak_db; /* -HUGE_VAL for silence */
    float *mono;         /* all of it at SB_MONO_HZ; NULL unless wanted */
    size_t n_mono, capacity;
} sb_clip_heard;

/* Decodes the file to its end; `with_mono` keeps its sound. `kind` is how the loudness is measured: a lossy file can be a
 * little longer than its clip, and 3 s must not fall between. Fails as sb_decoder_open and sb_decoder_read do, and with
 * SB_ERR_MEMORY. */
sb_status sb_clip_hear(sb_clip_heard *out, const char *path, sb_loudness_kind kind, bool with_mono,
                       const sb_monitor *monitor, sb_error *err);
void sb_clip_heard_finish(sb_clip_heard *heard);

#endif
