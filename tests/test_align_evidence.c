#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/words/words.h"
#include "support_memory.h"

#define WORDS      120
#define TURN       10 /* words */
#define SAID_FIT   -0.2f
#define DECOY_FIT  -2.0f
#define FIT_JITTER 1.6f

/* Words of 200 ms. Their fits vary around the usual fit, with the same values in each run. */
typedef struct text {
    sb_heard_word words[WORDS], decoys[WORDS];
    bool begins_turn[WORDS], can_be_said[WORDS];
    sb_evidence evidence;
    const sb_evidence *of_word[WORDS];
} text;

static float jitter(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return FIT_JITTER * ((float)(*seed >> 8) / (float)(1u << 24) * 2 - 1);
}

static sb_heard_word heard_word(size_t i, float fit)
{
    sb_time start = (sb_time)i * 200 * SB_TIME_MS;
    return (sb_heard_word){.heard = true, .span = {start, start + 200 * SB_TIME_MS}, .fit = fit};
}

static text *text_of(float fit, float decoy_fit)
{
    text *t = calloc(1, sizeof *t);
    uint32_t seed = 9;
    for (size_t i = 0; i < WORDS; i++) {
        t->words[i] = heard_word(i, fit + jitter(&seed));
        t->decoys[i] = heard_word(i, decoy_fit + jitter(&seed));
        t->begins_turn[i] = i % TURN == 0;
        t->can_be_said[i] = true;
    }
    return t;
}

static void measure(text *t)
{
    assert_int_equal(sb_evidence_measure(&t->evidence, t->words, t->decoys, WORDS, NULL), SB_OK);
    for (size_t w = 0; w < WORDS; w++)
        t->of_word[w] = &t->evidence;
}

static sb_status judge_with(text *t, const bool *anchored, sb_error *err)
{
    const sb_evidence_words words = {t->begins_turn, t->can_be_said, anchored, t->of_word};
    return sb_evidence_judge_words(t->words, WORDS, &words, err);
}

static void judge(text *t)
{
    measure(t);
    assert_int_equal(judge_with(t, NULL, NULL), SB_OK);
}

static size_t count_denied(const text *t, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t i = first; i < end; i++)
        n += t->words[i].said < SB_SAID_LEAST;
    return n;
}

static void the_fit_of_text_and_decoy_is_measured(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    measure(t);
    assert_int_equal(t->evidence.n_words, WORDS);
    assert_true(t->evidence.text_fit > SAID_FIT - 0.5 && t->evidence.text_fit < SAID_FIT + 0.5);
    assert_true(t->evidence.decoy_fit > DECOY_FIT - 0.5 && t->evidence.decoy_fit < DECOY_FIT + 0.5);
    assert_true(t->evidence.spread > 0 && t->evidence.apart > 1);
    assert_true(t->evidence.z > 10);
    assert_true(sb_evidence_can_tell(&t->evidence));
    free(t);
}

static void words_without_a_place_do_not_count(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    for (size_t i = 0; i < TURN; i++)
        t->words[i] = (sb_heard_word){.fit = 100};
    t->decoys[TURN] = (sb_heard_word){.fit = 100};
    t->words[TURN + 1].heard = false;
    t->words[TURN + 1].guessed = true;
    t->words[TURN + 1].guess = t->words[TURN + 1].span;
    t->words[TURN + 1].guess_fit = t->words[TURN + 1].fit;
    measure(t);
    assert_int_equal(t->evidence.n_words, WORDS - TURN - 1);
    assert_true(t->evidence.text_fit < 1);
    free(t);
}

static void a_text_that_fits_no_better_than_its_decoy_has_no_z(void **state)
{
    (void)state;
    text *t = text_of(DECOY_FIT, DECOY_FIT);
    measure(t);
    assert_true(t->evidence.z > -3 && t->evidence.z < 3);
    assert_false(sb_evidence_can_tell(&t->evidence));
    free(t);
}

static void words_that_fit_were_said(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    judge(t);
    assert_int_equal(count_denied(t, 0, WORDS), 0);
    for (size_t i = 0; i < WORDS; i++)
        assert_true(t->words[i].said > 0.9f && t->words[i].said <= 1);
    free(t);
}

static void a_turn_that_fits_as_its_decoy_was_not_said(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    for (size_t i = 5 * TURN; i < 6 * TURN; i++)
        t->words[i].fit = t->decoys[i].fit;
    judge(t);
    assert_int_equal(count_denied(t, 5 * TURN, 6 * TURN), TURN);
    assert_int_equal(count_denied(t, 0, 5 * TURN), 0);
    assert_int_equal(count_denied(t, 6 * TURN, WORDS), 0);
    free(t);
}

static void neighbours_deny_no_turn_of_a_voice_that_cannot_be_judged(void **state)
{
    static const sb_evidence unknown = {0};
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    measure(t);
    for (size_t i = 5 * TURN; i < 8 * TURN; i++)
        if (i / TURN == 6)
            t->of_word[i] = &unknown;
        else
            t->words[i].fit = t->decoys[i].fit;
    assert_int_equal(judge_with(t, NULL, NULL), SB_OK);
    assert_int_equal(count_denied(t, 5 * TURN, 6 * TURN), TURN);
    assert_int_equal(count_denied(t, 6 * TURN, 7 * TURN), 0);
    assert_int_equal(count_denied(t, 7 * TURN, 8 * TURN), TURN);
    free(t);
}

/* The edges of the run may be wrong by a word. */
static void ten_words_inside_a_turn_that_fit_as_their_decoys_were_not_said(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    for (size_t i = 0; i < WORDS; i++)
        t->begins_turn[i] = i % (3 * TURN) == 0;
    for (size_t i = 40; i < 50; i++)
        t->words[i].fit = t->decoys[i].fit;
    judge(t);
    assert_true(count_denied(t, 40, 50) >= 8);
    assert_int_equal(count_denied(t, 0, 39), 0);
    assert_int_equal(count_denied(t, 51, WORDS), 0);
    free(t);
}

static void one_bad_word_in_a_good_turn_is_kept(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    t->words[44].fit = DECOY_FIT;
    judge(t);
    assert_int_equal(count_denied(t, 0, WORDS), 0);
    assert_true(t->words[44].odds < t->words[43].odds);
    free(t);
}

static void without_separation_nothing_is_denied(void **state)
{
    (void)state;
    text *t = text_of(DECOY_FIT, DECOY_FIT);
    for (size_t i = 30; i < 60; i++)
        t->words[i].fit = -6;
    judge(t);
    assert_int_equal(count_denied(t, 0, WORDS), 0);
    for (size_t i = 0; i < WORDS; i++)
        assert_true(t->words[i].odds == 0);
    free(t);
}

/* A dash, or a word without a pronunciation, is judged by its neighbours. */
static void a_word_without_pronunciation_uses_its_neighbours_odds(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    for (size_t i = 5 * TURN; i < 6 * TURN; i++)
        t->words[i].fit = t->decoys[i].fit;
    t->words[12] = t->words[55] = (sb_heard_word){0};
    t->can_be_said[12] = t->can_be_said[55] = false;
    judge(t);
    assert_true(t->words[12].odds == 0 && t->words[55].odds == 0);
    assert_true(t->words[12].said > 0.9f);
    assert_true(t->words[55].said < SB_SAID_LEAST);
    free(t);
}

static void a_word_without_a_place_has_odds_against_it(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    t->words[12] = (sb_heard_word){0};
    judge(t);
    assert_true(t->words[12].odds < 0);
    free(t);
}

/* Three words may fit better than their decoys by chance. */
static void a_few_words_are_not_denied(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    for (size_t i = 3; i < TURN; i++)
        t->words[i].fit = DECOY_FIT;
    for (size_t i = 3; i < WORDS; i++)
        t->decoys[i].heard = false;
    judge(t);
    assert_int_equal(t->evidence.n_words, 3);
    assert_int_equal(count_denied(t, 0, WORDS), 0);
    free(t);
}

/* In a turn that fits no better than its decoy, no word is proven, whether it is denied or not. */
static void words_are_proven_by_their_turn(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    for (size_t i = 5 * TURN; i < 6 * TURN; i++)
        t->words[i].fit = t->decoys[i].fit;
    judge(t);
    for (size_t i = 0; i < WORDS; i++)
        assert_true((t->words[i].support > 0) == (i / TURN != 5));
    free(t);
}

static void without_separation_an_anchor_alone_proves_its_neighbours(void **state)
{
    (void)state;
    text *t = text_of(DECOY_FIT, DECOY_FIT);
    bool anchored[WORDS] = {false};
    anchored[2 * TURN + 3] = true;
    measure(t);
    t->evidence.apart = 0;
    assert_int_equal(judge_with(t, anchored, NULL), SB_OK);
    for (size_t i = 0; i < WORDS; i++)
        assert_true((t->words[i].support > 0) == (i / TURN == 2));
    free(t);
}

static void a_voice_with_few_words_is_like_the_others(void **state)
{
    (void)state;
    const sb_evidence all = {.n_words = 200, .text_fit = -1, .decoy_fit = -3, .spread = 1, .apart = 1.8};
    const sb_evidence few = {.n_words = 5, .text_fit = -4, .decoy_fit = -4, .spread = 2},
                      many = {.n_words = 2000, .text_fit = -4, .decoy_fit = -4, .spread = 2};
    sb_evidence voice = sb_evidence_of_voice(&few, &all);
    assert_true(voice.text_fit > -2 && voice.decoy_fit < -3 && voice.spread < 1.5);
    assert_true(voice.apart > 0.5);
    assert_false(sb_evidence_can_tell(&voice));
    voice = sb_evidence_of_voice(&many, &all);
    assert_true(voice.text_fit < -3.9);
    assert_false(sb_evidence_can_tell(&voice));
}

static void no_words_are_no_evidence(void **state)
{
    (void)state;
    sb_evidence evidence;
    assert_int_equal(sb_evidence_measure(&evidence, NULL, NULL, 0, NULL), SB_OK);
    assert_int_equal(evidence.n_words, 0);
    assert_true(evidence.z == 0);
    assert_false(sb_evidence_can_tell(&evidence));
    assert_int_equal(sb_evidence_judge_words(NULL, 0, &(sb_evidence_words){0}, NULL), SB_OK);
}

static void failing_allocations_are_reported(void **state)
{
    (void)state;
    text *t = text_of(SAID_FIT, DECOY_FIT);
    sb_error err = {0};
    memory_fail_from(0);
    sb_status status = sb_evidence_measure(&t->evidence, t->words, t->decoys, WORDS, &err);
    assert_true(memory_fail_end());
    assert_int_equal(status, SB_ERR_MEMORY);
    measure(t);
    memory_fail_from(0);
    status = judge_with(t, NULL, &err);
    assert_true(memory_fail_end());
    assert_int_equal(status, SB_ERR_MEMORY);
    free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fit_of_text_and_decoy_is_measured),
        cmocka_unit_test(words_without_a_place_do_not_count),
        cmocka_unit_test(a_text_that_fits_no_better_than_its_decoy_has_no_z),
        cmocka_unit_test(words_that_fit_were_said),
        cmocka_unit_test(a_turn_that_fits_as_its_decoy_was_not_said),
        cmocka_unit_test(neighbours_deny_no_turn_of_a_voice_that_cannot_be_judged),
        cmocka_unit_test(ten_words_inside_a_turn_that_fit_as_their_decoys_were_not_said),
        cmocka_unit_test(one_bad_word_in_a_good_turn_is_kept),
        cmocka_unit_test(without_separation_nothing_is_denied),
        cmocka_unit_test(a_word_without_pronunciation_uses_its_neighbours_odds),
        cmocka_unit_test(a_word_without_a_place_has_odds_against_it),
        cmocka_unit_test(a_few_words_are_not_denied),
        cmocka_unit_test(words_are_proven_by_their_turn),
        cmocka_unit_test(without_separation_an_anchor_alone_proves_its_neighbours),
        cmocka_unit_test(a_voice_with_few_words_is_like_the_others),
        cmocka_unit_test(no_words_are_no_evidence),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
