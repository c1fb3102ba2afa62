/* Samples brought to whole numbers. */
#ifndef SB_MEDIA_DITHER_H
#define SB_MEDIA_DITHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Quantises to 16 or 24 bits with triangular dither of +-1 LSB (Lipshitz, Wannamaker, Vanderkooy 1992), from a
 * generator with a fixed seed. A sample that is already a whole number of steps is kept as it is, so sound with
 * no more bits than the output comes through unchanged. */
typedef struct sb_quantiser {
    int bits;
    bool plain; /* no dither: the nearest step */
    uint64_t state;
} sb_quantiser;

void sb_quantiser_init(sb_quantiser *q, int bits, bool plain);

/* Interleaves `n` samples of each plane into `out`, left-justified in 32 bits. Values beyond full scale are clipped,
 * NaN gives 0. */
void sb_quantise(sb_quantiser *q, int32_t *out, const float *const *planes, int channels, size_t n);

#endif
