/* How loud a clip is over time, for its waveform. */
#ifndef SB_VIDEO_WAVE_H
#define SB_VIDEO_WAVE_H

#include "soundbite/status.h"

/* A zeroed struct with a rate is an empty one. */
typedef struct sb_wave {
    int sample_rate;
    float *levels; /* the greatest absolute sample of each run of 1/SB_WAVE_RATE s */
    size_t n_levels, n_samples;
} sb_wave;

#define SB_WAVE_RATE 15

/* Takes the next samples of every channel. SB_ERR_MEMORY. */
sb_status sb_wave_push(sb_wave *wave, const float *const *planes, int channels, size_t n, sb_error *err);
void sb_wave_finish(sb_wave *wave);

/* Makes the loudest 1, and lifts what is soft, as the eye expects it of a picture of speech. */
void sb_wave_scale(sb_wave *wave);

#endif
