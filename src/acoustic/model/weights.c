#include "acoustic/model/model.h"

#include "base/run/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WEIGHT_STEP  (1024 * 9.9995e-5) /* nats: logarithms of base 1.0001, shifted by ten bits */
#define LEAST_WEIGHT 1e-7
#define CLUSTERS     "cluster_count "

static uint8_t *weight_at(const sb_acoustic_model *m, size_t senone, size_t stream, size_t density)
{
    return &m->weights[(senone * (size_t)m->n_streams + stream) * m->n_densities + density];
}

/* Gaussians that only fill up a codebook keep the smallest possible weight. */
static sb_status allocate_weights(sb_acoustic_model *m, sb_error *err)
{
    size_t size = m->n_senones * (size_t)m->n_streams * m->n_densities;
    m->weights = malloc(size);
    if (!m->weights)
        return sb_error_memory(err, "reading the acoustic model");
    memset(m->weights, UINT8_MAX, size);
    return SB_OK;
}

/* Lines of text, one of which may say that the weights are packed. */
static sb_status pass_description(sb_model_bytes *b, sb_error *err)
{
    int32_t size;
    while (!b->failed && (size = sb_model_bytes_int(b)) != 0) {
        const char *text = size < 0 ? NULL : sb_model_bytes_take(b, (size_t)size);
        b->failed |= !text;
        if (text && (size_t)size > strlen(CLUSTERS) && memcmp(text, CLUSTERS, strlen(CLUSTERS)) == 0 &&
            text[strlen(CLUSTERS)] != '0')
            return sb_model_bytes_refuse(b, err,
                                         "the weights are packed in clusters, which is not supported");
    }
    return sb_model_bytes_check(b, err);
}

/* [stream][density][senone], with room after the last senone in some files. */
static sb_status read_bytes(sb_acoustic_model *m, sb_model_bytes *b, sb_error *err)
{
    sb_status status = pass_description(b, err);
    if (status != SB_OK)
        return status;
    int32_t n_densities = sb_model_bytes_int(b), n_columns = sb_model_bytes_int(b);
    b->failed |= n_densities < 1 || (size_t)n_densities > m->n_densities ||
                 (size_t)n_densities + SB_LANES <= m->n_densities || n_columns < (int32_t)m->n_senones ||
                 n_columns > (int32_t)m->n_senones + 3;
    status = sb_model_bytes_check(b, err);
    if (status == SB_OK)
        status = allocate_weights(m, err);
    for (size_t s = 0; status == SB_OK && s < (size_t)m->n_streams; s++)
        for (size_t k = 0; status == SB_OK && k < (size_t)n_densities; k++) {
            const uint8_t *row = sb_model_bytes_take(b, (size_t)n_columns);
            for (size_t i = 0; row && i < m->n_senones; i++)
                *weight_at(m, i, s, k) = row[i];
            status = sb_model_bytes_check(b, err);
        }
    return status;
}

static void set_weights(const sb_acoustic_model *m, size_t senone, size_t stream, const char *numbers,
                        size_t n_densities)
{
    double sum = 0;
    float number;
    for (size_t k = 0; k < n_densities; k++) {
        memcpy(&number, numbers + k * sizeof number, sizeof number);
        sum += number > 0 ? (double)number : 0;
    }
    for (size_t k = 0; k < n_densities; k++) {
        memcpy(&number, numbers + k * sizeof number, sizeof number);
        double share = sum > 0 && number > 0 ? (double)number / sum : 0;
        *weight_at(m, senone, stream, k) =
            (uint8_t)fmin(UINT8_MAX, rint(-log(fmax(share, LEAST_WEIGHT)) / WEIGHT_STEP));
    }
}

/* [senone][stream][density] */
static sb_status read_numbers(sb_acoustic_model *m, sb_model_bytes *b, sb_error *err)
{
    sb_model_bytes_header(b);
    int32_t n_senones = sb_model_bytes_int(b), n_streams = sb_model_bytes_int(b),
            n_densities = sb_model_bytes_int(b);
    sb_model_bytes_int(b); /* how many there are of all */
    b->failed |= n_senones != (int32_t)m->n_senones || n_streams != m->n_streams || n_densities < 1 ||
                 (size_t)n_densities > m->n_densities || (size_t)n_densities + SB_LANES <= m->n_densities;
    sb_status status = sb_model_bytes_check(b, err);
    if (status == SB_OK)
        status = allocate_weights(m, err);
    for (size_t i = 0; status == SB_OK && i < m->n_senones; i++)
        for (size_t s = 0; status == SB_OK && s < (size_t)m->n_streams; s++) {
            const char *numbers = sb_model_bytes_take(b, (size_t)n_densities * sizeof(float));
            if (numbers)
                set_weights(m, i, s, numbers, (size_t)n_densities);
            status = sb_model_bytes_check(b, err);
        }
    return status;
}

sb_status sb_model_read_weights(sb_acoustic_model *m, const char *folder, sb_error *err)
{
    char path[512];
    sb_model_bytes b = {0};
    snprintf(path, sizeof path, "%s/mixture_weights", folder);
    bool numbers = access(path, F_OK) == 0;
    snprintf(path, sizeof path, "%s/sendump", folder);
    numbers = numbers && access(path, F_OK) != 0;
    sb_status status = sb_model_bytes_open(&b, folder, numbers ? "mixture_weights" : "sendump", err);
    if (status == SB_OK)
        status = numbers ? read_numbers(m, &b, err) : read_bytes(m, &b, err);
    for (int i = 0; i < 256; i++)
        m->weight[i] = (float)exp(-WEIGHT_STEP * i);
    sb_model_bytes_close(&b);
    return status;
}
