/* How loud a clip becomes. */
#ifndef SB_CLIP_LEVEL_H
#define SB_CLIP_LEVEL_H

#include "clip/heard.h"
#include "clip/sound.h"

typedef struct sb_clip_aim {
    double target_lufs; /* NaN: the level stays as it is, whatever its peaks */
    double ceiling_db;  /* of the true peak */
    double
        gain_db; /* given, for clips whose loudness is not their own affair; NaN: what reaches the target */
    double kept_db; /* a lower ceiling that was seen to keep the peaks down; NaN none is known */
} sb_clip_aim;

typedef struct sb_clip_level {
    double gain_db;
    bool limited; /* sb_peaks_apply is needed on top */
    sb_loudness_kind kind;
    double lufs, true_peak_db; /* of the clip as it will be encoded; NaN where there is none */
} sb_clip_level;

/* One linear gain, and a limiter where a true peak would pass the ceiling; what the limiter takes of the loudness is made
 * good by more gain, unless that is given. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_clip_level_settle(sb_clip_level *level, sb_clip_sound *sound, const sb_clip_aim *aim,
                               sb_error *err);

/* Compares what was heard with what is wanted. True where the codec lifted a peak over the ceiling or moved the loudness by
 * more than 0.15 LU: `aim` is then moved the other way, for another try. Where the ceiling was lowered so far that the loudness is missed
 * while the peaks have room, it is raised half the way again; should that be too much, which needs two of the `n_left` tries, it goes back. */
bool sb_clip_aim_adjust(sb_clip_aim *aim, const sb_clip_aim *wanted, const sb_clip_level *level,
                        const sb_clip_heard *heard, int n_left);

/* Applies it to a block of the sound that begins at `at`. */
void sb_clip_level_apply(const sb_clip_level *level, const sb_clip_sound *sound, float *const *planes,
                         int64_t at, size_t n);

#endif
