/* The loudness of a clip over time, for its waveform. */
#ifndef SB_VIDEO_WAVE_H
#define SB_VIDEO_WAVE_H

#include "soundbite/status.h"

/* Set the rate and zero the rest to begin. */
typedef struct sb_wave {
    int sample_rate;
    float *levels; /* largest absolute sample in each 1/SB_WAVE_RATE s */
    size_t n_levels, n_samples;
} sb_wave;

#define SB_WAVE_RATE 15

/* Adds the next samples of each channel. Returns SB_ERR_MEMORY. */
sb_status sb_wave_push(sb_wave *wave, const float *const *planes, int channels, size_t n, sb_error *err);
void sb_wave_finish(sb_wave *wave);

/* Scales the loudest to 1 and raises low levels, so that speech is visible. */
void sb_wave_scale(sb_wave *wave);

#endif
