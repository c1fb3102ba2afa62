#include "acoustic/senones.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEPT   16 /* densities of a stream */
#define LIKELY 10 /* phones */
#define BLOCK  SB_LANES
#define BLOCKS (SB_DENSITIES_MAX / BLOCK)
#define DEPTH  7.0f /* nats under the likeliest: deeper ones are left out, whatever their weight */

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(SB_NO_TARGET_CLONES)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* The likeliest densities of a codebook's stream: `share` is against the best. */
typedef struct density_list {
    int n;
    uint8_t density[SB_DENSITIES_MAX + 1];
    float share[KEPT];
    float best;
} density_list;

struct sb_scorer {
    const sb_acoustic_model *model;
    const float *vector;
    uint32_t frame, n_since; /* n_since: frames since the restart */
    uint8_t likely[LIKELY];
    float reference;
    uint32_t *codebook_frame;
    density_list *lists; /* [codebook][stream] */
    uint32_t *senone_frame;
    float *score;
};

static const float *frame_at(const sb_cepstra *c, int64_t frame)
{
    int64_t last = (int64_t)c->n_frames - 1;
    return c->values + (frame < 0 ? 0 : frame > last ? last : frame) * SB_CEPSTRA;
}

void sb_vectors_make(float (*out)[SB_VECTOR], const sb_cepstra *cepstra, const float mean[SB_CEPSTRA],
                     size_t first, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float *around[7];
        for (int64_t d = -3; d <= 3; d++)
            around[d + 3] = frame_at(cepstra, (int64_t)(first + i) + d);
        float *here = out[i], *speed = here + SB_CEPSTRA, *change = speed + SB_CEPSTRA;
        for (int c = 0; c < SB_CEPSTRA; c++) {
            here[c] = around[3][c] - mean[c];
            speed[c] = around[5][c] - around[1][c];
            change[c] = (around[6][c] - around[2][c]) - (around[4][c] - around[0][c]);
        }
    }
}

void sb_cepstra_mean(float mean[SB_CEPSTRA], const sb_cepstra *cepstra, size_t first, size_t end)
{
    double sum[SB_CEPSTRA] = {0};
    for (size_t i = first; i < end; i++)
        for (int c = 0; c < SB_CEPSTRA; c++)
            sum[c] += (double)cepstra->values[i * SB_CEPSTRA + (size_t)c];
    for (int c = 0; c < SB_CEPSTRA; c++)
        mean[c] = end > first ? (float)(sum[c] / (double)(end - first)) : 0;
}

sb_scorer *sb_scorer_create(const sb_acoustic_model *model)
{
    sb_scorer *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->model = model;
    s->senone_frame = calloc(model->n_senones, sizeof *s->senone_frame);
    s->score = calloc(model->n_senones, sizeof *s->score);
    s->codebook_frame = calloc(model->n_codebooks, sizeof *s->codebook_frame);
    s->lists = calloc(model->n_codebooks * (size_t)model->n_streams, sizeof *s->lists);
    if (!s->senone_frame || !s->score || !s->codebook_frame || !s->lists)
        sb_scorer_free(&s);
    return s;
}

void sb_scorer_free(sb_scorer **slot)
{
    sb_scorer *s = *slot;
    *slot = NULL;
    if (!s)
        return;
    free(s->codebook_frame);
    free(s->lists);
    free(s->senone_frame);
    free(s->score);
    free(s);
}

const sb_acoustic_model *sb_scorer_model(const sb_scorer *s)
{
    return s->model;
}

/* One stream of a codebook: `n_dims` rows of means and precisions, `width` densities each. */
typedef struct stream_gaussians {
    const float *constant, *mean, *half_precision;
    int width, n_dims;
} stream_gaussians;

/* Sixteen densities at a time: their sums stay in registers where the counts are known to the compiler. */
static inline void measure_all(float *restrict out, float *restrict most, const float *restrict constant,
                               const float *restrict mean, const float *restrict half_precision,
                               const float *restrict x, int width, int n_dims)
{
    for (int block = 0; block < width / BLOCK; block++) {
        float sum[BLOCK];
        int first = block * BLOCK;
        for (int k = 0; k < BLOCK; k++)
            sum[k] = constant[first + k];
        for (int d = 0; d < n_dims; d++)
            for (int k = 0; k < BLOCK; k++) {
                float off = x[d] - mean[d * width + first + k];
                sum[k] -= off * off * half_precision[d * width + first + k];
            }
        for (int k = 0; k < BLOCK; k++)
            out[first + k] = sum[k];
        for (int k = 0; k < BLOCK / 2; k++)
            sum[k] = sum[k] > sum[k + BLOCK / 2] ? sum[k] : sum[k + BLOCK / 2];
        most[block] = sum[0];
        for (int k = 1; k < BLOCK / 2; k++)
            most[block] = sum[k] > most[block] ? sum[k] : most[block];
    }
}

/* The exponents of all densities, and the largest of each block of them. Lanes never mix, so that wider ones give the same. Models tied by
 * phones have the first shape, continuous ones one of the next. */
WIDE static void measure(float *restrict out, float *restrict most, const stream_gaussians *restrict g,
                         const float *restrict x)
{
    const float *constant = g->constant, *mean = g->mean, *half_precision = g->half_precision;
    if (g->n_dims == SB_CEPSTRA && g->width == 128)
        measure_all(out, most, constant, mean, half_precision, x, 128, SB_CEPSTRA);
    else if (g->n_dims == SB_CEPSTRA && g->width == 256)
        measure_all(out, most, constant, mean, half_precision, x, 256, SB_CEPSTRA);
    else if (g->n_dims == SB_VECTOR && g->width == 16)
        measure_all(out, most, constant, mean, half_precision, x, 16, SB_VECTOR);
    else if (g->n_dims == SB_VECTOR && g->width == 32)
        measure_all(out, most, constant, mean, half_precision, x, 32, SB_VECTOR);
    else
        measure_all(out, most, constant, mean, half_precision, x, g->width, g->n_dims);
}

/* Without a branch in the loop, for its outcome is past guessing. */
static int count_above(const float *exponent, const float *most, int n_blocks, float least,
                       uint8_t out[SB_DENSITIES_MAX + 1])
{
    int n = 0;
    for (int block = 0; block < n_blocks; block++) {
        if (most[block] < least)
            continue;
        for (int k = block * BLOCK; k < (block + 1) * BLOCK; k++) {
            out[n] = (uint8_t)k;
            n += exponent[k] >= least;
        }
    }
    return n;
}

static void list_densities(density_list *list, const stream_gaussians *g, const float *x)
{
    float exponent[SB_DENSITIES_MAX], most[BLOCKS], depth = DEPTH;
    int n_blocks = g->width / BLOCK;
    measure(exponent, most, g, x);
    list->best = -INFINITY;
    for (int block = 0; block < n_blocks; block++)
        list->best = fmaxf(list->best, most[block]);
    while ((list->n = count_above(exponent, most, n_blocks, list->best - depth, list->density)) > KEPT)
        depth *= 0.5f;
    for (int i = 0; i < list->n; i++)
        list->share[i] = expf(exponent[list->density[i]] - list->best);
}

static const density_list *lists_of(sb_scorer *s, size_t codebook)
{
    const sb_acoustic_model *m = s->model;
    density_list *lists = s->lists + codebook * (size_t)m->n_streams;
    if (s->codebook_frame[codebook] == s->frame)
        return lists;
    s->codebook_frame[codebook] = s->frame;
    sb_codebook c = sb_codebook_at(m, codebook);
    for (int i = 0; i < m->n_streams; i++) {
        int first = m->first_dim[i];
        size_t row = (size_t)first * m->n_densities;
        stream_gaussians g = {c.constant + (size_t)i * m->n_densities, c.mean + row, c.half_precision + row,
                              (int)m->n_densities, m->first_dim[i + 1] - first};
        list_densities(&lists[i], &g, s->vector + first);
    }
    return lists;
}

static const uint8_t *weights_of(const sb_acoustic_model *m, uint16_t senone)
{
    return m->weights + (size_t)senone * (size_t)m->n_streams * m->n_densities;
}

static float measure_senone(sb_scorer *s, uint16_t senone)
{
    const sb_acoustic_model *m = s->model;
    const density_list *list = lists_of(s, m->codebook_of[senone]);
    const uint8_t *weights = weights_of(m, senone);
    double product = 1, exponent = 0;
    for (int stream = 0; stream < m->n_streams; stream++, list++, weights += m->n_densities) {
        float sum = 0;
        for (int i = 0; i < list->n; i++)
            sum += list->share[i] * m->weight[weights[list->density[i]]];
        product *= (double)sum;
        exponent += (double)list->best;
    }
    return (float)(exponent + log(product));
}

static float absolute(sb_scorer *s, uint16_t senone)
{
    if (s->senone_frame[senone] != s->frame) {
        s->senone_frame[senone] = s->frame;
        s->score[senone] = measure_senone(s, senone);
    }
    return s->score[senone];
}

void sb_scorer_revisit(sb_scorer *s, const float vector[SB_VECTOR], float reference)
{
    s->vector = vector;
    s->frame++;
    s->reference = reference;
}

static float best_of_phone(sb_scorer *s, int phone)
{
    float best = -INFINITY;
    for (int state = 0; state < SB_STATES; state++)
        best = fmaxf(best, absolute(s, s->model->plain[phone][state]));
    return best;
}

/* The likeliest phones come first in `likely`. */
static void rank(sb_scorer *s, int phone, float score, float scores[LIKELY])
{
    int at = LIKELY;
    while (at > 0 && score > scores[at - 1])
        at--;
    for (int i = LIKELY - 1; i > at; i--) {
        scores[i] = scores[i - 1];
        s->likely[i] = s->likely[i - 1];
    }
    if (at < LIKELY) {
        scores[at] = score;
        s->likely[at] = (uint8_t)phone;
    }
}

void sb_scorer_restart(sb_scorer *s)
{
    s->n_since = 0;
}

/* What is likeliest changes little in ten milliseconds: every other frame only the likely phones of the one before are asked. */
float sb_scorer_set_frame(sb_scorer *s, const float vector[SB_VECTOR])
{
    float scores[LIKELY];
    sb_scorer_revisit(s, vector, -INFINITY);
    if (s->n_since++ % 2) {
        for (int i = 0; i < LIKELY; i++)
            s->reference = fmaxf(s->reference, best_of_phone(s, s->likely[i]));
        return s->reference;
    }
    for (int i = 0; i < LIKELY; i++)
        scores[i] = -INFINITY;
    for (size_t i = 0; i < s->model->n_present; i++)
        rank(s, s->model->present[i], best_of_phone(s, s->model->present[i]), scores);
    return s->reference = scores[0];
}

float sb_scorer_score(sb_scorer *s, uint16_t senone)
{
    return absolute(s, senone) - s->reference;
}

const float *sb_scorer_vector(const sb_scorer *s)
{
    return s->vector;
}

int sb_scorer_best_density(sb_scorer *s, uint16_t senone, int stream, float *share)
{
    const density_list *list = &lists_of(s, s->model->codebook_of[senone])[stream];
    const uint8_t *weights = weights_of(s->model, senone) + (size_t)stream * s->model->n_densities;
    float sum = 0, most = -1;
    int best = 0;
    for (int i = 0; i < list->n; i++) {
        float part = list->share[i] * s->model->weight[weights[list->density[i]]];
        sum += part;
        if (part > most) {
            most = part;
            best = list->density[i];
        }
    }
    *share = most / sum;
    return best;
}
