#include "acoustic/acoustic.h"

#include "acoustic/model/model.h"
#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_TRANSITION 1e-4

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

static void set_transitions(sb_acoustic_model *m, const float *rows)
{
    const sb_triphones *t = m->triphones;
    for (int p = 0; p < SB_MODEL_PHONES; p++) {
        int own = t->own[p < SB_PHONES_MAX || t->own[p] >= 0 ? p : SB_MODEL_SILENCE];
        for (int s = 0; own >= 0 && s < SB_STATES; s++)
            set_transition(m, p, s, rows + (t->defined[own].transitions * SB_STATES + s) * (SB_STATES + 1));
    }
}

static sb_status read_transitions(sb_acoustic_model *m, const char *folder, sb_error *err)
{
    int32_t n_matrices = (int32_t)m->triphones->n_transitions, n = n_matrices * SB_STATES * (SB_STATES + 1);
    sb_model_bytes b = {0};
    sb_status status = sb_model_bytes_open(&b, folder, "transition_matrices", err);
    if (status == SB_OK) {
        sb_model_bytes_header(&b);
        bool fits = sb_model_bytes_int(&b) == n_matrices && sb_model_bytes_int(&b) == SB_STATES &&
                    sb_model_bytes_int(&b) == SB_STATES + 1 && sb_model_bytes_int(&b) == n;
        b.failed |= !fits;
        const float *rows = sb_model_bytes_take(&b, (size_t)n * sizeof *rows);
        if (rows)
            set_transitions(m, rows);
        status = sb_model_bytes_check(&b, err);
    }
    sb_model_bytes_close(&b);
    return status;
}

static void take_triphones(sb_acoustic_model *m)
{
    const sb_triphones *t = m->triphones;
    m->phones = t->phones;
    m->n_senones = t->n_senones;
    m->phone_of = t->phone_of;
    memcpy(m->plain, t->plain, sizeof m->plain);
    for (int p = 0; p < SB_MODEL_PHONES; p++)
        if (t->own[p] >= 0)
            m->present[m->n_present++] = (uint8_t)p;
}

sb_status sb_acoustic_model_open(sb_acoustic_model **out, const char *folder, sb_error *err)
{
    *out = NULL;
    sb_acoustic_model *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "reading the acoustic model");
    sb_status status = sb_triphones_read(&m->triphones, folder, err);
    if (status == SB_OK) {
        take_triphones(m);
        status = sb_front_end_read(&m->front_end, folder, err);
    }
    if (status == SB_OK)
        status = sb_model_read_gaussians(m, folder, err);
    if (status == SB_OK)
        status = read_transitions(m, folder, err);
    if (status == SB_OK)
        status = sb_model_read_weights(m, folder, err);
    if (status == SB_OK)
        status = sb_model_find_dictionary(&m->dictionary, folder, err);
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
        free(m->codebook_of);
        free(m->weights);
        free(m->dictionary);
    }
    free(m->gaussians);
    free(m);
}

const uint16_t *sb_triphone_senones(const sb_acoustic_model *m, uint8_t phone, uint8_t left, uint8_t right,
                                    sb_word_position position)
{
    return sb_triphones_find(m->triphones, phone, left, right, position);
}
