/* How loud a clip becomes. */
#ifndef SB_CLIP_LEVEL_H
#define SB_CLIP_LEVEL_H

#include "clip/sound.h"

typedef struct sb_clip_level {
    double gain_db;
    bool limited; /* sb_peaks_apply is needed on top */
    sb_loudness_kind kind;
    double lufs, true_peak_db; /* of the clip as it will be written; NaN where there is none */
} sb_clip_level;

/* One linear gain towards `target_lufs` (NaN: none) and a limiter where a true peak would pass `ceiling_db`; what
 * the limiter takes away is made good by more gain. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_clip_level_settle(sb_clip_level *level, sb_clip_sound *sound, double target_lufs,
                               double ceiling_db, sb_error *err);

/* Applies it to a block of the sound that begins at `at`. */
void sb_clip_level_apply(const sb_clip_level *level, const sb_clip_sound *sound, float *const *planes,
                         int64_t at, size_t n);

#endif
