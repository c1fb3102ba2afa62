#include "acoustic/acoustic.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Weight of the unadapted model, in frames of speech. More frames shift the result to the recording. */
#define PRIOR_FRAMES 4000.0

static void add_part(sb_adapt_stats *stats, int part, const sb_acoustic_model *m, const sb_codebook *c,
                     int density, double share, const float *x)
{
    double regressors[SB_REGRESSORS];
    size_t first = (size_t)part * SB_CEPSTRA, width = m->n_densities, k = (size_t)density;
    for (size_t d = 0; d < SB_CEPSTRA; d++)
        regressors[d] = (double)c->mean[(first + d) * width + k];
    regressors[SB_CEPSTRA] = 1;
    for (size_t row = 0; row < SB_CEPSTRA; row++) {
        double weight = share * 2 * (double)c->half_precision[(first + row) * width + k];
        for (int i = 0; i < SB_REGRESSORS; i++) {
            double scaled = weight * regressors[i];
            stats->outer[part][row][i] += scaled * (double)x[first + row];
            for (int j = 0; j <= i; j++)
                stats->inner[part][row][i][j] += scaled * regressors[j];
        }
    }
}

/* True if the stream contains the whole part. */
static bool holds(const sb_acoustic_model *m, int stream, int part)
{
    return m->first_dim[stream] <= part * SB_CEPSTRA && m->first_dim[stream + 1] >= (part + 1) * SB_CEPSTRA;
}

void sb_adapt_add(sb_adapt_stats *stats, sb_scorer *scorer, uint16_t senone)
{
    const sb_acoustic_model *model = sb_scorer_model(scorer);
    sb_codebook codebook = sb_codebook_at(model, model->codebook_of[senone]);
    for (int stream = 0; stream < model->n_streams; stream++) {
        float share;
        int density = sb_scorer_best_density(scorer, senone, stream, &share);
        for (int part = 0; part < SB_DIFFERENCES; part++)
            if (holds(model, stream, part))
                add_part(stats, part, model, &codebook, density, (double)share, sb_scorer_vector(scorer));
    }
    stats->n_frames++;
}

void sb_adapt_sum(sb_adapt_stats *stats, const sb_adapt_stats *more)
{
    double *to = (double *)stats;
    const double *from = (const double *)more;
    for (size_t i = 0; i < sizeof *stats / sizeof *to; i++)
        to[i] += from[i];
}

/* Cholesky decomposition. The prior makes the matrix positive. */
static void solve(double a[SB_REGRESSORS][SB_REGRESSORS], double x[SB_REGRESSORS])
{
    for (int i = 0; i < SB_REGRESSORS; i++)
        for (int j = 0; j <= i; j++) {
            double sum = a[i][j];
            for (int k = 0; k < j; k++)
                sum -= a[i][k] * a[j][k];
            a[i][j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / a[j][j];
        }
    for (int i = 0; i < SB_REGRESSORS; i++) {
        for (int k = 0; k < i; k++)
            x[i] -= a[i][k] * x[k];
        x[i] /= a[i][i];
    }
    for (int i = SB_REGRESSORS; i-- > 0;) {
        for (int k = i + 1; k < SB_REGRESSORS; k++)
            x[i] -= a[k][i] * x[k];
        x[i] /= a[i][i];
    }
}

/* The row of the map for one dimension. The prior pulls it towards the dimension itself. */
static void find_row(double out[SB_REGRESSORS], const sb_adapt_stats *stats, int part, int row)
{
    double inner[SB_REGRESSORS][SB_REGRESSORS];
    memcpy(inner, stats->inner[part][row], sizeof inner);
    memcpy(out, stats->outer[part][row], sizeof(double[SB_REGRESSORS]));
    for (int i = 0; i < SB_REGRESSORS; i++) {
        double prior = PRIOR_FRAMES / fmax(stats->n_frames, 1) * inner[i][i];
        inner[i][i] += prior;
        out[i] += i == row ? prior : 0;
    }
    solve(inner, out);
}

static void move_means(const sb_acoustic_model *m, const sb_codebook *c, int part,
                       double map[SB_CEPSTRA][SB_REGRESSORS])
{
    float *means = c->mean + (size_t)part * SB_CEPSTRA * m->n_densities;
    for (size_t k = 0; k < m->n_densities; k++) {
        double moved[SB_CEPSTRA];
        for (int row = 0; row < SB_CEPSTRA; row++) {
            moved[row] = map[row][SB_CEPSTRA];
            for (size_t d = 0; d < SB_CEPSTRA; d++)
                moved[row] += map[row][d] * (double)means[d * m->n_densities + k];
        }
        for (size_t row = 0; row < SB_CEPSTRA; row++)
            means[row * m->n_densities + k] = (float)moved[row];
    }
}

/* Codebooks of speech: those that no filler uses, or the one that all phones share. */
static bool *find_speech(const sb_acoustic_model *m)
{
    bool *speech = calloc(m->n_codebooks, sizeof *speech);
    for (size_t i = 0; speech && i < m->n_senones; i++)
        speech[m->codebook_of[i]] |= m->phone_of[i] < SB_PHONES_MAX;
    return speech;
}

static void move_part(const sb_acoustic_model *m, const sb_adapt_stats *stats, int part, const bool *speech)
{
    double map[SB_CEPSTRA][SB_REGRESSORS];
    for (int row = 0; row < SB_CEPSTRA; row++)
        find_row(map[row], stats, part, row);
    for (size_t i = 0; i < m->n_codebooks; i++) {
        sb_codebook codebook = sb_codebook_at(m, i);
        if (speech[i])
            move_means(m, &codebook, part, map);
    }
}

sb_status sb_acoustic_model_adapt(sb_acoustic_model **out, const sb_acoustic_model *model,
                                  const sb_adapt_stats *stats, sb_error *err)
{
    *out = NULL;
    size_t size = model->n_codebooks * sb_codebook_size(model) * sizeof(float);
    sb_acoustic_model *m = malloc(sizeof *m);
    float *gaussians = sb_gaussians_allocate(model);
    bool *speech = find_speech(model);
    if (!m || !gaussians || !speech) {
        free(m);
        free(gaussians);
        free(speech);
        return sb_error_memory(err, "scoring the audio");
    }
    *m = *model;
    m->base = model;
    m->gaussians = gaussians;
    memcpy(gaussians, model->gaussians, size);
    for (int part = 0; part < SB_DIFFERENCES; part++)
        move_part(m, stats, part, speech);
    free(speech);
    *out = m;
    return SB_OK;
}
