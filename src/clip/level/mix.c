#include "clip/level/level.h"

#include <math.h>
#include <string.h>

static void add_plane(float *out, const float *in, float weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] += weight * in[i];
}

static void mix_every(float *out, const float *const *in, int channels, int first, int step, size_t n)
{
    int n_planes = (channels - first + step - 1) / step;
    memset(out, 0, n * sizeof *out);
    for (int c = first; c < channels; c += step)
        add_plane(out, in[c], 1.0f / (float)n_planes, n);
}

static void mix_surround(float *out, const float *const *in, int side, size_t n)
{
    float own = (float)(1 / (1 + 2 * M_SQRT1_2)), other = own * (float)M_SQRT1_2;
    memset(out, 0, n * sizeof *out);
    add_plane(out, in[side], own, n);
    add_plane(out, in[2], other, n);
    add_plane(out, in[4 + side], other, n);
}

void sb_clip_mix(float *const *out, int channels_out, const float *const *in, int channels_in, size_t n)
{
    for (int c = 0; c < channels_out; c++) {
        if (channels_out == channels_in)
            memcpy(out[c], in[c], n * sizeof **out);
        else if (channels_in == 1)
            memcpy(out[c], in[0], n * sizeof **out);
        else if (channels_out == 2 && channels_in == 6)
            mix_surround(out[c], in, c, n);
        else
            mix_every(out[c], in, channels_in, c, channels_out, n);
    }
}
