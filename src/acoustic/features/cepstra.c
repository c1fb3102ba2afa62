#include "acoustic/acoustic.h"
#include "acoustic/features/mel.h"

#include "base/run/run.h"
#include "media/media.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FULL_SCALE 32768.0f /* of the models, which were trained on integers */
#define INAUDIBLE  0x1p-20f /* digital silence, and what encoders make of it; 1 is full scale */

struct sb_cepstra_maker {
    sb_front_end f;
    sb_mel mel;
    sb_noise_state noise;
    sb_spectrum *spectrum;
    size_t size, hop; /* of a frame, in samples */
    float *shape;     /* the Hamming window */
    float *frame, *shaped;
    size_t n;    /* samples in `frame` */
    float prior; /* the sample before `frame`, for the pre-emphasis */
    sb_cepstra made;
};

static void make_hamming(float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (float)(0.54 - 0.46 * cos(2 * M_PI * (double)i / (double)(n - 1)));
}

sb_status sb_cepstra_maker_create(sb_cepstra_maker **out, const sb_front_end *front_end, sb_error *err)
{
    *out = NULL;
    sb_cepstra_maker *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "reading the audio");
    m->f = front_end ? *front_end : *sb_front_end_default();
    m->size = (size_t)(m->f.window_s * m->f.sample_rate + 0.5);
    m->hop = (size_t)m->f.sample_rate / SB_CEPSTRA_RATE;
    m->shape = calloc(3 * m->size, sizeof *m->shape);
    bool ok = sb_mel_init(&m->mel, &m->f) && m->shape;
    if (!ok || sb_spectrum_create(&m->spectrum, (size_t)m->f.n_fft, NULL) != SB_OK) {
        sb_cepstra_maker_free(&m);
        return sb_error_memory(err, "reading the audio");
    }
    m->frame = m->shape + m->size;
    m->shaped = m->frame + m->size;
    make_hamming(m->shape, m->size);
    *out = m;
    return SB_OK;
}

void sb_cepstra_maker_free(sb_cepstra_maker **slot)
{
    sb_cepstra_maker *m = *slot;
    *slot = NULL;
    if (!m)
        return;
    sb_mel_finish(&m->mel);
    sb_spectrum_free(&m->spectrum);
    free(m->shape);
    sb_cepstra_finish(&m->made);
    free(m);
}

static float *add_frame(sb_cepstra *c)
{
    if (c->n_frames == c->capacity) {
        size_t capacity = c->capacity + c->capacity / 2 + 1000;
        float *values = realloc(c->values, capacity * SB_CEPSTRA * sizeof *values);
        if (!values)
            return NULL;
        c->values = values;
        c->capacity = capacity;
    }
    return c->values + c->n_frames++ * SB_CEPSTRA;
}

static bool is_silence(const float *samples, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fabsf(samples[i]) > INAUDIBLE)
            return false;
    return true;
}

static void shape_frame(sb_cepstra_maker *m)
{
    float before = m->prior, sum = 0;
    for (size_t i = 0; i < m->n; i++) {
        m->shaped[i] = FULL_SCALE * (m->frame[i] - (float)m->f.pre_emphasis * before);
        before = m->frame[i];
        sum += m->shaped[i];
    }
    if (m->f.remove_dc)
        for (size_t i = 0; i < m->n; i++)
            m->shaped[i] -= sum / (float)m->n;
}

static void find_bands(sb_cepstra_maker *m, double *bands)
{
    shape_frame(m);
    sb_mel_bands(bands, &m->mel, sb_spectrum_read(m->spectrum, m->shaped, m->shape, m->n));
    if (m->f.remove_noise)
        sb_noise_remove(&m->noise, bands, m->f.n_filters);
}

/* The frames before the first sound. */
static void fill_lead(sb_cepstra *c, const float *first)
{
    for (size_t i = 0; i < c->n_lead; i++)
        memcpy(c->values + i * SB_CEPSTRA, first, SB_CEPSTRA * sizeof *first);
}

/* Frames of the lead take no part in the estimate of the noise. */
static bool take_frame(sb_cepstra_maker *m)
{
    double bands[SB_FILTERS_MAX] = {0};
    sb_cepstra *c = &m->made;
    bool in_lead = c->n_lead == c->n_frames, silent = is_silence(m->frame, m->n < m->hop ? m->n : m->hop);
    float *out = add_frame(c);
    if (!out)
        return false;
    if (!in_lead || !silent)
        find_bands(m, bands);
    sb_mel_cepstra(out, &m->mel, bands);
    if (in_lead && silent)
        c->n_lead++;
    else if (in_lead)
        fill_lead(c, out);
    return true;
}

/* Keeps what the next frame needs. */
static void advance(sb_cepstra_maker *m)
{
    m->prior = m->frame[m->hop - 1];
    m->n = m->n > m->hop ? m->n - m->hop : 0;
    memmove(m->frame, m->frame + m->hop, m->n * sizeof *m->frame);
}

sb_status sb_cepstra_push(sb_cepstra_maker *m, const float *samples, size_t n_samples, sb_error *err)
{
    for (size_t at = 0; at < n_samples;) {
        size_t wanted = m->size - m->n, n = n_samples - at < wanted ? n_samples - at : wanted;
        for (size_t i = 0; i < n; i++)
            m->frame[m->n + i] = isfinite(samples[at + i]) ? samples[at + i] : 0;
        m->n += n;
        at += n;
        if (m->n < m->size)
            break;
        if (!take_frame(m))
            return sb_error_memory(err, "reading the audio");
        advance(m);
    }
    return SB_OK;
}

sb_status sb_cepstra_end(sb_cepstra_maker *m, sb_cepstra *out, sb_error *err)
{
    *out = (sb_cepstra){0};
    if (m->n > 0 && !take_frame(m))
        return sb_error_memory(err, "reading the audio");
    *out = m->made;
    m->made = (sb_cepstra){0};
    m->noise = (sb_noise_state){0};
    m->n = 0;
    m->prior = 0;
    return SB_OK;
}

void sb_cepstra_finish(sb_cepstra *cepstra)
{
    free(cepstra->values);
    *cepstra = (sb_cepstra){0};
}
