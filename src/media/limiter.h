/* Measuring true peaks and limiting them. */
#ifndef SB_MEDIA_LIMITER_H
#define SB_MEDIA_LIMITER_H

#include "soundbite/status.h"

/* A true peak meter with one peak per block of about 3 ms for all channels together. It oversamples four
 * times (twice from 96 kHz, not from 192 kHz) as ITU-R BS.1770-4 annex 2 does, but with a windowed sinc of 32
 * taps per phase: the 12 taps of the annex read a third of a decibel low near the upper end. The peaks of
 * blocks more than 12 dB below the loudest may be overestimated. */
typedef struct sb_peaks {
    int sample_rate, channels;
    size_t block_samples;
    float *blocks; /* largest magnitude in each block; 1 is full scale */
    size_t n_blocks;
    float *gains; /* one per block, after sb_peaks_limit */
    void *interpolator;
} sb_peaks;

/* Returns SB_ERR_MEMORY. sb_peaks_finish frees everything and may be called on a zeroed struct. */
sb_status sb_peaks_init(sb_peaks *peaks, int sample_rate, int channels, sb_error *err);
sb_status sb_peaks_push(sb_peaks *peaks, const float *const *planes, size_t n, sb_error *err);
/* Call it after the last sample, because the interpolator lags. */
sb_status sb_peaks_end(sb_peaks *peaks, sb_error *err);
void sb_peaks_finish(sb_peaks *peaks);

/* Returns the largest peak in dBTP; -HUGE_VAL for silence. */
double sb_peaks_max_db(const sb_peaks *peaks);

/* Call it after sb_peaks_end. Computes gains of at most 1 so that no peak exceeds `ceiling_db` once the sound
 * is amplified by `gain_db`. The gain falls within one block before a peak and rises at 60 dB per second.
 * Returns true if any gain is below 1. May be called again with other values. */
bool sb_peaks_limit(sb_peaks *peaks, double gain_db, double ceiling_db);

/* Call it after sb_peaks_limit. Multiplies `n` samples at position `at` by `gain` and by the limiter's
 * gain. */
void sb_peaks_apply(const sb_peaks *peaks, float *const *planes, int64_t at, size_t n, float gain);

#endif
