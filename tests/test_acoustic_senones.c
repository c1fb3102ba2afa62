#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "acoustic/model/model.h"
#include "soundbite/file.h"
#include "support_memory.h"
#include "support_speech.h"

/* The scorer again, compiled as for an unknown processor. */
#undef __x86_64__
#define sb_vectors_make        plain_vectors_make
#define sb_cepstra_mean        plain_cepstra_mean
#define sb_scorer_create       plain_scorer_create
#define sb_scorer_free         plain_scorer_free
#define sb_scorer_model        plain_scorer_model
#define sb_scorer_set_frame    plain_scorer_set_frame
#define sb_scorer_choose       plain_scorer_choose
#define sb_scorer_begin        plain_scorer_begin
#define sb_scorer_revisit      plain_scorer_revisit
#define sb_scorer_score        plain_scorer_score
#define sb_scorer_vector       plain_scorer_vector
#define sb_scorer_best_density plain_scorer_best_density
void sb_scorer_free(sb_scorer **scorer);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#include "acoustic/senones.c"
#pragma GCC diagnostic pop
#undef sb_vectors_make
#undef sb_cepstra_mean
#undef sb_scorer_create
#undef sb_scorer_free
#undef sb_scorer_model
#undef sb_scorer_set_frame
#undef sb_scorer_choose
#undef sb_scorer_begin
#undef sb_scorer_revisit
#undef sb_scorer_score
#undef sb_scorer_vector
#undef sb_scorer_best_density

#define STEP      23 /* only every 23rd senone is tested */
#define TOLERANCE 1e-3

/* The numbers of the installed model. */
enum { STREAMS = 3, DENSITIES = 128 };

typedef struct raw_model {
    sb_bytes means, variances, weights;
    const char *mean, *variance, *weight;
    size_t n_senones;
} raw_model;

static int int_at(const char *data)
{
    int32_t value;
    memcpy(&value, data, sizeof value);
    return value;
}

/* Skips the header, the byte order mark, three counts, three lengths and the number of values. */
static const char *values_of(const sb_bytes *file)
{
    return strstr(file->data, "endhdr\n") + 7 + 8 * 4;
}

static raw_model read_raw(void)
{
    raw_model r = {.means = speech_model_file("means"),
                   .variances = speech_model_file("variances"),
                   .weights = speech_model_file("sendump")};
    const char *at = r.weights.data;
    while (int_at(at) != 0)
        at += 4 + int_at(at);
    r.mean = values_of(&r.means);
    r.variance = values_of(&r.variances);
    r.n_senones = (size_t)int_at(at + 8);
    r.weight = at + 12;
    return r;
}

static void finish_raw(raw_model *r)
{
    sb_bytes_finish(&r->means);
    sb_bytes_finish(&r->variances);
    sb_bytes_finish(&r->weights);
}

static double number_at(const char *values, size_t i)
{
    float value;
    memcpy(&value, values + i * sizeof value, sizeof value);
    return (double)value;
}

static double exponent_of(const raw_model *r, size_t gaussian, const float *x)
{
    double sum = 0;
    for (size_t d = 0; d < SB_CEPSTRA; d++) {
        double off = (double)x[d] - number_at(r->mean, gaussian * SB_CEPSTRA + d),
               variance = fmax(number_at(r->variance, gaussian * SB_CEPSTRA + d), 1e-4);
        sum -= 0.5 * (off * off / variance + log(2 * M_PI * variance));
    }
    return sum;
}

/* The depth below the best density down to which densities are used. */
static double depth_of(const double exponent[DENSITIES], double best)
{
    for (double depth = (double)DEPTH;; depth /= 2) {
        int n = 0;
        for (int k = 0; k < DENSITIES; k++)
            n += exponent[k] >= best - depth;
        if (n <= KEPT)
            return depth;
    }
}

/* The logarithm of a mixture: with the best Gaussians only, with the best one only, and with all. */
typedef struct slow_score {
    double kept, one, all;
} slow_score;

static void add_stream(slow_score *score, const double exponent[DENSITIES], const double weight[DENSITIES])
{
    int best = 0;
    double kept = 0, all = 0;
    for (int k = 1; k < DENSITIES; k++)
        best = exponent[k] > exponent[best] ? k : best;
    double depth = depth_of(exponent, exponent[best]);
    for (int k = 0; k < DENSITIES; k++) {
        double share = weight[k] * exp(exponent[k] - exponent[best]);
        kept += exponent[k] >= exponent[best] - depth ? share : 0;
        all += share;
    }
    score->kept += exponent[best] + log(kept);
    score->one += exponent[best] + log(weight[best]);
    score->all += exponent[best] + log(all);
}

static slow_score score_slowly(const raw_model *r, int own, size_t senone, const float *vector)
{
    slow_score score = {0};
    for (size_t stream = 0; stream < STREAMS; stream++) {
        double exponent[DENSITIES], weight[DENSITIES];
        for (size_t k = 0; k < DENSITIES; k++) {
            size_t gaussian = ((size_t)own * STREAMS + stream) * DENSITIES + k;
            exponent[k] = exponent_of(r, gaussian, vector + stream * SB_CEPSTRA);
            uint8_t step = (uint8_t)r->weight[(stream * DENSITIES + k) * r->n_senones + senone];
            weight[k] = pow(1.0001, -1024.0 * step);
        }
        add_stream(&score, exponent, weight);
    }
    return score;
}

static double reference_of(const raw_model *r, const sb_acoustic_model *m, const float *vector)
{
    double best = -INFINITY;
    for (size_t i = 0; i < m->n_present; i++)
        for (int s = 0; s < SB_STATES; s++) {
            int own = m->triphones->own[m->present[i]];
            best = fmax(best, score_slowly(r, own, m->plain[m->present[i]][s], vector).kept);
        }
    return best;
}

typedef struct hearing {
    sb_acoustic_model *model;
    sb_features features;
    float (*vectors)[SB_VECTOR];
    size_t n;
} hearing;

static hearing hear(size_t reading)
{
    hearing h = {.model = speech_model(), .features = speech_features(speech_readings[reading].file)};
    h.vectors = speech_vectors(&h.features.cepstra);
    h.n = h.features.cepstra.n_frames;
    return h;
}

static uint16_t *all_senones(const sb_acoustic_model *model)
{
    uint16_t *all = calloc(model->n_senones, sizeof *all);
    for (size_t i = 0; i < model->n_senones; i++)
        all[i] = (uint16_t)i;
    return all;
}

static sb_scorer *scorer_of_all(const sb_acoustic_model *model)
{
    uint16_t *all = all_senones(model);
    sb_scorer *scorer = sb_scorer_create(model);
    assert_true(sb_scorer_choose(scorer, all, model->n_senones));
    free(all);
    return scorer;
}

static sb_scorer *plain_scorer_of_all(const sb_acoustic_model *model)
{
    uint16_t *all = all_senones(model);
    sb_scorer *scorer = plain_scorer_create(model);
    assert_true(plain_scorer_choose(scorer, all, model->n_senones));
    free(all);
    return scorer;
}

static void finish(hearing *h)
{
    free(h->vectors);
    sb_features_finish(&h->features);
    sb_acoustic_model_free(&h->model);
}

/* A density at the limit may be on the other side of it in single precision. */
static void scores_use_the_best_gaussians(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1);
    raw_model raw = read_raw();
    sb_scorer *scorer = scorer_of_all(h.model);
    size_t n = 0, n_off = 0;
    for (size_t t = 5; t < h.n; t += 37) {
        sb_scorer_begin(scorer, (const float(*)[SB_VECTOR])h.vectors + t, 1, 1);
        double reference = (double)sb_scorer_set_frame(scorer, 0);
        n_off += fabs(reference - reference_of(&raw, h.model, h.vectors[t])) > TOLERANCE;
        for (size_t senone = t % STEP; senone < h.model->n_senones; senone += STEP, n++) {
            int own = h.model->triphones->own[h.model->phone_of[senone]];
            slow_score slow = score_slowly(&raw, own, senone, h.vectors[t]);
            double score = (double)sb_scorer_score(scorer, (uint16_t)senone) + reference;
            n_off += fabs(score - slow.kept) > TOLERANCE;
            assert_true(score >= slow.one - TOLERANCE && score <= slow.all + TOLERANCE);
        }
    }
    assert_true(n > 1000 && n_off <= n / 200);
    sb_scorer_free(&scorer);
    finish_raw(&raw);
    finish(&h);
}

static void all_register_widths_give_the_same_bits(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(3);
    sb_scorer *wide = scorer_of_all(h.model);
    sb_scorer *plain = plain_scorer_of_all(h.model);
    sb_scorer_begin(wide, (const float(*)[SB_VECTOR])h.vectors, h.n, 1);
    plain_scorer_begin(plain, (const float(*)[SB_VECTOR])h.vectors, h.n, 1);
    for (size_t t = 0; t < h.n; t += 11) {
        float one = sb_scorer_set_frame(wide, t), two = plain_scorer_set_frame(plain, t);
        assert_memory_equal(&one, &two, sizeof one);
        for (uint16_t senone = 0; senone < h.model->n_senones; senone++) {
            one = sb_scorer_score(wide, senone);
            two = plain_scorer_score(plain, senone);
            assert_memory_equal(&one, &two, sizeof one);
        }
    }
    sb_scorer_free(&wide);
    plain_scorer_free(&plain);
    finish(&h);
}

static void a_revisited_frame_scores_the_same(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1);
    sb_scorer *scorer = scorer_of_all(h.model);
    sb_scorer_begin(scorer, (const float(*)[SB_VECTOR])h.vectors, h.n, 1);
    float reference = sb_scorer_set_frame(scorer, 50), share;
    float first = sb_scorer_score(scorer, 1000);
    sb_scorer_set_frame(scorer, 90);
    sb_scorer_revisit(scorer, 50, reference);
    float again = sb_scorer_score(scorer, 1000);
    assert_memory_equal(&first, &again, sizeof first);
    assert_ptr_equal(sb_scorer_vector(scorer), h.vectors[50]);
    for (int stream = 0; stream < STREAMS; stream++) {
        int best = sb_scorer_best_density(scorer, 1000, stream, &share);
        assert_true(best >= 0 && best < DENSITIES && share > 0 && share <= 1);
    }
    sb_scorer_free(&scorer);
    finish(&h);
}

/* Scores do not depend on what is scored together, or on the first frame. */
static void a_score_does_not_depend_on_the_other_chosen_senones(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1);
    const uint16_t few[] = {700, 1000, 3000};
    sb_scorer *all = scorer_of_all(h.model), *some = sb_scorer_create(h.model);
    assert_true(sb_scorer_choose(some, few, 3));
    sb_scorer_begin(all, (const float(*)[SB_VECTOR])h.vectors, h.n, 1);
    sb_scorer_begin(some, (const float(*)[SB_VECTOR])h.vectors + 14, h.n - 14, 2);
    for (size_t t = 14; t < 60; t += 2) {
        float reference = sb_scorer_set_frame(all, t);
        assert_true(reference == sb_scorer_set_frame(some, t - 14));
        for (int i = 0; i < 3; i++)
            assert_true(sb_scorer_score(all, few[i]) == sb_scorer_score(some, few[i]));
    }
    sb_scorer_free(&all);
    sb_scorer_free(&some);
    finish(&h);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    speech_need_model();
    sb_acoustic_model *model = speech_model();
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        memory_fail_from(n);
        sb_scorer *scorer = sb_scorer_create(model);
        refused = memory_fail_end();
        assert_int_equal(scorer == NULL, refused);
        sb_scorer_free(&scorer);
    }
    sb_acoustic_model_free(&model);
}

static void differences_use_the_surrounding_frames(void **state)
{
    float values[10 * SB_CEPSTRA], mean[SB_CEPSTRA], out[10][SB_VECTOR];
    (void)state;
    for (int t = 0; t < 10; t++)
        for (int c = 0; c < SB_CEPSTRA; c++)
            values[t * SB_CEPSTRA + c] = (float)(t * t + c);
    const sb_cepstra cepstra = {.values = values, .n_frames = 10};
    sb_cepstra_mean(mean, &cepstra, 0, 10);
    sb_vectors_make(out, &cepstra, mean, 0, 10);
    for (int c = 0; c < SB_CEPSTRA; c++) {
        assert_true(mean[c] == 28.5f + (float)c);
        assert_true(out[5][c] == 25 - 28.5f);
        assert_true(out[5][SB_CEPSTRA + c] == 49 - 9);
        assert_true(out[5][2 * SB_CEPSTRA + c] == (64 - 16) - (36 - 4));
        assert_true(out[0][SB_CEPSTRA + c] == 4);
        assert_true(out[9][SB_CEPSTRA + c] == 81 - 49);
    }
    sb_cepstra_mean(mean, &cepstra, 3, 3);
    assert_true(mean[0] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_use_the_best_gaussians),
        cmocka_unit_test(all_register_widths_give_the_same_bits),
        cmocka_unit_test(a_revisited_frame_scores_the_same),
        cmocka_unit_test(a_score_does_not_depend_on_the_other_chosen_senones),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(differences_use_the_surrounding_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
