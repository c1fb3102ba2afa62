#include "acoustic/model.h"

#include "acoustic/model_bytes.h"
#include "acoustic/triphones.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_VARIANCE   1e-4
#define LEAST_TRANSITION 1e-4
#define WEIGHT_STEP      (1024 * 9.9995e-5) /* nats: logarithms of base 1.0001, shifted by ten bits */

/* Mean and variance files: Gaussians in the model's own order of phones. */
static const float *take_parameters(sb_model_bytes *b, int n_phones)
{
    sb_model_bytes_header(b);
    bool fits = sb_model_bytes_int(b) == n_phones && sb_model_bytes_int(b) == SB_STREAMS &&
                sb_model_bytes_int(b) == SB_DENSITIES;
    for (int s = 0; s < SB_STREAMS; s++)
        fits = sb_model_bytes_int(b) == SB_CEPSTRA && fits;
    int32_t n = n_phones * SB_STREAMS * SB_DENSITIES * SB_CEPSTRA;
    fits = sb_model_bytes_int(b) == n && fits;
    b->failed |= !fits;
    return sb_model_bytes_take(b, (size_t)n * sizeof(float));
}

static void set_gaussians(sb_gaussians *g, const float *mean, const float *variance)
{
    for (int k = 0; k < SB_DENSITIES; k++) {
        double constant = 0;
        for (int d = 0; d < SB_CEPSTRA; d++) {
            float m, v;
            memcpy(&m, mean + k * SB_CEPSTRA + d, sizeof m);
            memcpy(&v, variance + k * SB_CEPSTRA + d, sizeof v);
            double floored = fmax((double)v, LEAST_VARIANCE);
            constant -= 0.5 * log(2 * M_PI * floored);
            g->mean[d][k] = m;
            g->half_precision[d][k] = (float)(0.5 / floored);
        }
        g->constant[k] = (float)constant;
    }
}

static sb_status read_gaussians(sb_acoustic_model *m, const char *folder, sb_error *err)
{
    const sb_triphones *t = m->triphones;
    sb_model_bytes means = {0}, variances = {0};
    sb_status status = sb_model_bytes_open(&means, folder, "means", err);
    if (status == SB_OK)
        status = sb_model_bytes_open(&variances, folder, "variances", err);
    const float *mean = status == SB_OK ? take_parameters(&means, t->n_phones) : NULL;
    const float *variance = status == SB_OK ? take_parameters(&variances, t->n_phones) : NULL;
    if (status == SB_OK)
        status = sb_model_bytes_check(&means, err);
    if (status == SB_OK)
        status = sb_model_bytes_check(&variances, err);
    m->gaussians = calloc(SB_MODEL_PHONES, sizeof *m->gaussians);
    if (status == SB_OK && !m->gaussians)
        status = sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (int p = 0; status == SB_OK && p < SB_MODEL_PHONES; p++)
        for (int s = 0; s < SB_STREAMS; s++) {
            size_t at = (size_t)(t->own[p] * SB_STREAMS + s) * SB_DENSITIES * SB_CEPSTRA;
            set_gaussians(&m->gaussians[p][s], mean + at, variance + at);
        }
    sb_model_bytes_close(&means);
    sb_model_bytes_close(&variances);
    return status;
}

static void set_transition(sb_acoustic_model *m, int phone, int state, const float *row)
{
    double sum = 0, floored[SB_STATES + 1];
    for (int to = 0; to <= SB_STATES; to++) {
        float count;
        memcpy(&count, row + to, sizeof count);
        floored[to] = count > 0 ? fmax((double)count, LEAST_TRANSITION) : 0;
        sum += floored[to];
    }
    m->stay[phone][state] = (float)log(floored[state] / sum);
    m->leave[phone][state] = (float)log(floored[state + 1] / sum);
}

static sb_status read_transitions(sb_acoustic_model *m, const char *folder, sb_error *err)
{
    const sb_triphones *t = m->triphones;
    sb_model_bytes b = {0};
    sb_status status = sb_model_bytes_open(&b, folder, "transition_matrices", err);
    if (status == SB_OK) {
        sb_model_bytes_header(&b);
        int32_t n = t->n_phones * SB_STATES * (SB_STATES + 1);
        bool fits = sb_model_bytes_int(&b) == t->n_phones && sb_model_bytes_int(&b) == SB_STATES &&
                    sb_model_bytes_int(&b) == SB_STATES + 1 && sb_model_bytes_int(&b) == n;
        b.failed |= !fits;
        const float *rows = sb_model_bytes_take(&b, (size_t)n * sizeof *rows);
        for (int p = 0; rows && p < SB_MODEL_PHONES; p++)
            for (int s = 0; s < SB_STATES; s++)
                set_transition(m, p, s, rows + (t->own[p] * SB_STATES + s) * (SB_STATES + 1));
        status = sb_model_bytes_check(&b, err);
    }
    sb_model_bytes_close(&b);
    return status;
}

static void skip_description(sb_model_bytes *b)
{
    int32_t size;
    while (!b->failed && (size = sb_model_bytes_int(b)) != 0)
        if (size < 0 || !sb_model_bytes_take(b, (size_t)size))
            b->failed = true;
}

/* The file has [stream][density][senone]. */
static void turn_weights(sb_acoustic_model *m, const uint8_t *from)
{
    for (size_t s = 0; s < SB_STREAMS; s++)
        for (size_t k = 0; k < SB_DENSITIES; k++)
            for (size_t i = 0; i < m->n_senones; i++)
                m->weights[(i * SB_STREAMS + s) * SB_DENSITIES + k] =
                    from[(s * SB_DENSITIES + k) * m->n_senones + i];
}

static sb_status read_weights(sb_acoustic_model *m, const char *folder, sb_error *err)
{
    sb_model_bytes b = {0};
    sb_status status = sb_model_bytes_open(&b, folder, "sendump", err);
    if (status == SB_OK) {
        skip_description(&b);
        bool fits = sb_model_bytes_int(&b) == SB_DENSITIES && sb_model_bytes_int(&b) == (int32_t)m->n_senones;
        b.failed |= !fits;
        size_t size = m->n_senones * SB_STREAMS * SB_DENSITIES;
        const uint8_t *from = sb_model_bytes_take(&b, size);
        status = sb_model_bytes_check(&b, err);
        if (status == SB_OK && !(m->weights = malloc(size)))
            status = sb_error_set(err, SB_ERR_MEMORY, "out of memory");
        if (status == SB_OK)
            turn_weights(m, from);
    }
    for (int i = 0; i < 256; i++)
        m->weight[i] = (float)exp(-WEIGHT_STEP * i);
    sb_model_bytes_close(&b);
    return status;
}

sb_status sb_acoustic_model_open(sb_acoustic_model **out, const char *folder, sb_error *err)
{
    *out = NULL;
    sb_acoustic_model *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_status status = sb_triphones_read(&m->triphones, folder, err);
    if (status == SB_OK) {
        m->n_senones = m->triphones->n_senones;
        m->phone_of = m->triphones->phone_of;
        memcpy(m->plain, m->triphones->plain, sizeof m->plain);
        status = read_gaussians(m, folder, err);
    }
    if (status == SB_OK)
        status = read_transitions(m, folder, err);
    if (status == SB_OK)
        status = read_weights(m, folder, err);
    if (status == SB_OK)
        *out = m;
    else
        sb_acoustic_model_free(&m);
    return status;
}

void sb_acoustic_model_free(sb_acoustic_model **slot)
{
    sb_acoustic_model *m = *slot;
    *slot = NULL;
    if (!m)
        return;
    if (!m->base) {
        sb_triphones_free(&m->triphones);
        free(m->weights);
    }
    free(m->gaussians);
    free(m);
}

const uint16_t *sb_triphone_senones(const sb_acoustic_model *m, uint8_t phone, uint8_t left, uint8_t right,
                                    sb_word_position position)
{
    return sb_triphones_find(m->triphones, phone, left, right, position);
}
