#include "media/media.h"

#include "base/run/run.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK       2048
#define INTERVAL_MS 100
#define GATE_LUFS   -70.0

struct sb_loudness_meter {
    ebur128_state *state;
    int sample_rate, channels;
    bool sums; /* the channels are microphones */
    int64_t n_samples, next_reading;
    double max_momentary;
    float *block;
};

/* By loudspeaker, in the order of WAVEFORMATEXTENSIBLE. Behind the listener (135 degrees and more) and above
 * the weight is that of the front. */
static const int weights_of_speakers[] = {EBUR128_LEFT,  EBUR128_RIGHT, EBUR128_CENTER, EBUR128_UNUSED,
                                          EBUR128_Mp110, EBUR128_Mm110, EBUR128_LEFT,   EBUR128_RIGHT,
                                          EBUR128_Mp180, EBUR128_Mp090, EBUR128_Mm090};

#define BACKS UINT64_C(0x30) /* at 110 degrees, or at 135 if there are sides too */
#define SIDES UINT64_C(0x600)
#define LOW_2 35
#define N_MAP ((int)(sizeof weights_of_speakers / sizeof *weights_of_speakers))

static void weigh_speakers(ebur128_state *state, uint64_t speakers)
{
    bool backs_are_far = (speakers & BACKS) && (speakers & SIDES);
    for (unsigned c = 0; speakers; c++, speakers &= speakers - 1) {
        int bit = __builtin_ctzll(speakers);
        int weight = bit < N_MAP ? weights_of_speakers[bit] : EBUR128_Up000;
        if (backs_are_far && (BACKS >> bit & 1))
            weight = EBUR128_Mp135;
        ebur128_set_channel(state, c, bit == LOW_2 ? EBUR128_UNUSED : weight);
    }
}

sb_status sb_loudness_meter_create(sb_loudness_meter **out, int sample_rate, int channels, uint64_t speakers,
                                   sb_error *err)
{
    *out = NULL;
    sb_loudness_meter *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "processing the audio");
    *m = (sb_loudness_meter){.sample_rate = sample_rate, .channels = channels, .max_momentary = -HUGE_VAL};
    m->sums = sb_are_microphones(channels, speakers);
    m->next_reading = (int64_t)sample_rate * 400 / 1000;
    m->state = ebur128_init(m->sums ? 1 : (unsigned)channels, (unsigned long)sample_rate, EBUR128_MODE_I);
    m->block = malloc(sizeof *m->block * BLOCK * (size_t)channels);
    if (!m->state || !m->block) {
        sb_loudness_meter_free(&m);
        return sb_error_memory(err, "processing the audio");
    }
    if (channels == 1 || m->sums)
        ebur128_set_channel(m->state, 0, EBUR128_DUAL_MONO);
    else if (channels > 2)
        weigh_speakers(m->state, speakers);
    *out = m;
    return SB_OK;
}

void sb_loudness_meter_free(sb_loudness_meter **meter)
{
    if (!*meter)
        return;
    if ((*meter)->state)
        ebur128_destroy(&(*meter)->state);
    free((*meter)->block);
    free(*meter);
    *meter = NULL;
}

static void read_momentary(sb_loudness_meter *m)
{
    double lufs;
    if (ebur128_loudness_momentary(m->state, &lufs) == EBUR128_SUCCESS)
        m->max_momentary = fmax(m->max_momentary, lufs);
    m->next_reading += (int64_t)m->sample_rate * INTERVAL_MS / 1000;
}

static void sum_planes(float *out, const float *const *planes, int channels, size_t from, size_t n)
{
    memset(out, 0, n * sizeof *out);
    for (int c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            out[i] += planes[c][from + i];
}

static bool add_block(sb_loudness_meter *m, const float *const *planes, size_t from, size_t n)
{
    if (m->sums)
        sum_planes(m->block, planes, m->channels, from, n);
    else
        sb_interleave(m->block, planes, m->channels, from, n);
    if (ebur128_add_frames_float(m->state, m->block, n) != EBUR128_SUCCESS)
        return false;
    m->n_samples += (int64_t)n;
    if (m->n_samples == m->next_reading)
        read_momentary(m);
    return true;
}

sb_status sb_loudness_meter_push(sb_loudness_meter *m, const float *const *planes, size_t n, sb_error *err)
{
    for (size_t done = 0; done < n;) {
        size_t part = n - done < BLOCK ? n - done : BLOCK;
        if ((int64_t)part > m->next_reading - m->n_samples)
            part = (size_t)(m->next_reading - m->n_samples);
        if (!add_block(m, planes, done, part))
            return sb_error_memory(err, "processing the audio");
        done += part;
    }
    return SB_OK;
}

double sb_loudness_meter_read_as(const sb_loudness_meter *m, sb_loudness_kind kind)
{
    double lufs = kind == SB_LOUDNESS_MOMENTARY ? m->max_momentary : -HUGE_VAL;
    if (kind == SB_LOUDNESS_INTEGRATED && ebur128_loudness_global(m->state, &lufs) != EBUR128_SUCCESS)
        return NAN;
    return isfinite(lufs) && lufs > GATE_LUFS ? lufs : NAN;
}

sb_loudness_kind sb_loudness_kind_of(int64_t n_samples, int sample_rate)
{
    return n_samples >= 3 * (int64_t)sample_rate ? SB_LOUDNESS_INTEGRATED : SB_LOUDNESS_MOMENTARY;
}

double sb_loudness_meter_read(const sb_loudness_meter *m, sb_loudness_kind *kind)
{
    *kind = sb_loudness_kind_of(m->n_samples, m->sample_rate);
    double lufs = sb_loudness_meter_read_as(m, *kind);
    if (isnan(lufs))
        *kind = SB_LOUDNESS_NONE;
    return lufs;
}

double sb_loudness_gain(double lufs, double target, double max_db)
{
    double gain_db = target - lufs;
    return isfinite(gain_db) ? fmin(gain_db, max_db) : 0;
}
