#include "media/media.h"

#include "base/run/run.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

#define BLOCK       2048
#define INTERVAL_MS 100
#define GATE_LUFS   -70.0

struct sb_loudness_meter {
    ebur128_state *state;
    int sample_rate, channels;
    int64_t n_samples, next_reading;
    double max_momentary;
    float *block;
};

sb_status sb_loudness_meter_create(sb_loudness_meter **out, int sample_rate, int channels, sb_error *err)
{
    *out = NULL;
    sb_loudness_meter *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "processing the audio");
    *m = (sb_loudness_meter){.sample_rate = sample_rate, .channels = channels, .max_momentary = -HUGE_VAL};
    m->next_reading = (int64_t)sample_rate * 400 / 1000;
    m->state = ebur128_init((unsigned)channels, (unsigned long)sample_rate, EBUR128_MODE_I);
    m->block = malloc(sizeof *m->block * BLOCK * (size_t)channels);
    if (!m->state || !m->block) {
        sb_loudness_meter_free(&m);
        return sb_error_memory(err, "processing the audio");
    }
    if (channels == 1)
        ebur128_set_channel(m->state, 0, EBUR128_DUAL_MONO);
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

static bool add_block(sb_loudness_meter *m, const float *const *planes, size_t from, size_t n)
{
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

double sb_loudness_gain(double lufs, double target)
{
    double gain_db = target - lufs;
    return isfinite(gain_db) ? fmin(gain_db, SB_MAX_GAIN_DB) : 0;
}
