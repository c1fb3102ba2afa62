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

int16_t sb_mean_sample(const float *const *planes, int channels, size_t i)
{
    float sum = 0;
    for (int c = 0; c < channels; c++)
        sum += planes[c][i];
    float sample = sum / (float)channels * 32768;
    return (int16_t)(sample > 32767 ? 32767 : sample >= -32768 ? lrintf(sample) : -32768);
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

/* The bits of a channel mask by the side they are on, in the order of WAVEFORMATEXTENSIBLE: front, low, back,
 * centres, sides, top. */
#define FRONT_LEFT  UINT64_C(0x1)
#define FRONT_RIGHT UINT64_C(0x2)
#define LEFTS       UINT64_C(0x9251)
#define RIGHTS      UINT64_C(0x244a2)
#define LOW         UINT64_C(0x8)

/* The weight of a loudspeaker's channel in the output for one side. */
static float side_weight(uint64_t speaker, bool right)
{
    const uint64_t other = right ? LEFTS : RIGHTS;
    if (speaker == (right ? FRONT_RIGHT : FRONT_LEFT))
        return 1;
    return speaker & (other | LOW) ? 0 : (float)M_SQRT1_2;
}

static void mix_surround(float *out, const float *const *in, int channels, uint64_t speakers, bool right,
                         size_t n)
{
    float weights[SB_CHANNELS_MAX] = {0}, sum = 0;
    for (int c = 0; c < channels; c++) {
        uint64_t speaker = speakers & -speakers;
        speakers &= speakers - 1;
        weights[c] = side_weight(speaker, right);
        sum += weights[c];
    }
    for (int c = 0; c < channels; c++)
        if (weights[c] > 0)
            add_plane(out, in[c], weights[c] / sum, n);
}

bool sb_are_microphones(int channels, uint64_t speakers)
{
    uint64_t fronts = FRONT_LEFT | FRONT_RIGHT;
    bool are_loudspeakers = (speakers & fronts) == fronts && __builtin_popcountll(speakers) == channels;
    return channels > 2 && !are_loudspeakers;
}

double sb_mix_loss_db(int channels_out, int channels_in, uint64_t speakers)
{
    bool mixes = channels_out <= 2 && sb_are_microphones(channels_in, speakers);
    return mixes ? 20 * log10(channels_in) : 0;
}

void sb_mix_channels(float *const *out, int channels_out, const float *const *in, int channels_in,
                     uint64_t speakers, size_t n)
{
    for (int c = 0; c < channels_out; c++) {
        if (channels_out == channels_in || channels_in == 1) {
            memcpy(out[c], in[channels_in == 1 ? 0 : c], n * sizeof **out);
            continue;
        }
        memset(out[c], 0, n * sizeof **out);
        if (channels_out != 2)
            mix_every(out[c], in, channels_in, c, channels_out, n);
        else if (sb_are_microphones(channels_in, speakers))
            mix_every(out[c], in, channels_in, 0, 1, n);
        else
            mix_surround(out[c], in, channels_in, speakers, c == 1, n);
    }
}
