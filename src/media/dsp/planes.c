#include "media/media.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

float **sb_planes_alloc(int channels, size_t n)
{
    float **planes = calloc((size_t)channels, sizeof *planes);
    float *memory = planes ? calloc(n * (size_t)channels + 1, sizeof *memory) : NULL;
    for (int c = 0; memory && c < channels; c++)
        planes[c] = memory + (size_t)c * n;
    if (!memory) {
        free(planes);
        return NULL;
    }
    return planes;
}

void sb_planes_free(float **planes)
{
    if (planes)
        free(planes[0]);
    free(planes);
}

void sb_interleave(float *out, const float *const *planes, int channels, size_t from, size_t n)
{
    for (int c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            out[i * (size_t)channels + (size_t)c] = planes[c][from + i];
}

void sb_deinterleave(float *const *planes, size_t to, const float *in, int channels, size_t n)
{
    for (int c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            planes[c][to + i] = in[i * (size_t)channels + (size_t)c];
}

size_t sb_pcm_part(const float *planes[SB_CHANNELS_MAX], int64_t *at, const sb_pcm *block, int64_t start,
                   int64_t end)
{
    int64_t first = block->first_sample, until = first + (int64_t)block->n_samples;
    *at = first > start ? first : start;
    if (until > end)
        until = end;
    if (*at >= until)
        return 0;
    for (int c = 0; c < block->channels; c++)
        planes[c] = block->planes[c] + (*at - first);
    return (size_t)(until - *at);
}

static void add_plane(float *out, const float *in, float weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] += weight * in[i];
}

static void mix_every(float *out, const float *const *in, int channels, int first, int step, size_t n)
{
    int n_planes = (channels - first + step - 1) / step;
    for (int c = first; c < channels; c += step)
        add_plane(out, in[c], 1.0f / (float)n_planes, n);
}

static void mix_surround(float *out, const float *const *in, int side, size_t n)
{
    float own = (float)(1 / (1 + 2 * M_SQRT1_2)), other = own * (float)M_SQRT1_2;
    add_plane(out, in[side], own, n);
    add_plane(out, in[2], other, n);
    add_plane(out, in[4 + side], other, n);
}

void sb_mix_channels(float *const *out, int channels_out, const float *const *in, int channels_in, size_t n)
{
    for (int c = 0; c < channels_out; c++) {
        if (channels_out == channels_in || channels_in == 1) {
            memcpy(out[c], in[channels_in == 1 ? 0 : c], n * sizeof **out);
            continue;
        }
        memset(out[c], 0, n * sizeof **out);
        if (channels_out == 2 && channels_in == 6)
            mix_surround(out[c], in, c, n);
        else
            mix_every(out[c], in, channels_in, c, channels_out, n);
    }
}
