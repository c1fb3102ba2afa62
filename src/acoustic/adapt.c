#include "acoustic/adapt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PRIOR_FRAMES 4000.0 /* of speech as the model expects it, that the recording has to outweigh */

static void add_density(sb_adapt_stats *stats, int stream, const sb_gaussians *g, int density, double share,
                        const float *x)
{
    double regressors[SB_REGRESSORS];
    for (int d = 0; d < SB_CEPSTRA; d++)
        regressors[d] = (double)g->mean[d][density];
    regressors[SB_CEPSTRA] = 1;
    for (int row = 0; row < SB_CEPSTRA; row++) {
        double weight = share * 2 * (double)g->half_precision[row][density];
        for (int i = 0; i < SB_REGRESSORS; i++) {
            double scaled = weight * regressors[i];
            stats->outer[stream][row][i] += scaled * (double)x[row];
            for (int j = 0; j <= i; j++)
                stats->inner[stream][row][i][j] += scaled * regressors[j];
        }
    }
}

void sb_adapt_add(sb_adapt_stats *stats, sb_scorer *scorer, uint16_t senone)
{
    const sb_acoustic_model *model = sb_scorer_model(scorer);
    const float *x = sb_scorer_vector(scorer);
    uint8_t phone = model->phone_of[senone];
    for (int stream = 0; stream < SB_STREAMS; stream++) {
        float share;
        int density = sb_scorer_best_density(scorer, senone, stream, &share);
        add_density(stats, stream, &model->gaussians[phone][stream], density, (double)share,
                    x + stream * SB_CEPSTRA);
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

/* Cholesky: the matrix is positive by its prior. */
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

/* The row of the map that gives one dimension, drawn towards the dimension itself. */
static void find_row(double out[SB_REGRESSORS], const sb_adapt_stats *stats, int stream, int row)
{
    double inner[SB_REGRESSORS][SB_REGRESSORS];
    memcpy(inner, stats->inner[stream][row], sizeof inner);
    memcpy(out, stats->outer[stream][row], sizeof(double[SB_REGRESSORS]));
    for (int i = 0; i < SB_REGRESSORS; i++) {
        double prior = PRIOR_FRAMES / fmax(stats->n_frames, 1) * inner[i][i];
        inner[i][i] += prior;
        out[i] += i == row ? prior : 0;
    }
    solve(inner, out);
}

static void move_means(sb_gaussians *g, double map[SB_CEPSTRA][SB_REGRESSORS])
{
    for (int k = 0; k < SB_DENSITIES; k++) {
        double moved[SB_CEPSTRA];
        for (int row = 0; row < SB_CEPSTRA; row++) {
            moved[row] = map[row][SB_CEPSTRA];
            for (int d = 0; d < SB_CEPSTRA; d++)
                moved[row] += map[row][d] * (double)g->mean[d][k];
        }
        for (int row = 0; row < SB_CEPSTRA; row++)
            g->mean[row][k] = (float)moved[row];
    }
}

sb_status sb_acoustic_model_adapt(sb_acoustic_model **out, const sb_acoustic_model *model,
                                  const sb_adapt_stats *stats, sb_error *err)
{
    *out = NULL;
    sb_acoustic_model *m = malloc(sizeof *m);
    sb_gaussians(*gaussians)[SB_STREAMS] = malloc(SB_MODEL_PHONES * sizeof *gaussians);
    if (!m || !gaussians) {
        free(m);
        free(gaussians);
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    }
    *m = *model;
    m->base = model;
    m->gaussians = gaussians;
    memcpy(gaussians, model->gaussians, SB_MODEL_PHONES * sizeof *gaussians);
    for (int stream = 0; stream < SB_STREAMS; stream++) {
        double map[SB_CEPSTRA][SB_REGRESSORS];
        for (int row = 0; row < SB_CEPSTRA; row++)
            find_row(map[row], stats, stream, row);
        for (int phone = 0; phone < SB_N_PHONES; phone++)
            move_means(&gaussians[phone][stream], map);
    }
    *out = m;
    return SB_OK;
}
