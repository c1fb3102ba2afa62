#include "align/align.h"

#include "base/run/run.h"
#include "media/media.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK     4096
#define CANCELLED 0.05 /* of the loudest channel's energy: below it the channels of the mix cancel out */
#define MEMORY    0.98 /* per block: about five seconds */

struct sb_mono_maker {
    int channels;
    sb_remix remix;
    float mono[BLOCK];
    double mix_energy;
    double energy[SB_CHANNELS_MAX];
};

sb_status sb_mono_maker_create(sb_mono_maker **out, int sample_rate, int channels, int mono_hz, sb_error *err)
{
    *out = NULL;
    sb_mono_maker *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "reading the audio");
    m->channels = channels;
    sb_status status = sb_remix_begin(&m->remix, sample_rate, 1, 0, mono_hz, 1, err);
    if (status == SB_OK)
        *out = m;
    else
        sb_mono_maker_free(&m);
    return status;
}

void sb_mono_maker_free(sb_mono_maker **slot)
{
    sb_mono_maker *m = *slot;
    *slot = NULL;
    if (!m)
        return;
    sb_remix_finish(&m->remix);
    free(m);
}

static double energy_of(const float *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)(x[i] * x[i]);
    return sum;
}

static int loudest_channel(const sb_mono_maker *m)
{
    int best = 0;
    for (int c = 1; c < m->channels; c++)
        if (m->energy[c] > m->energy[best])
            best = c;
    return best;
}

static void mix(sb_mono_maker *m, const float *const *planes, size_t at, size_t n)
{
    const float *in[SB_CHANNELS_MAX];
    float *mono = m->mono;
    for (int c = 0; c < m->channels; c++)
        in[c] = planes[c] + at;
    sb_mix_channels(&mono, 1, in, m->channels, 0, n);
    if (m->channels == 1)
        return;
    for (int c = 0; c < m->channels; c++)
        m->energy[c] = MEMORY * m->energy[c] + energy_of(in[c], n);
    m->mix_energy = MEMORY * m->mix_energy + energy_of(m->mono, n) * m->channels;
    int loudest = loudest_channel(m);
    if (m->mix_energy >= CANCELLED * m->energy[loudest])
        return;
    memcpy(mono, in[loudest], n * sizeof *mono);
}

sb_status sb_mono_keep(void *user, const float *mono, size_t n, sb_error *err)
{
    sb_mono_sound *kept = user;
    if (n > kept->capacity - kept->n) {
        size_t capacity = 2 * (kept->n + n);
        float *samples = realloc(kept->samples, capacity * sizeof *samples);
        if (!samples)
            return sb_error_memory(err, "reading the audio");
        kept->samples = samples;
        kept->capacity = capacity;
    }
    memcpy(kept->samples + kept->n, mono, n * sizeof *mono);
    kept->n += n;
    return SB_OK;
}

sb_status sb_mono_push(sb_mono_maker *m, const float *const *planes, size_t n_samples, sb_mono_take take,
                       void *user, sb_error *err)
{
    for (size_t at = 0, n; at < n_samples; at += n) {
        n = n_samples - at < BLOCK ? n_samples - at : BLOCK;
        mix(m, planes, at, n);
        const float *mono = m->mono, *const * ready;
        size_t n_ready;
        sb_status status = sb_remix_push(&m->remix, &mono, n, &ready, &n_ready, err);
        if (status == SB_OK && n_ready > 0)
            status = take(user, ready[0], n_ready, err);
        if (status != SB_OK)
            return status;
    }
    return SB_OK;
}

sb_status sb_mono_end(sb_mono_maker *m, sb_mono_take take, void *user, sb_error *err)
{
    const float *const *ready;
    size_t n_ready;
    sb_status status = sb_remix_flush(&m->remix, &ready, &n_ready, err);
    return status == SB_OK && n_ready > 0 ? take(user, ready[0], n_ready, err) : status;
}
