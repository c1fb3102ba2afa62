#include "support_memory.h"

#include "clip/splice/splice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define N 100

/* The hop of the cut in a pause of N hops of room tone, with sound 20 dB louder in [from, until). */
static size_t cut(size_t from, size_t until, size_t planned)
{
    float powers[N];
    size_t found;
    for (size_t i = 0; i < N; i++)
        powers[i] = (i >= from && i < until ? 100 : 1) * 1e-6f * (1 + 0.3f * (float)(i * 7 % 5));
    assert_int_equal(sb_breath_cut(&found, powers, N, planned, NULL), SB_OK);
    return found;
}

static void a_quiet_place_is_kept(void **user)
{
    (void)user;
    assert_int_equal(cut(0, 0, 60), 60);
    assert_int_equal(cut(20, 40, 60), 60);
    assert_int_equal(cut(70, 95, 60), 60);
}

static void an_edge_moves_to_the_nearer_side_of_a_breath(void **user)
{
    (void)user;
    assert_in_range(cut(40, 65, 60), 66, 70);
    assert_in_range(cut(58, 85, 60), 54, 57);
    assert_in_range(cut(3, 60, 40), 61, 65); /* otherwise hardly any padding would be left */
}

static void sound_continuing_from_the_speech_is_kept_whole(void **user)
{
    (void)user;
    assert_in_range(cut(0, 80, 40), 81, 85);
}

static void sound_leading_to_the_neighbour_is_left_out(void **user)
{
    (void)user;
    assert_in_range(cut(50, N, 60), 45, 49);
    assert_in_range(cut(30, N, 90), 25, 29);
}

static void without_a_calm_place_nothing_moves(void **user)
{
    (void)user;
    assert_int_equal(cut(0, N, 60), 60);
    assert_int_equal(cut(0, 5, 3) > 3, true);
    assert_int_equal(cut(2, 6, N + 5), N + 5);
}

static void nothing_is_added_beyond_300_ms(void **user)
{
    (void)user;
    assert_in_range(cut(20, 95, 25), 15, 19);
}

static void failing_allocations_are_reported(void **user)
{
    (void)user;
    float powers[N] = {0};
    size_t found;
    memory_fail_from(0);
    sb_status status = sb_breath_cut(&found, powers, N, 50, NULL);
    assert_true(memory_fail_end());
    assert_int_equal(status, SB_ERR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quiet_place_is_kept),
        cmocka_unit_test(an_edge_moves_to_the_nearer_side_of_a_breath),
        cmocka_unit_test(sound_continuing_from_the_speech_is_kept_whole),
        cmocka_unit_test(sound_leading_to_the_neighbour_is_left_out),
        cmocka_unit_test(without_a_calm_place_nothing_moves),
        cmocka_unit_test(nothing_is_added_beyond_300_ms),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
