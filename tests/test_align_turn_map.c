#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamps.h"
#include "support_alignment.h"

#define TURN_S 10

/* Turns ten seconds apart, with stamps in whole seconds, found `late` seconds after their stamps. */
static sb_alignment *turns_late(const double *late, size_t n)
{
    sb_alignment *a = alignment_long(n, 8);

    a->transcript.resolution = SB_TIME_SECOND;
    for (size_t t = 0; t < n; t++) {
        a->turns[t].stamp = (sb_time)t * TURN_S * SB_TIME_SECOND;
        a->turns[t].start = a->turns[t].stamp + sb_time_from_seconds(late[t]);
        a->turns[t].confidence = 0.9F;
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            a->turns[t].words[w].confidence = 0.9F;
    }
    return a;
}

static void test_pieces_of_one_offset_have_no_break(void **state)
{
    const double late[] = {0.1, 0.2, 0.0, 0.1, 1.4, 0.9, 0.3, 0.2, 0.4};
    sb_alignment *a = turns_late(late, 9);
    sb_error err = {0};
    (void)state;

    assert_int_equal(sb_turn_map_make(a, &err), SB_OK);
    assert_int_equal(a->n_breaks, 0);
    assert_int_equal(a->n_map, 1);
    assert_int_equal(a->map[0].offset, 0);
    sb_alignment_free(&a);
}

static void test_one_turn_outside_its_second_moves_no_offset(void **state)
{
    const double late[] = {0.1, 0.2, 1.01, 0.95, 0.3, 0.06};
    sb_alignment *a = turns_late(late, 6);
    sb_error err = {0};
    (void)state;

    assert_int_equal(sb_turn_map_make(a, &err), SB_OK);
    assert_int_equal(a->map[0].offset, 0);
    sb_alignment_free(&a);
}

static void test_a_piece_of_one_turn_has_its_own_offset(void **state)
{
    const double late[] = {0.1, 0.2, 0.3, 0.6, 5.3};
    sb_alignment *a = turns_late(late, 5);
    sb_error err = {0};
    (void)state;

    assert_int_equal(sb_turn_map_make(a, &err), SB_OK);
    assert_int_equal(a->n_breaks, 1);
    assert_true(a->breaks[0].gap > 4 * SB_TIME_SECOND && a->breaks[0].gap < 6 * SB_TIME_SECOND);
    sb_alignment_free(&a);
}

static void test_one_misheard_start_of_fine_stamps_makes_no_break(void **state)
{
    const double late[] = {-0.4, 0.02, 0.0, 0.03, 0.01, 0.02, 0.45};
    sb_alignment *a = turns_late(late, 7);
    sb_error err = {0};
    (void)state;

    a->transcript.resolution = SB_TIME_MS;
    assert_int_equal(sb_turn_map_make(a, &err), SB_OK);
    assert_int_equal(a->n_breaks, 0);
    assert_true(llabs(a->map[0].offset) < 50 * SB_TIME_MS);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_of_one_offset_have_no_break),
        cmocka_unit_test(test_one_turn_outside_its_second_moves_no_offset),
        cmocka_unit_test(test_a_piece_of_one_turn_has_its_own_offset),
        cmocka_unit_test(test_one_misheard_start_of_fine_stamps_makes_no_break),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
