#include "speech/speech.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LAG 64
#define BLOCK   4096
#define FINE    256

typedef struct channel_state {
    float history[MAX_LAG]; /* the last `lag` samples, oldest first */
    float box_sum;          /* of the decimated sample in progress */
    float last_box;
} channel_state;

struct sb_energy {
    int sample_rate, channels;
    int lag;        /* of the difference */
    int decimation; /* of the low band */
    int box_fill;   /* samples in the sum, the same in every channel */
    channel_state *state;
    float *extended; /* history followed by the block */
    double high, low;
    int64_t n_samples; /* pushed so far */
    int64_t hop_start, hop_end;
    uint16_t *fine_high, *fine_low; /* in steps of half a decibel / FINE */
    size_t n_levels, capacity;
};

static int clamp(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

sb_status sb_energy_create(sb_energy **out, int sample_rate, int channels, sb_error *err)
{
    *out = NULL;
    if (sample_rate < 4000 || sample_rate > 768000 || channels < 1 || channels > 64)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "%d Hz with %d channels cannot be analysed; convert the audio", sample_rate,
                            channels);
    sb_energy *e = calloc(1, sizeof *e);
    if (e) {
        e->state = calloc((size_t)channels, sizeof *e->state);
        e->extended = malloc((MAX_LAG + BLOCK) * sizeof *e->extended);
    }
    if (!e || !e->state || !e->extended) {
        sb_energy_free(&e);
        return sb_error_memory(err, "measuring the audio");
    }
    e->sample_rate = sample_rate;
    e->channels = channels;
    e->lag = clamp((sample_rate + 8000) / 16000, 1, MAX_LAG);
    e->decimation = clamp((sample_rate + 4000) / 8000, 1, 96);
    e->hop_end = sb_time_to_samples(SB_HOP, sample_rate);
    *out = e;
    return SB_OK;
}

void sb_energy_free(sb_energy **slot)
{
    sb_energy *e = *slot;
    *slot = NULL;
    if (!e)
        return;
    free(e->state);
    free(e->extended);
    free(e->fine_high);
    free(e->fine_low);
    free(e);
}

/* Eight sums allow vector code without reordering additions. */
static double difference_energy(const float *x, size_t n, int lag)
{
    const float *before = x - lag;
    float sums[8] = {0};
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (size_t j = 0; j < 8; j++) {
            float d = x[i + j] - before[i + j];
            sums[j] += d * d;
        }
    double sum = 0;
    for (size_t j = 0; j < 8; j++)
        sum += (double)sums[j];
    for (; i < n; i++) {
        float d = x[i] - before[i];
        sum += (double)(d * d);
    }
    return sum;
}

/* The first difference of the decimated sound removes DC and reduces rumble, so that a thump on the table
 * is not speech. */
static double low_energy(const sb_energy *e, channel_state *state, const float *x, size_t n)
{
    float scale = 1.0f / (float)e->decimation, box = state->box_sum, last = state->last_box, sum = 0;
    int fill = e->box_fill;
    for (size_t i = 0; i < n; i++) {
        box += x[i];
        if (++fill < e->decimation)
            continue;
        float value = box * scale, d = value - last;
        sum += d * d;
        last = value;
        box = 0;
        fill = 0;
    }
    state->box_sum = box;
    state->last_box = last;
    return (double)sum * e->decimation;
}

static uint16_t fine_level(double energy, int64_t n)
{
    double level = 2 * FINE * (10 * log10(energy / (double)n + 1e-13) + 127.5);
    return (uint16_t)(level <= 0 ? 0 : level >= UINT16_MAX ? UINT16_MAX : level + 0.5);
}

static bool make_room_for_hop(sb_energy *e)
{
    if (e->n_levels < e->capacity)
        return true;
    size_t wanted = e->capacity < 1 << 20 ? 2 * e->capacity + 4096 : e->capacity + (1 << 20);
    uint16_t *high = realloc(e->fine_high, wanted * sizeof *high);
    if (high)
        e->fine_high = high;
    uint16_t *low = realloc(e->fine_low, wanted * sizeof *low);
    if (low)
        e->fine_low = low;
    if (!high || !low)
        return false;
    e->capacity = wanted;
    return true;
}

static bool store_hop(sb_energy *e, int64_t n)
{
    if (!make_room_for_hop(e))
        return false;
    e->fine_high[e->n_levels] = fine_level(e->high, n);
    e->fine_low[e->n_levels] = fine_level(e->low, n);
    e->n_levels++;
    e->high = e->low = 0;
    return true;
}

/* The steps are aligned to the loudest hop, so that a gain moves all levels equally. Overwrites `fine`. */
static uint8_t *round_levels(uint16_t *fine, size_t n, uint16_t loudest)
{
    uint8_t *levels = (uint8_t *)fine;
    int off = loudest % FINE;
    for (size_t i = 0; i < n; i++) {
        int level = (fine[i] - off + FINE / 2) / FINE;
        levels[i] = (uint8_t)(level < 0 ? 0 : level > 255 ? 255 : level);
    }
    uint8_t *fitted = realloc(levels, n + 1);
    return fitted ? fitted : levels;
}

static void add_energy_piece(sb_energy *e, const float *const *planes, size_t at, size_t n)
{
    size_t lag = (size_t)e->lag;
    for (int c = 0; c < e->channels; c++) {
        channel_state *state = &e->state[c];
        memcpy(e->extended, state->history, lag * sizeof(float));
        memcpy(e->extended + lag, planes[c] + at, n * sizeof(float));
        e->high += difference_energy(e->extended + lag, n, e->lag);
        e->low += low_energy(e, state, planes[c] + at, n);
        memcpy(state->history, e->extended + n, lag * sizeof(float));
    }
    e->box_fill = (int)(((size_t)e->box_fill + n) % (size_t)e->decimation);
}

static size_t piece_size(const sb_energy *e, size_t wanted)
{
    size_t left = (size_t)(e->hop_end - e->n_samples);
    size_t n = wanted < left ? wanted : left;
    return n < BLOCK ? n : BLOCK;
}

sb_status sb_energy_push(sb_energy *e, const float *const *planes, size_t n_samples, sb_error *err)
{
    for (size_t at = 0; at < n_samples;) {
        size_t n = piece_size(e, n_samples - at);
        add_energy_piece(e, planes, at, n);
        at += n;
        e->n_samples += (int64_t)n;
        if (e->n_samples < e->hop_end)
            continue;
        if (!store_hop(e, e->hop_end - e->hop_start))
            return sb_error_memory(err, "measuring the audio");
        e->hop_start = e->hop_end;
        e->hop_end = sb_time_to_samples((sb_time)(e->n_levels + 1) * SB_HOP, e->sample_rate);
    }
    return SB_OK;
}

sb_status sb_energy_finish(sb_energy *e, sb_levels *out, int64_t *n_samples, sb_error *err)
{
    int64_t rest = e->n_samples - e->hop_start;
    if (2 * rest > e->hop_end - e->hop_start && !store_hop(e, rest))
        return sb_error_memory(err, "measuring the audio");
    uint16_t loudest = 0;
    for (size_t i = 0; i < e->n_levels; i++)
        loudest = e->fine_high[i] > loudest ? e->fine_high[i] : loudest;
    *out = (sb_levels){.n = e->n_levels};
    if (out->n > 0) {
        out->high = round_levels(e->fine_high, out->n, loudest);
        out->low = round_levels(e->fine_low, out->n, loudest);
    }
    *n_samples = e->n_samples;
    e->fine_high = e->fine_low = NULL;
    e->n_levels = e->capacity = 0;
    return SB_OK;
}
