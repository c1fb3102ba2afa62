/* Choosing the gain of a clip. */
#ifndef SB_CLIP_LEVEL_H
#define SB_CLIP_LEVEL_H

#include "clip/heard.h"
#include "clip/sound.h"

typedef struct sb_clip_aim {
    double target_lufs; /* NaN: the level stays, whatever its peaks */
    double ceiling_db;  /* for the true peak */
    double gain_db;     /* a fixed gain, for clips that follow a common loudness; NaN: reach the target */
    double kept_db;     /* a lower ceiling that is known to keep the peaks down; NaN: unknown */
} sb_clip_aim;

typedef struct sb_clip_level {
    double gain_db;
    bool limited; /* sb_peaks_apply is needed too */
    sb_loudness_kind kind;
    double lufs, true_peak_db; /* of the clip before encoding; NaN if unknown */
} sb_clip_level;

/* Chooses one linear gain. If a true peak would exceed the ceiling, a limiter is added, and unless the gain
 * is fixed, it is raised to compensate for the limiter. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_level_settle(sb_clip_level *level, sb_clip_sound *sound, const sb_clip_aim *aim,
                               sb_error *err);

/* Compares the measured file with the target. Returns true if another attempt is needed because the codec
 * raised a peak above the ceiling or changed the loudness by more than 0.15 LU; `aim` is then corrected. If
 * the ceiling was lowered so far that the loudness is too low although the peaks have headroom, it is raised
 * half way again. If that proves too much, it goes back, which needs two of the `n_left` attempts. */
bool sb_clip_aim_adjust(sb_clip_aim *aim, const sb_clip_aim *wanted, const sb_clip_level *level,
                        const sb_clip_heard *heard, int n_left);

/* Applies the level to a block of the sound at position `at`. */
void sb_clip_level_apply(const sb_clip_level *level, const sb_clip_sound *sound, float *const *planes,
                         int64_t at, size_t n);

#endif
