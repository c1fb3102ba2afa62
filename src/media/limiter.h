/* True peaks, and a gain that keeps them under a ceiling. */
#ifndef SB_MEDIA_LIMITER_H
#define SB_MEDIA_LIMITER_H

#include "soundbite/status.h"

/* Oversamples four times (twice from 96 kHz, not at all from 192 kHz) as ITU-R BS.1770-4 annex 2 has it, but by a windowed
 * sinc of 32 taps a phase, for the 12 there read a third of a decibel low near the upper end; and keeps one peak for every block
 * of about 3 ms, of all channels together. Of blocks more than 12 dB under the loudest that may be too much. */
typedef struct sb_peaks {
    int sample_rate, channels;
    size_t block_samples;
    float *blocks; /* the largest magnitude in each block, 1 is full scale */
    size_t n_blocks;
    float *gains; /* one a block, after sb_peaks_limit */
    void *interpolator;
} sb_peaks;

/* SB_ERR_MEMORY. The finish call frees everything and may be made on a zeroed struct. */
sb_status sb_peaks_init(sb_peaks *peaks, int sample_rate, int channels, sb_error *err);
sb_status sb_peaks_push(sb_peaks *peaks, const float *const *planes, size_t n, sb_error *err);
/* After the last sample; the interpolator lags by some. */
sb_status sb_peaks_end(sb_peaks *peaks, sb_error *err);
void sb_peaks_finish(sb_peaks *peaks);

/* The largest of all, in dBTP; -HUGE_VAL for silence. */
double sb_peaks_max_db(const sb_peaks *peaks);

/* After sb_peaks_end: the gains, at most 1, for sound that is first made louder by `gain_db`, so that no peak passes
 * `ceiling_db`; down within a block before the peak, up again at 60 dB a second. Returns true where any is below 1. May
 * be called again with other figures. */
bool sb_peaks_limit(sb_peaks *peaks, double gain_db, double ceiling_db);

/* After sb_peaks_limit: multiplies `n` samples from position `at` on by `gain` and the limiter's gain there. */
void sb_peaks_apply(const sb_peaks *peaks, float *const *planes, int64_t at, size_t n, float gain);

#endif
