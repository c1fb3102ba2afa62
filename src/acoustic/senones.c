#include "acoustic/acoustic.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Frames whose scores are computed together. */
#define FRAMES 4
#define KEPT   16 /* densities per stream */
#define LIKELY 10 /* phones */
/* In nats below the best density. Densities further below are ignored, whatever their weight. */
#define DEPTH 7.0f
/* In nats. Densities closer than this are equal. */
#define NARROW  1e-6f
#define ALIGNED 64 /* bytes */
#define NO_SLOT UINT32_MAX

/* The best densities of one stream of a codebook in one frame. `share` is relative to the best. */
typedef struct density_list {
    int n;
    float best;
    float share[KEPT];
    uint8_t density[KEPT];
} density_list;

/* The weights of the chosen senones of a codebook, adjacent: [stream][density][senone]. Slots number all
 * chosen senones. */
typedef struct chosen_codebook {
    const float *weights;
    uint32_t first_slot,
        n_slots; /* n_slots is a multiple of SB_LANES; slots without a senone have weight 0 */
} chosen_codebook;

struct sb_scorer {
    const sb_acoustic_model *model;
    void (*score_codebook)(sb_scorer *s, size_t codebook);
    chosen_codebook *codebooks;
    uint32_t *slot_of; /* of each senone, or NO_SLOT if it was not chosen */
    float *weights;
    float *score; /* [frame of the block][slot] */
    size_t n_slots, score_capacity;
    const float (*vectors)[SB_VECTOR];
    size_t n_vectors, step;
    const float *block[FRAMES]; /* vectors */
    size_t at;                  /* in the block */
    uint32_t first_key,
        key;           /* first block of the stretch, and current block; no two blocks have the same key */
    uint32_t last_key; /* of the stretch */
    uint32_t *codebook_key; /* the block for which a codebook was computed */
    density_list *lists;    /* [codebook][frame of the block][stream] */
    uint8_t likely[LIKELY];
    float reference;
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
    if (first < cepstra->n_lead)
        first = cepstra->n_lead < end ? cepstra->n_lead : end;
    for (size_t i = first; i < end; i++)
        for (int c = 0; c < SB_CEPSTRA; c++)
            sum[c] += (double)cepstra->values[i * SB_CEPSTRA + (size_t)c];
    for (int c = 0; c < SB_CEPSTRA; c++)
        mean[c] = end > first ? (float)(sum[c] / (double)(end - first)) : 0;
}

static void mark(sb_scorer *s, uint16_t senone)
{
    chosen_codebook *c = &s->codebooks[s->model->codebook_of[senone]];
    if (s->slot_of[senone] == NO_SLOT)
        s->slot_of[senone] = c->n_slots++;
}

static void mark_all(sb_scorer *s, const uint16_t *senones, size_t n)
{
    for (size_t i = 0; i < s->model->n_senones; i++)
        s->slot_of[i] = NO_SLOT;
    for (size_t c = 0; c < s->model->n_codebooks; c++)
        s->codebooks[c] = (chosen_codebook){0};
    /* The senones that every search needs. */
    for (size_t p = 0; p < SB_MODEL_PHONES; p++)
        for (int state = 0; state < SB_STATES && (p < s->model->phones->n || p >= SB_MODEL_SILENCE); state++)
            mark(s, s->model->plain[p][state]);
    for (size_t i = 0; i < n; i++)
        mark(s, senones[i]);
}

/* `size` is the size of one slot's weights. */
static bool make_room_for_scores(sb_scorer *s, size_t size)
{
    s->n_slots = 0;
    for (size_t c = 0; c < s->model->n_codebooks; c++) {
        s->codebooks[c].first_slot = (uint32_t)s->n_slots;
        s->codebooks[c].n_slots = (s->codebooks[c].n_slots + SB_LANES - 1) / SB_LANES * SB_LANES;
        s->n_slots += s->codebooks[c].n_slots;
    }
    if (s->n_slots > s->score_capacity) {
        free(s->weights);
        free(s->score);
        s->weights = aligned_alloc(ALIGNED, s->n_slots * size * sizeof *s->weights);
        s->score = aligned_alloc(ALIGNED, FRAMES * s->n_slots * sizeof *s->score);
        s->score_capacity = s->weights && s->score ? s->n_slots : 0;
    }
    return s->score_capacity > 0;
}

static void copy_weights(const sb_scorer *s, uint16_t senone, float *to, size_t width)
{
    const sb_acoustic_model *m = s->model;
    size_t n = (size_t)m->n_streams * m->n_densities;
    const uint8_t *weights = m->weights + senone * n;
    for (size_t i = 0; i < n; i++)
        to[i * width] = m->weight[weights[i]];
}

bool sb_scorer_choose(sb_scorer *s, const uint16_t *senones, size_t n)
{
    const sb_acoustic_model *m = s->model;
    size_t size = (size_t)m->n_streams * m->n_densities;
    mark_all(s, senones, n);
    if (!make_room_for_scores(s, size))
        return false;
    memset(s->weights, 0, s->n_slots * size * sizeof *s->weights);
    for (size_t c = 0; c < m->n_codebooks; c++)
        s->codebooks[c].weights = s->weights + s->codebooks[c].first_slot * size;
    for (size_t i = 0; i < m->n_senones; i++) {
        if (s->slot_of[i] == NO_SLOT)
            continue;
        const chosen_codebook *c = &s->codebooks[m->codebook_of[i]];
        copy_weights(s, (uint16_t)i, s->weights + c->first_slot * size + s->slot_of[i], c->n_slots);
        s->slot_of[i] += c->first_slot;
    }
    s->key = s->first_key = ++s->last_key;
    return true;
}

/* One stream of a codebook: `n_dims` rows of means and precisions, `width` densities each. */
typedef struct stream_gaussians {
    const float *constant, *mean, *half_precision;
    size_t width, n_dims;
} stream_gaussians;

/* The marked densities of a stream: one byte per lane of a block, with one bit for each of eight blocks. */
enum { SET_BLOCKS = 8, SET_PARTS = SB_DENSITIES_MAX / SB_LANES / SET_BLOCKS, SET_WORDS = SB_LANES / 8 };

typedef struct density_set {
    uint64_t words[SET_PARTS][SET_WORDS];
} density_set;

static inline uint64_t first_byte_lowest(uint64_t word)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(word);
#else
    return word;
#endif
}

/* Computed once for each register width. Lanes never mix, so all widths give the same bits. */
#define LANES     4
#define NAMED(id) id##_of_4
#define TARGET
#include "acoustic/codebook_scores.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define LANES     8
#define NAMED(id) id##_of_8
#define TARGET    target("avx2"),
#include "acoustic/codebook_scores.h"

#define LANES     16
#define NAMED(id) id##_of_16
#define TARGET    target("avx512f"),
#include "acoustic/codebook_scores.h"

static void choose_registers(sb_scorer *s)
{
    s->score_codebook = __builtin_cpu_supports("avx512f") ? score_codebook_of_16
                        : __builtin_cpu_supports("avx2")  ? score_codebook_of_8
                                                          : score_codebook_of_4;
}
#else
static void choose_registers(sb_scorer *s)
{
    s->score_codebook = score_codebook_of_4;
}
#endif

sb_scorer *sb_scorer_create(const sb_acoustic_model *model)
{
    sb_scorer *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->model = model;
    choose_registers(s);
    s->slot_of = calloc(model->n_senones, sizeof *s->slot_of);
    s->codebooks = calloc(model->n_codebooks, sizeof *s->codebooks);
    s->codebook_key = calloc(model->n_codebooks, sizeof *s->codebook_key);
    s->lists = calloc(model->n_codebooks * FRAMES * (size_t)model->n_streams, sizeof *s->lists);
    if (!s->slot_of || !s->codebooks || !s->codebook_key || !s->lists || !sb_scorer_choose(s, NULL, 0))
        sb_scorer_free(&s);
    return s;
}

void sb_scorer_free(sb_scorer **slot)
{
    sb_scorer *s = *slot;
    *slot = NULL;
    if (!s)
        return;
    free(s->slot_of);
    free(s->codebooks);
    free(s->codebook_key);
    free(s->lists);
    free(s->weights);
    free(s->score);
    free(s);
}

const sb_acoustic_model *sb_scorer_model(const sb_scorer *s)
{
    return s->model;
}

static void need_codebook(sb_scorer *s, size_t codebook)
{
    if (s->codebook_key[codebook] == s->key)
        return;
    s->codebook_key[codebook] = s->key;
    s->score_codebook(s, codebook);
}

static float absolute(sb_scorer *s, uint16_t senone)
{
    need_codebook(s, s->model->codebook_of[senone]);
    return s->score[s->at * s->n_slots + s->slot_of[senone]];
}

void sb_scorer_begin(sb_scorer *s, const float (*vectors)[SB_VECTOR], size_t n_vectors, size_t step)
{
    s->vectors = vectors;
    s->n_vectors = n_vectors;
    s->step = step;
    s->first_key = s->last_key + 1;
    s->last_key += (uint32_t)(n_vectors / step / FRAMES + 1);
    s->key = 0;
}

void sb_scorer_revisit(sb_scorer *s, size_t vector, float reference)
{
    size_t index = vector / s->step, first = index / FRAMES * FRAMES;
    s->at = index - first;
    s->reference = reference;
    uint32_t key = s->first_key + (uint32_t)(first / FRAMES);
    if (key == s->key)
        return;
    s->key = key;
    for (size_t f = 0; f < FRAMES; f++) {
        size_t frame = (first + f) * s->step;
        s->block[f] = s->vectors[frame < s->n_vectors ? frame : vector];
    }
}

static float best_of_phone(sb_scorer *s, int phone)
{
    float best = -INFINITY;
    for (int state = 0; state < SB_STATES; state++)
        best = fmaxf(best, absolute(s, s->model->plain[phone][state]));
    return best;
}

/* Sorts the best phones to the front of `likely`. */
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

/* The best phones change little in 10 ms. Every other frame therefore computes only the best phones of the
 * frame before. */
float sb_scorer_set_frame(sb_scorer *s, size_t vector)
{
    float scores[LIKELY];
    sb_scorer_revisit(s, vector, -INFINITY);
    if (vector % 2) {
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
    return s->block[s->at];
}

int sb_scorer_best_density(sb_scorer *s, uint16_t senone, int stream, float *share)
{
    const sb_acoustic_model *m = s->model;
    size_t codebook = m->codebook_of[senone];
    need_codebook(s, codebook);
    const density_list *list = &s->lists[(codebook * FRAMES + s->at) * (size_t)m->n_streams + (size_t)stream];
    const uint8_t *weights =
        m->weights + ((size_t)senone * (size_t)m->n_streams + (size_t)stream) * m->n_densities;
    float sum = 0, most = -1;
    int best = 0;
    for (int i = 0; i < list->n; i++) {
        float part = list->share[i] * m->weight[weights[list->density[i]]];
        sum += part;
        if (part > most) {
            most = part;
            best = list->density[i];
        }
    }
    *share = most / sum;
    return best;
}
