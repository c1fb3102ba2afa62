#include "acoustic/model/model.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_VARIANCE 1e-4
#define NEVER          (-1e30f) /* exponent of the Gaussians that fill up a codebook */

/* The counts in a file's header. Both files must have the same. */
typedef struct shape {
    size_t n_codebooks, n_densities; /* as in the file */
    int n_streams, first_dim[SB_STREAMS_MAX + 1];
} shape;

float *sb_gaussians_allocate(const sb_acoustic_model *m)
{
    size_t size = m->n_codebooks * sb_codebook_size(m) * sizeof(float);
    float *gaussians = aligned_alloc(4 * SB_LANES, size);
    if (gaussians)
        memset(gaussians, 0, size);
    return gaussians;
}

size_t sb_codebook_size(const sb_acoustic_model *m)
{
    return m->n_densities * (size_t)(m->n_streams + 2 * SB_VECTOR);
}

sb_codebook sb_codebook_at(const sb_acoustic_model *m, size_t codebook)
{
    float *constant = m->gaussians + codebook * sb_codebook_size(m);
    float *mean = constant + (size_t)m->n_streams * m->n_densities;
    return (sb_codebook){constant, mean, mean + SB_VECTOR * m->n_densities};
}

static sb_status take_streams(shape *out, sb_model_bytes *b, int32_t n_streams, int32_t n_densities,
                              sb_error *err)
{
    if (n_streams < 1 || n_streams > SB_STREAMS_MAX)
        return sb_model_bytes_refuse(b, err, "vectors have %d parts; only 1 to %d are supported", n_streams,
                                     SB_STREAMS_MAX);
    if (n_densities < 1 || n_densities > SB_DENSITIES_MAX)
        return sb_model_bytes_refuse(b, err, "mixtures have %d Gaussians; only 1 to %d are supported",
                                     n_densities, SB_DENSITIES_MAX);
    out->n_streams = n_streams;
    out->n_densities = (size_t)n_densities;
    for (int s = 0; s < n_streams; s++) {
        int32_t n = sb_model_bytes_int(b);
        b->failed |= n < 1 || n > SB_VECTOR - out->first_dim[s];
        out->first_dim[s + 1] = b->failed ? out->first_dim[s] : out->first_dim[s] + n;
    }
    sb_status status = sb_model_bytes_check(b, err);
    if (status == SB_OK && out->first_dim[n_streams] != SB_VECTOR)
        return sb_model_bytes_refuse(b, err, "vectors have %d numbers; only %d are supported",
                                     out->first_dim[n_streams], SB_VECTOR);
    return status;
}

static sb_status take_shape(shape *out, sb_model_bytes *b, const sb_triphones *t, sb_error *err)
{
    *out = (shape){0};
    sb_model_bytes_header(b);
    int32_t n = sb_model_bytes_int(b), n_streams = sb_model_bytes_int(b), n_densities = sb_model_bytes_int(b);
    sb_status status = sb_model_bytes_check(b, err);
    if (status != SB_OK)
        return status;
    if (n != 1 && n != t->n_phones && n != (int32_t)t->n_senones)
        return sb_error_set_at(err, SB_ERR_FORMAT, b->path, 0, 0,
                               "there are Gaussians for %d codebooks, but mdef has %d phones and %zu tied "
                               "states; the files belong to different models",
                               n, t->n_phones, t->n_senones);
    out->n_codebooks = (size_t)n;
    return take_streams(out, b, n_streams, n_densities, err);
}

/* [codebook][stream][density][dimension] */
static sb_status take_values(const float **out, sb_model_bytes *b, const shape *s, sb_error *err)
{
    size_t n = s->n_codebooks * s->n_densities * SB_VECTOR;
    b->failed |= (size_t)sb_model_bytes_int(b) != n;
    *out = sb_model_bytes_take(b, n * sizeof(float));
    return sb_model_bytes_check(b, err);
}

static bool same_shape(const shape *a, const shape *b)
{
    return a->n_codebooks == b->n_codebooks && a->n_densities == b->n_densities &&
           a->n_streams == b->n_streams && memcmp(a->first_dim, b->first_dim, sizeof a->first_dim) == 0;
}

/* One stream of one codebook. Its values start at `mean` and `variance`. */
static void set_stream(const sb_acoustic_model *m, const sb_codebook *c, int stream, const float *mean,
                       const float *variance, size_t n_densities)
{
    size_t first = (size_t)m->first_dim[stream], n_dims = (size_t)m->first_dim[stream + 1] - first;
    float *constants = c->constant + (size_t)stream * m->n_densities;
    for (size_t k = 0; k < m->n_densities; k++)
        constants[k] = NEVER;
    for (size_t k = 0; k < n_densities; k++) {
        double constant = 0;
        for (size_t d = 0; d < n_dims; d++) {
            float mu, v;
            memcpy(&mu, mean + k * n_dims + d, sizeof mu);
            memcpy(&v, variance + k * n_dims + d, sizeof v);
            double floored = fmax((double)v, LEAST_VARIANCE);
            constant -= 0.5 * log(2 * M_PI * floored);
            c->mean[(first + d) * m->n_densities + k] = mu;
            c->half_precision[(first + d) * m->n_densities + k] = (float)(0.5 / floored);
        }
        constants[k] = (float)constant;
    }
}

static void set_codebooks(const sb_acoustic_model *m, const float *means, const float *variances,
                          size_t n_densities)
{
    for (size_t i = 0; i < m->n_codebooks; i++) {
        sb_codebook codebook = sb_codebook_at(m, i);
        for (int s = 0; s < m->n_streams; s++) {
            size_t at = n_densities * (i * SB_VECTOR + (size_t)m->first_dim[s]);
            set_stream(m, &codebook, s, means + at, variances + at, n_densities);
        }
    }
}

static uint16_t codebook_of(const sb_acoustic_model *m, size_t senone)
{
    const sb_triphones *t = m->triphones;
    if (m->n_codebooks == 1)
        return 0;
    int own = t->own[t->phone_of[senone]];
    return m->n_codebooks == t->n_senones ? (uint16_t)senone : (uint16_t)(own < 0 ? 0 : own);
}

static sb_status make_codebooks(sb_acoustic_model *m, const shape *s, sb_error *err)
{
    m->n_codebooks = s->n_codebooks;
    m->n_densities = (s->n_densities + SB_LANES - 1) / SB_LANES * SB_LANES;
    m->n_streams = s->n_streams;
    memcpy(m->first_dim, s->first_dim, sizeof m->first_dim);
    m->gaussians = sb_gaussians_allocate(m);
    m->codebook_of = calloc(m->n_senones + 1, sizeof *m->codebook_of);
    if (!m->gaussians || !m->codebook_of)
        return sb_error_memory(err, "reading the acoustic model");
    for (size_t i = 0; i < m->n_senones; i++)
        m->codebook_of[i] = codebook_of(m, i);
    return SB_OK;
}

static sb_status read_both(sb_acoustic_model *m, sb_model_bytes *means, sb_model_bytes *variances,
                           sb_error *err)
{
    shape shape_of_means, shape_of_variances;
    const float *mean, *variance;
    sb_status status = take_shape(&shape_of_means, means, m->triphones, err);
    if (status == SB_OK)
        status = take_shape(&shape_of_variances, variances, m->triphones, err);
    if (status == SB_OK && !same_shape(&shape_of_means, &shape_of_variances))
        variances->failed = true;
    if (status == SB_OK)
        status = take_values(&mean, means, &shape_of_means, err);
    if (status == SB_OK)
        status = take_values(&variance, variances, &shape_of_means, err);
    if (status == SB_OK)
        status = make_codebooks(m, &shape_of_means, err);
    if (status == SB_OK)
        set_codebooks(m, mean, variance, shape_of_means.n_densities);
    return status;
}

sb_status sb_model_read_gaussians(sb_acoustic_model *m, const char *folder, sb_error *err)
{
    sb_model_bytes means = {0}, variances = {0};
    sb_status status = sb_model_bytes_open(&means, folder, "means", err);
    if (status == SB_OK)
        status = sb_model_bytes_open(&variances, folder, "variances", err);
    if (status == SB_OK)
        status = read_both(m, &means, &variances, err);
    sb_model_bytes_close(&means);
    sb_model_bytes_close(&variances);
    return status;
}
