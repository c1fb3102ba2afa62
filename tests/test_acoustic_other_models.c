#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "acoustic/model/model.h"
#include "soundbite/align.h"
#include "soundbite/file.h"
#include "support_memory.h"
#include "support_skip.h"
#include "support_sound.h"
#include "support_speech.h"
#include "support_transcript.h"

/* Made models of three phones, with 15 senones. The first nine are without context. */
enum { PHONES = 3, SENONES = 15, MATRICES = 3 };

static const char definition[] =
    "# made by a test\n0.3\n3 n_base\n3 n_tri\n24 n_state_map\n15 n_tied_state\n"
    "9 n_tied_ci_state\n3 n_tied_tmat\n#base lft rt p attrib tmat ...\n"
    "SIL - - - filler 0 0 1 2 N\naa - - - n/a 1 3 4 5 N\nss - - - n/a 2 6 7 8 N\n"
    "aa ss ss i n/a 1 9 10 11 N\nss aa aa s n/a 2 12 13 14 N\n"
    "aa ss ss b n/a 1 3 10 5 N\n";

typedef struct made_model {
    char *folder;
    int n_codebooks, n_streams, n_densities;
    float *mean, *variance;
} made_model;

static void store(const char *folder, const char *name, const void *data, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(sb_file_write(path, data, size, true, NULL), SB_OK);
}

static void store_numbers(const made_model *m, const char *name, const int32_t *counts, size_t n_counts,
                          const float *values, size_t n)
{
    static const char header[] = "s3\nversion 1.0\nendhdr\n";
    sb_bytes file = {0};
    int32_t mark = 0x11223344, total = (int32_t)n;
    sb_bytes_append(&file, header, sizeof header - 1);
    sb_bytes_append(&file, &mark, sizeof mark);
    sb_bytes_append(&file, counts, n_counts * sizeof *counts);
    sb_bytes_append(&file, &total, sizeof total);
    sb_bytes_append(&file, values, n * sizeof *values);
    store(m->folder, name, file.data, file.size);
    sb_bytes_finish(&file);
}

static float random_number(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(*state >> 8) / (float)(1 << 24);
}

static void store_gaussians(made_model *m)
{
    size_t n = (size_t)(m->n_codebooks * m->n_densities) * SB_VECTOR;
    int32_t counts[3 + SB_STREAMS_MAX] = {m->n_codebooks, m->n_streams, m->n_densities};
    uint32_t random = 7;
    for (int s = 0; s < m->n_streams; s++)
        counts[3 + s] = SB_VECTOR / m->n_streams;
    m->mean = calloc(n, sizeof *m->mean);
    m->variance = calloc(n, sizeof *m->variance);
    for (size_t i = 0; i < n; i++) {
        m->mean[i] = 4 * random_number(&random) - 2;
        m->variance[i] = 0.5f + random_number(&random);
    }
    store_numbers(m, "means", counts, 3 + (size_t)m->n_streams, m->mean, n);
    store_numbers(m, "variances", counts, 3 + (size_t)m->n_streams, m->variance, n);
}

static void store_weights(const made_model *m)
{
    int n = SENONES * m->n_streams * m->n_densities;
    const int32_t counts[] = {SENONES, m->n_streams, m->n_densities};
    float *weights = calloc((size_t)n, sizeof *weights);
    for (int i = 0; i < n; i++)
        weights[i] = 100; /* training counts, whose shares are the weights */
    store_numbers(m, "mixture_weights", counts, 3, weights, (size_t)n);
    free(weights);
}

static void store_transitions(const made_model *m)
{
    const int32_t counts[] = {MATRICES, SB_STATES, SB_STATES + 1};
    float rows[MATRICES * SB_STATES * (SB_STATES + 1)] = {0};
    for (int i = 0; i < MATRICES * SB_STATES; i++)
        rows[i * (SB_STATES + 1) + i % SB_STATES] = rows[i * (SB_STATES + 1) + i % SB_STATES + 1] = 0.5f;
    store_numbers(m, "transition_matrices", counts, 3, rows, sizeof rows / sizeof *rows);
}

static made_model make_model(int n_codebooks, int n_streams, int n_densities)
{
    static const char words[] = "sas ss aa ss\n";
    made_model m = {folder_make(), n_codebooks, n_streams, n_densities, NULL, NULL};
    store(m.folder, "mdef", definition, sizeof definition - 1);
    store(m.folder, "feat.params", "-upperf 3700\n", 13);
    store(m.folder, "made.dict", words, sizeof words - 1);
    store_gaussians(&m);
    store_weights(&m);
    store_transitions(&m);
    return m;
}

static void finish_model(made_model *m)
{
    folder_remove(m->folder);
    free(m->mean);
    free(m->variance);
}

static sb_acoustic_model *open_model(const char *folder)
{
    sb_error err = {0};
    sb_acoustic_model *model;
    if (sb_acoustic_model_open(&model, folder, &err) != SB_OK)
        fail_msg("%s: %s", err.file, err.message);
    return model;
}

/* The full mixture, computed from the numbers that were written. */
static double slow_score(const made_model *m, size_t codebook, const float *x)
{
    double score = 0;
    size_t n_dims = SB_VECTOR / (size_t)m->n_streams, n = (size_t)m->n_densities;
    for (size_t s = 0; s < (size_t)m->n_streams; s++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++) {
            double exponent = -log((double)n);
            for (size_t d = 0; d < n_dims; d++) {
                size_t at = ((codebook * (size_t)m->n_streams + s) * n + k) * n_dims + d;
                double off = (double)(x[s * n_dims + d] - m->mean[at]), v = (double)m->variance[at];
                exponent -= 0.5 * (off * off / v + log(2 * M_PI * v));
            }
            sum += exp(exponent);
        }
        score += log(sum);
    }
    return score;
}

static sb_scorer *scorer_of_all(const sb_acoustic_model *model)
{
    uint16_t all[SENONES];
    for (uint16_t i = 0; i < SENONES; i++)
        all[i] = i;
    sb_scorer *scorer = sb_scorer_create(model);
    assert_true(sb_scorer_choose(scorer, all, SENONES));
    return scorer;
}

/* Weights have a resolution of 0.1 nats, and Gaussians far below the best are ignored. */
static void check_scores(int n_codebooks, int n_streams, int n_densities)
{
    made_model made = make_model(n_codebooks, n_streams, n_densities);
    sb_acoustic_model *m = open_model(made.folder);
    sb_scorer *scorer = scorer_of_all(m);
    uint32_t random = 3;
    assert_int_equal(m->phones->n, 2);
    assert_int_equal(m->n_present, 3);
    assert_int_equal(m->front_end.sample_rate, 8000);
    assert_string_equal(m->dictionary + strlen(m->dictionary) - 9, "made.dict");
    for (int t = 0; t < 20; t++) {
        float vector[1][SB_VECTOR], *x = vector[0];
        for (int d = 0; d < SB_VECTOR; d++)
            x[d] = 4 * random_number(&random) - 2;
        sb_scorer_begin(scorer, (const float(*)[SB_VECTOR])vector, 1, 1);
        double reference = (double)sb_scorer_set_frame(scorer, 0);
        for (uint16_t i = 0; i < SENONES; i++) {
            size_t phone = i < 9 ? i / 3u : i < 12 ? 1u : 2u;
            size_t codebook = n_codebooks == 1 ? 0 : n_codebooks == PHONES ? phone : i;
            double score = (double)sb_scorer_score(scorer, i) + reference;
            assert_true(fabs(score - slow_score(&made, codebook, x)) < 0.06 * n_streams);
        }
    }
    sb_scorer_free(&scorer);
    sb_acoustic_model_free(&m);
    finish_model(&made);
}

static void scores_are_right_for_every_kind_of_tying(void **state)
{
    (void)state;
    check_scores(1, 3, 7);
    check_scores(1, 1, 20);
    check_scores(PHONES, 3, 16);
    check_scores(SENONES, 1, 2);
    check_scores(SENONES, 1, 8);
    check_scores(SENONES, 3, 40);
}

static void a_continuous_model_adapts_to_the_recording(void **state)
{
    (void)state;
    made_model made = make_model(SENONES, 1, 2);
    sb_acoustic_model *m = open_model(made.folder), *adapted;
    sb_scorer *scorer = scorer_of_all(m);
    sb_adapt_stats *stats = calloc(1, sizeof *stats);
    for (int t = 0; t < 20000; t++) {
        uint16_t senone = (uint16_t)(3 + t % 12);
        float vector[1][SB_VECTOR];
        for (int d = 0; d < SB_VECTOR; d++)
            vector[0][d] = made.mean[(2 * senone + t / 12 % 2) * SB_VECTOR + d] + 1;
        sb_scorer_begin(scorer, (const float(*)[SB_VECTOR])vector, 1, 1);
        sb_scorer_set_frame(scorer, 0);
        sb_adapt_add(stats, scorer, senone);
    }
    assert_int_equal(sb_acoustic_model_adapt(&adapted, m, stats, NULL), SB_OK);
    double moved = 0, silence = 0;
    for (size_t i = 0; i < SENONES; i++) {
        sb_codebook before = sb_codebook_at(m, i), after = sb_codebook_at(adapted, i);
        for (size_t d = 0; d < SB_VECTOR; d++) {
            double off = (double)(after.mean[d * m->n_densities] - before.mean[d * m->n_densities]);
            *(i < 3 ? &silence : &moved) += off / SB_VECTOR;
        }
    }
    assert_true(silence == 0);
    assert_true(fabs(moved / 12 - 1) < 0.2);
    sb_acoustic_model_free(&adapted);
    sb_scorer_free(&scorer);
    sb_acoustic_model_free(&m);
    finish_model(&made);
    free(stats);
}

static void a_triphone_of_a_text_definition_is_found(void **state)
{
    (void)state;
    made_model made = make_model(PHONES, 3, 16);
    sb_acoustic_model *m = open_model(made.folder);
    static const uint16_t inside[] = {9, 10, 11}, begin[] = {3, 10, 5}, whole[] = {12, 13, 14},
                          plain[] = {3, 4, 5}, quiet[] = {0, 1, 2};
    assert_memory_equal(sb_triphone_senones(m, 0, 1, 1, SB_WORD_INSIDE), inside, sizeof inside);
    assert_memory_equal(sb_triphone_senones(m, 0, 1, 1, SB_WORD_END), inside, sizeof inside);
    assert_memory_equal(sb_triphone_senones(m, 0, 1, 1, SB_WORD_BEGIN), begin, sizeof begin);
    assert_memory_equal(sb_triphone_senones(m, 1, 0, 0, SB_WORD_WHOLE), whole, sizeof whole);
    assert_memory_equal(sb_triphone_senones(m, 0, 0, 1, SB_WORD_INSIDE), plain, sizeof plain);
    assert_memory_equal(m->plain[SB_MODEL_NOISE], quiet, sizeof quiet); /* the model has no noise */
    sb_acoustic_model_free(&m);
    finish_model(&made);
}

static void check_refused(made_model *m, sb_status status, const char *file, const char *word)
{
    sb_error err = {0};
    sb_acoustic_model *model;
    assert_int_equal(sb_acoustic_model_open(&model, m->folder, &err), status);
    assert_null(model);
    assert_non_null(strstr(err.file, file));
    if (!strstr(err.message, word))
        fail_msg("'%s' is not in: %s", word, err.message);
    finish_model(m);
}

static void check_definition(const char *from, const char *to, sb_status status, const char *word)
{
    made_model m = make_model(PHONES, 3, 16);
    sb_bytes text = {0};
    const char *at = strstr(definition, from);
    assert_non_null(at);
    sb_bytes_append(&text, definition, (size_t)(at - definition));
    sb_bytes_text(&text, to);
    sb_bytes_text(&text, at + strlen(from));
    store(m.folder, "mdef", text.data, text.size);
    sb_bytes_finish(&text);
    check_refused(&m, status, "mdef", word);
}

static void invalid_definitions_are_refused(void **state)
{
    (void)state;
    check_definition("0.3", "0.4", SB_ERR_FORMAT, "damaged");
    check_definition("24 n_state_map", "36 n_state_map", SB_ERR_UNSUPPORTED, "have 5 states");
    check_definition("15 n_tied_state", "14 n_tied_state", SB_ERR_FORMAT, "damaged");
    check_definition("SIL - - -", "sp - - -", SB_ERR_UNSUPPORTED, "SIL");
    check_definition("aa ss ss i", "aa zz ss i", SB_ERR_FORMAT, "damaged");
    check_definition("aa ss ss i", "aa ss ss x", SB_ERR_FORMAT, "damaged");
    check_definition("ss - - -", "aa - - -", SB_ERR_FORMAT, "damaged");
    check_definition("9 10 11 N\nss aa aa s n/a 2 12 13 14 N\n", "9 ", SB_ERR_FORMAT, "damaged");
}

static void invalid_gaussians_are_refused(void **state)
{
    (void)state;
    made_model m = make_model(2, 3, 16);
    check_refused(&m, SB_ERR_FORMAT, "means", "different models");
    m = make_model(SENONES, 1, 257);
    check_refused(&m, SB_ERR_UNSUPPORTED, "means", "257 Gaussians");
    m = make_model(PHONES, 3, 16);
    store_numbers(&m, "variances", (const int32_t[]){PHONES, 4, 16, 12, 24, 3, 12}, 7, m.mean, 10);
    check_refused(&m, SB_ERR_UNSUPPORTED, "variances", "4 parts");
    m = make_model(PHONES, 3, 16);
    store(m.folder, "feat.params", "-feat s2_4x", 11);
    check_refused(&m, SB_ERR_UNSUPPORTED, "feat.params", "s2_4x");
}

static void packed_weights_are_refused(void **state)
{
    (void)state;
    made_model m = make_model(PHONES, 3, 16);
    sb_bytes file = {0};
    static const char *const lines[] = {"V6 Senone Probs", "cluster_count 15"};
    for (size_t i = 0; i < 2; i++) {
        int32_t size = (int32_t)strlen(lines[i]) + 1;
        sb_bytes_append(&file, &size, sizeof size);
        sb_bytes_append(&file, lines[i], (size_t)size);
    }
    store(m.folder, "sendump", file.data, file.size);
    sb_bytes_finish(&file);
    check_refused(&m, SB_ERR_UNSUPPORTED, "sendump", "clusters");
}

static void a_missing_dictionary_is_reported(void **state)
{
    (void)state;
    char path[512];
    const char *const words[] = {"Sas!", "other"};
    made_model made = make_model(PHONES, 3, 16);
    sb_lexicon l;
    sb_error err = {0};
    sb_acoustic_model *m = open_model(made.folder);
    assert_int_equal(sb_model_lexicon_make(&l, m, words, NULL, 2, NULL, NULL), SB_OK);
    assert_int_equal(l.lexemes[0].n_ways, 1);
    assert_int_equal(l.lexemes[0].ways[0].n_phones, 3);
    assert_int_equal(l.lexemes[1].n_ways, 0);
    sb_lexicon_finish(&l);
    sb_acoustic_model_free(&m);
    snprintf(path, sizeof path, "%s/made.dict", made.folder);
    unlink(path);
    m = open_model(made.folder);
    if (!m->dictionary) { /* other tests may have left one in the parent folder */
        assert_int_equal(sb_model_lexicon_make(&l, m, words, NULL, 2, NULL, &err), SB_ERR_IO);
        assert_non_null(strstr(err.message, "dict.txt"));
    }
    sb_acoustic_model_free(&m);
    finish_model(&made);
}

static void the_users_dictionary_must_use_the_models_phones(void **state)
{
    (void)state;
    const char *const words[] = {"sas", "new"};
    made_model made = make_model(PHONES, 3, 16);
    sb_acoustic_model *m = open_model(made.folder);
    sb_dictionary *own, *english;
    sb_lexicon l;
    sb_error err = {0};
    assert_int_equal(sb_dictionary_read_for(&own, "new aa\n", 7, "my.dict", made.folder, NULL), SB_OK);
    assert_int_equal(sb_model_lexicon_make(&l, m, words, NULL, 2, own, NULL), SB_OK);
    assert_int_equal(l.lexemes[1].n_ways, 1);
    sb_lexicon_finish(&l);
    assert_int_equal(sb_dictionary_read_for(&english, "new N UW\n", 9, "my.dict", NULL, NULL), SB_OK);
    assert_int_equal(sb_model_lexicon_make(&l, m, words, NULL, 2, english, &err), SB_ERR_ARGUMENT);
    assert_int_equal(l.n_words, 0);
    sb_dictionary_free(&own);
    assert_int_equal(sb_dictionary_read_for(&own, "new N UW\n", 9, "my.dict", made.folder, &err),
                     SB_ERR_FORMAT);
    assert_null(own);
    sb_dictionary_free(&english);
    sb_acoustic_model_free(&m);
    finish_model(&made);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    made_model made = make_model(SENONES, 1, 8);
    bool refused = true;
    size_t n = 0;
    for (; refused; n++) {
        sb_acoustic_model *model;
        memory_fail_from(n);
        sb_status status = sb_acoustic_model_open(&model, made.folder, NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(model == NULL, refused);
        sb_acoustic_model_free(&model);
    }
    assert_true(n > 15);
    finish_model(&made);
}

static void garbled_text_is_safe(void **state)
{
    (void)state;
    made_model made = make_model(PHONES, 3, 16);
    uint32_t random = 1;
    for (int round = 0; round < 300; round++) {
        char copy[sizeof definition];
        memcpy(copy, definition, sizeof copy);
        for (int i = 0; i < 3; i++) {
            random = random * 1664525u + 1013904223u;
            copy[(random >> 8) % (sizeof copy - 1)] = "0193 -\nNi#a"[(random >> 4) % 11];
        }
        sb_acoustic_model *model;
        store(made.folder, "mdef", copy, round % 5 ? sizeof copy - 1 : random % sizeof copy);
        if (sb_acoustic_model_open(&model, made.folder, NULL) == SB_OK)
            for (uint8_t p = 0; p < 8; p++)
                sb_triphone_senones(model, p % 2, p / 2 % 2, p / 4, (sb_word_position)(p % 4));
        sb_acoustic_model_free(&model);
    }
    finish_model(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_right_for_every_kind_of_tying),
        cmocka_unit_test(a_continuous_model_adapts_to_the_recording),
        cmocka_unit_test(a_triphone_of_a_text_definition_is_found),
        cmocka_unit_test(invalid_definitions_are_refused),
        cmocka_unit_test(invalid_gaussians_are_refused),
        cmocka_unit_test(packed_weights_are_refused),
        cmocka_unit_test(a_missing_dictionary_is_reported),
        cmocka_unit_test(the_users_dictionary_must_use_the_models_phones),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(garbled_text_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
