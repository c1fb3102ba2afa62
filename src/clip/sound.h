/* The sound of a clip on the way from the source to the file. */
#ifndef SB_CLIP_SOUND_H
#define SB_CLIP_SOUND_H

#include "clip/spool.h"
#include "media/limiter.h"
#include "media/loudness.h"
#include "media/resample.h"

typedef struct sb_clip_shape {
    int rate_in, channels_in;
    int rate_out, channels_out;
    int64_t n_in; /* number of input samples */
} sb_clip_shape;

/* Mixes, resamples, measures and stores the sound. A zeroed struct may be finished. */
typedef struct sb_clip_sound {
    sb_clip_shape shape;
    sb_clip_spool spool;
    sb_resampler *resampler; /* NULL if the rate does not change */
    sb_loudness_meter *meter;
    sb_peaks peaks;
    float **mixed; /* channels_out planes of SB_CLIP_BLOCK; also used for reading back */
} sb_clip_sound;

/* Returns SB_ERR_ARGUMENT if the rate cannot be converted; SB_ERR_MEMORY; SB_ERR_IO. */
sb_status sb_clip_sound_init(sb_clip_sound *sound, const sb_clip_shape *shape, sb_error *err);
void sb_clip_sound_finish(sb_clip_sound *sound);

sb_status sb_clip_sound_push(sb_clip_sound *sound, const float *const *planes, size_t n, sb_error *err);
sb_status sb_clip_sound_end(sb_clip_sound *sound, sb_error *err);

/* Calls `take` with the whole sound in blocks, which it may modify. Stops at its first failure. */
typedef sb_status (*sb_clip_take)(void *user, float *const *planes, int64_t at, size_t n, sb_error *err);
sb_status sb_clip_sound_play(sb_clip_sound *sound, sb_clip_take take, void *user, sb_error *err);

#endif
