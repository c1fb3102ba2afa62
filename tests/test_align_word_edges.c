#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/acoustic/word_edges.h"
#include "support_alignment.h"

/* Energy had lost the turn; anchors gave its words a place, or not, and nobody heard it there. */
static void settle(sb_alignment *a)
{
    sb_heard_word heard[8] = {0};
    const bool keep[] = {true, true};
    const sb_speech speech = {0};

    sb_word_edges_set(a, &speech, heard, keep);
}

static sb_alignment *two_lost_turns(void)
{
    sb_alignment *a = alignment_long(2, 3);

    for (size_t t = 0; t < 2; t++) {
        a->turns[t].status = SB_TURN_NOT_HEARD;
        for (size_t w = 0; w < 3; w++)
            a->turns[t].words[w].status = SB_WORD_NOT_HEARD;
    }
    return a;
}

static void test_words_that_got_a_place_are_estimated(void **state)
{
    sb_alignment *a = two_lost_turns();
    (void)state;

    settle(a);
    assert_int_equal(a->turns[0].status, SB_TURN_PARTLY);
    assert_int_equal(a->turns[0].words[2].status, SB_WORD_ESTIMATED);
    sb_alignment_free(&a);
}

static void test_words_without_a_place_are_not_heard(void **state)
{
    sb_alignment *a = two_lost_turns();
    (void)state;

    a->turns[1].status = SB_TURN_PARTLY;
    for (size_t w = 0; w < 3; w++) {
        a->turns[1].words[w].status = SB_WORD_ESTIMATED;
        a->turns[1].words[w].start = a->turns[1].words[w].end = SB_TIME_NONE;
    }
    settle(a);
    assert_int_equal(a->turns[1].status, SB_TURN_NOT_HEARD);
    assert_int_equal(a->turns[1].words[0].status, SB_WORD_NOT_HEARD);
    sb_alignment_free(&a);
}

/* The first and the last word of a turn are heard, a second apart; the one between was left out, and fits best at its guess. */
static const sb_aligned_word *word_between(sb_alignment *a, sb_span guess)
{
    sb_aligned_turn *turn = &a->turns[0];
    sb_time start = turn->start;
    const sb_span heard_speech[] = {{start, start + 3 * SB_TIME_SECOND}};
    const sb_speech speech = {.speech = (sb_span *)heard_speech, .n_speech = 1};
    sb_heard_word heard[3] = {
        {.heard = true, .confidence = 1, .span = {start, start + SB_TIME_SECOND}},
        {.guessed = true, .guess = {start + guess.start, start + guess.end}},
        {.heard = true, .confidence = 1, .span = {start + 2 * SB_TIME_SECOND, start + 3 * SB_TIME_SECOND}},
    };
    const bool keep[] = {false};

    sb_word_edges_set(a, &speech, heard, keep);
    return &turn->words[1];
}

static void test_a_word_left_out_lies_where_it_fits_best(void **state)
{
    sb_alignment *a = alignment_long(1, 3);
    sb_time start = a->turns[0].start;
    (void)state;

    const sb_aligned_word *word = word_between(a, (sb_span){1200 * SB_TIME_MS, 1500 * SB_TIME_MS});
    assert_int_equal(word->status, SB_WORD_ESTIMATED);
    assert_int_equal(word->start - start, 1200 * SB_TIME_MS);
    assert_int_equal(word->end - start, 1500 * SB_TIME_MS);
    assert_true(word->confidence < 0.5);
    sb_alignment_free(&a);
}

static void test_a_guess_among_its_neighbours_is_none(void **state)
{
    sb_alignment *a = alignment_long(1, 3);
    sb_time start = a->turns[0].start;
    (void)state;

    const sb_aligned_word *word = word_between(a, (sb_span){1900 * SB_TIME_MS, 2200 * SB_TIME_MS});
    assert_int_equal(word->start - start, SB_TIME_SECOND);
    assert_int_equal(word->end - start, 2 * SB_TIME_SECOND);
    sb_alignment_free(&a);
}

/* Two words were heard in an advertisement before the place where energy is sure that the turn begins, the other three there. */
static void test_words_before_a_sure_start_are_strays(void **state)
{
    sb_alignment *a = alignment_long(1, 5);
    sb_aligned_turn *turn = &a->turns[0];
    sb_time start = turn->start = 10 * SB_TIME_SECOND;
    const sb_span heard_speech[] = {{0, start + 5 * SB_TIME_SECOND}};
    const sb_speech speech = {.speech = (sb_span *)heard_speech, .n_speech = 1};
    sb_heard_word heard[5] = {0};
    const bool keep[] = {false};
    (void)state;

    turn->confidence = 1;
    for (size_t w = 0; w < 5; w++) {
        sb_time at = start + ((sb_time)w - 2) * SB_TIME_SECOND / 2 - (w < 2 ? SB_TIME_SECOND : 0);
        heard[w] = (sb_heard_word){.heard = true, .confidence = 0.9f, .span = {at, at + SB_TIME_SECOND / 2}};
    }
    sb_word_edges_set(a, &speech, heard, keep);
    assert_true(turn->start >= start - SB_TIME_SECOND / 2);
    assert_int_not_equal(turn->words[1].status, SB_WORD_ALIGNED);
    assert_int_equal(turn->words[2].status, SB_WORD_ALIGNED);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_that_got_a_place_are_estimated),
        cmocka_unit_test(test_words_without_a_place_are_not_heard),
        cmocka_unit_test(test_a_word_left_out_lies_where_it_fits_best),
        cmocka_unit_test(test_a_guess_among_its_neighbours_is_none),
        cmocka_unit_test(test_words_before_a_sure_start_are_strays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
