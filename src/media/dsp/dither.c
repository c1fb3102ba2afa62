#include "media/dsp/dsp.h"

#include "base/run/run.h"

#include <math.h>

#define SEED UINT64_C(0x9e3779b97f4a7c15)

void sb_quantiser_init(sb_quantiser *q, int bits, bool plain)
{
    *q = (sb_quantiser){.bits = bits, .plain = plain, .state = SEED};
}

/* The sum of two uniform random values has a triangular distribution. */
static double triangular(uint64_t *state)
{
    uint64_t x = sb_random_next(state);
    return ((double)(x >> 32) + (double)(x & UINT32_MAX)) / 4294967296.0 - 1.0;
}

static int32_t quantise_one(sb_quantiser *q, float sample, double scale)
{
    if (isnan(sample))
        return 0;
    double value = sample * scale;
    if (!q->plain && value != rint(value))
        value += triangular(&q->state);
    return (int32_t)fmin(fmax(rint(value), -scale), scale - 1);
}

void sb_quantise(sb_quantiser *q, int32_t *out, const float *const *planes, int channels, size_t n)
{
    double scale = (double)(INT64_C(1) << (q->bits - 1));
    int32_t justify = INT32_C(1) << (32 - q->bits);
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < channels; c++)
            *out++ = quantise_one(q, planes[c][i], scale) * justify;
}
