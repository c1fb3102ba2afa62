/* Signal processing. Here: quantising samples to integers with dither. media/media.h declares the rest: the
 * true peak is measured and limited in true_peak_limiter.c (sb_true_peaks_limit). */
#ifndef SB_MEDIA_DSP_DSP_H
#define SB_MEDIA_DSP_DSP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Quantises to 16 or 24 bits with triangular dither of +-1 LSB (Lipshitz, Wannamaker, Vanderkooy 1992). The
 * random numbers have a fixed seed. A sample that is already an exact step is not dithered, so sound that has
 * no more bits than the output is unchanged. */
typedef struct sb_quantiser {
    int bits;
    bool plain; /* no dither: round to the nearest step */
    uint64_t state;
} sb_quantiser;

void sb_quantiser_init(sb_quantiser *q, int bits, bool plain);

/* Writes `n` samples of each plane to `out`, interleaved and left-justified in 32 bits. Values beyond full
 * scale are clipped; NaN gives 0. */
void sb_quantise(sb_quantiser *q, int32_t *out, const float *const *planes, int channels, size_t n);

#endif
