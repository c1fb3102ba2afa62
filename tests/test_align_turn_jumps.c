#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamps.h"
#include "support_alignment.h"

#define TURN_S 10

/* Turns ten seconds apart, `late` seconds after their stamps. All words were heard with `confidence`. */
static sb_alignment *turns_late(const double *late, size_t n, size_t n_words, float confidence)
{
    sb_alignment *a = alignment_long(n, n_words);

    a->transcript.resolution = SB_TIME_SECOND;
    for (size_t t = 0; t < n; t++) {
        sb_aligned_turn *turn = &a->turns[t];
        turn->stamp = (sb_time)t * TURN_S * SB_TIME_SECOND;
        turn->start = turn->stamp + sb_time_from_seconds(late[t]);
        turn->confidence = confidence;
        for (size_t w = 0; w < n_words; w++)
            turn->words[w].confidence = confidence;
    }
    return a;
}

static size_t find(sb_jump **jumps, sb_alignment *a)
{
    size_t n;
    sb_error err = {0};

    assert_int_equal(sb_turn_jumps_find(jumps, &n, a, &err), SB_OK);
    sb_alignment_free(&a);
    return n;
}

static void test_turns_within_their_resolution_do_not_jump(void **state)
{
    const double late[] = {0.1, 0.9, 0.3, 0.99, 0.0, 1.1};
    sb_jump *jumps;
    (void)state;

    assert_int_equal(find(&jumps, turns_late(late, 6, 8, 0.9F)), 0);
    free(jumps);
}

static void test_a_single_last_turn_makes_a_break(void **state)
{
    const double late[] = {0.1, 0.9, 0.3, 0.5, 3.2};
    sb_jump *jumps;
    (void)state;

    assert_int_equal(find(&jumps, turns_late(late, 5, 8, 0.9F)), 1);
    assert_int_equal(jumps[0].before, 3);
    assert_int_equal(jumps[0].turn, 4);
    assert_true(jumps[0].confidence > 0.5F);
    free(jumps);
}

static void test_a_single_word_makes_no_break(void **state)
{
    const double late[] = {0.1, 0.9, 0.3, 0.5, 3.2};
    sb_jump *jumps;
    (void)state;

    assert_int_equal(find(&jumps, turns_late(late, 5, 1, 0.9F)), 0);
    free(jumps);
}

static void test_breaks_two_turns_apart_are_two(void **state)
{
    const double late[] = {0.1, 0.9, 20.3, 20.5, 15.2, 15.9, 15.1};
    sb_jump *jumps;
    (void)state;

    assert_int_equal(find(&jumps, turns_late(late, 7, 8, 0.8F)), 2);
    assert_int_equal(jumps[0].turn, 2);
    assert_int_equal(jumps[1].turn, 4);
    free(jumps);
}

static void test_a_single_stray_turn_is_ignored(void **state)
{
    const double late[] = {0.1, 0.9, 0.3, 7.5, 0.2, 0.5, 0.7};
    sb_jump *jumps;
    (void)state;

    assert_int_equal(find(&jumps, turns_late(late, 7, 6, 0.9F)), 0);
    free(jumps);
}

static void test_estimated_turns_do_not_hide_a_jump(void **state)
{
    const double late[] = {0.1, 0.9, 4.0, 20.4, 20.9, 20.3};
    sb_alignment *a = turns_late(late, 6, 8, 0.8F);
    sb_jump *jumps;
    (void)state;

    a->turns[2].confidence = 0.05F;
    for (size_t w = 0; w < a->turns[2].n_words; w++)
        a->turns[2].words[w].status = SB_WORD_ESTIMATED;
    assert_int_equal(find(&jumps, a), 1);
    assert_int_equal(jumps[0].before, 1);
    assert_int_equal(jumps[0].turn, 3);
    free(jumps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns_within_their_resolution_do_not_jump),
        cmocka_unit_test(test_a_single_last_turn_makes_a_break),
        cmocka_unit_test(test_a_single_word_makes_no_break),
        cmocka_unit_test(test_breaks_two_turns_apart_are_two),
        cmocka_unit_test(test_a_single_stray_turn_is_ignored),
        cmocka_unit_test(test_estimated_turns_do_not_hide_a_jump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
