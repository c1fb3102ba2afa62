#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamps.h"
#include "support_alignment.h"

#define N_TURNS 40
#define TURN_S  5

/* Turns with stamps in milliseconds whose clock is `ppm` off and which are `offset_s` early. */
static sb_alignment *turns_by_clock(double offset_s, double ppm)
{
    sb_alignment *a = alignment_long(N_TURNS, 4);

    a->transcript.resolution = SB_TIME_MS;
    for (size_t t = 0; t < N_TURNS; t++) {
        double stamp = (double)t * TURN_S, jitter = 0.02 * sin(7.0 * (double)t);
        a->turns[t].stamp = sb_time_from_seconds(stamp);
        a->turns[t].start = sb_time_from_seconds(stamp + offset_s + stamp * ppm * 1e-6 + jitter);
        a->turns[t].confidence = 0.9F;
    }
    return a;
}

static sb_map_piece fit(sb_alignment *a)
{
    sb_error err = {0};

    sb_time_map_forget(a);
    assert_int_equal(sb_time_map_fit(a, NULL, 0, &err), SB_OK);
    assert_int_equal(a->n_map, 1);
    sb_map_piece piece = a->map[0];
    sb_alignment_free(&a);
    return piece;
}

static void test_a_clock_rate_is_found_in_three_minutes_of_fine_stamps(void **state)
{
    (void)state;
    assert_true(fabs(fit(turns_by_clock(0, 2500)).rate_ppm - 2500) < 40);
    assert_true(fabs(fit(turns_by_clock(0, -2500)).rate_ppm + 2500) < 40);
}

static void test_an_offset_of_fine_stamps_is_their_middle(void **state)
{
    sb_map_piece piece = fit(turns_by_clock(3.25, 0));
    (void)state;

    assert_true(piece.rate_ppm == 0);
    assert_true(llabs(piece.offset - sb_time_from_seconds(3.25)) < 10 * SB_TIME_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_clock_rate_is_found_in_three_minutes_of_fine_stamps),
        cmocka_unit_test(test_an_offset_of_fine_stamps_is_their_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
