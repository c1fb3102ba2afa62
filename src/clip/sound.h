/* The sound of one clip on its way from the source to the file. */
#ifndef SB_CLIP_SOUND_H
#define SB_CLIP_SOUND_H

#include "clip/spool.h"
#include "media/limiter.h"
#include "media/loudness.h"
#include "media/resample.h"

typedef struct sb_clip_shape {
    int rate_in, channels_in;
    int rate_out, channels_out;
    int64_t n_in; /* samples that will come */
} sb_clip_shape;

/* Mixed, resampled, measured and set aside. A zeroed struct may be finished. */
typedef struct sb_clip_sound {
    sb_clip_shape shape;
    sb_clip_spool spool;
    sb_resampler *resampler; /* NULL: the rate is kept */
    sb_loudness_meter *meter;
    sb_peaks peaks;
    float **mixed; /* channels_out planes of SB_CLIP_BLOCK; also the block that is read back */
} sb_clip_sound;

/* SB_ERR_MEMORY, SB_ERR_IO, SB_ERR_ARGUMENT (a rate that cannot be reached). */
sb_status sb_clip_sound_init(sb_clip_sound *sound, const sb_clip_shape *shape, sb_error *err);
void sb_clip_sound_finish(sb_clip_sound *sound);

sb_status sb_clip_sound_push(sb_clip_sound *sound, const float *const *planes, size_t n, sb_error *err);
sb_status sb_clip_sound_end(sb_clip_sound *sound, sb_error *err);

/* Calls `take` with all of the sound, in blocks that it may change, and ends with its first failure. */
typedef sb_status (*sb_clip_take)(void *user, float *const *planes, int64_t at, size_t n, sb_error *err);
sb_status sb_clip_sound_play(sb_clip_sound *sound, sb_clip_take take, void *user, sb_error *err);

#endif
