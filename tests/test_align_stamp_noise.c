#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamps.h"
#include "alignment/alignment.h"
#include "support_alignment.h"

#define MOST_TURNS 400

/* Numbers from 0 to 1, the same on every machine (the "minimal standard" of Park and Miller, 1988). */
static double draw(uint32_t *seed)
{
    *seed = (uint32_t)((uint64_t)*seed * 48271 % 2147483647);
    return (double)*seed / 2147483647.0;
}

static double draw_normal(uint32_t *seed)
{
    return sqrt(-2 * log(draw(seed))) * cos(2 * 3.14159265358979 * draw(seed));
}

/* Turns that start 2 to 10 seconds apart. */
static void draw_starts(double *starts, size_t n, uint32_t *seed)
{
    double at = 3;
    for (size_t t = 0; t < n; t++) {
        starts[t] = at;
        at += 2 + 8 * draw(seed);
    }
}

static sb_alignment *alignment_of(const double *starts, const double *stamps, size_t n, sb_time resolution)
{
    sb_alignment *a = alignment_long(n, 8);
    a->audio.duration = sb_time_from_seconds(starts[n - 1] + 20);
    a->transcript.resolution = resolution;
    for (size_t t = 0; t < n; t++) {
        sb_time stamp = sb_time_from_seconds(stamps[t]);
        a->turns[t].stamp = stamp - stamp % resolution;
        a->turns[t].start = sb_time_from_seconds(starts[t]);
        a->turns[t].end = a->turns[t].start + SB_TIME_SECOND;
        a->turns[t].confidence = 0.95F;
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            sb_aligned_word *word = &a->turns[t].words[w];
            word->start = a->turns[t].start + (sb_time)w * SB_TIME_SECOND / 8;
            word->end = word->start + SB_TIME_SECOND / 8;
            word->confidence = 0.95F;
        }
    }
    return a;
}

static void make_map(sb_alignment *a)
{
    sb_error err = {0};
    assert_int_equal(sb_turn_map_make(a, &err), SB_OK);
}

static void test_jitter_makes_no_break_and_no_rate(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        double starts[MOST_TURNS], stamps[MOST_TURNS];
        uint32_t random = seed * 7919;
        size_t n = seed % 2 ? 300 : 60;
        draw_starts(starts, n, &random);
        for (size_t t = 0; t < n; t++)
            stamps[t] = starts[t] + (seed % 4 < 2 ? 0.25 * draw_normal(&random) : 0.5 * draw(&random) - 0.25);
        sb_alignment *a = alignment_of(starts, stamps, n, seed % 3 ? SB_TIME_MS : 10 * SB_TIME_MS);
        make_map(a);
        assert_int_equal(a->n_breaks, 0);
        assert_true(a->map[0].rate_ppm == 0);
        sb_alignment_free(&a);
    }
}

/* Speech in stretches of 30 to 90 s, each divided evenly among its cues. */
static void interpolate(double *stamps, const double *starts, size_t n, uint32_t *random)
{
    for (size_t first = 0; first < n;) {
        size_t end = first + 1;
        double length = 30 + 60 * draw(random);
        while (end < n && starts[end] - starts[first] < length)
            end++;
        double until = end < n ? starts[end] : starts[n - 1] + 5;
        for (size_t t = first; t < end; t++)
            stamps[t] = starts[first] + (until - starts[first]) * (double)(t - first) / (double)(end - first);
        first = end;
    }
}

static void test_interpolated_cues_make_no_break(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        double starts[MOST_TURNS], stamps[MOST_TURNS];
        uint32_t random = seed * 104729;
        draw_starts(starts, MOST_TURNS, &random);
        interpolate(stamps, starts, MOST_TURNS, &random);
        sb_alignment *a = alignment_of(starts, stamps, MOST_TURNS, SB_TIME_MS);
        make_map(a);
        assert_int_equal(a->n_breaks, 0);
        assert_true(a->map[0].rate_ppm == 0);
        sb_alignment_free(&a);
    }
}

static void test_an_ad_is_found_with_interpolated_cues(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        double starts[MOST_TURNS], stamps[MOST_TURNS];
        uint32_t random = seed * 15485863;
        draw_starts(starts, MOST_TURNS, &random);
        interpolate(stamps, starts, MOST_TURNS, &random);
        for (size_t t = MOST_TURNS / 2; t < MOST_TURNS; t++)
            starts[t] += 40;
        sb_alignment *a = alignment_of(starts, stamps, MOST_TURNS, SB_TIME_MS);
        make_map(a);
        assert_int_equal(a->n_breaks, 1);
        assert_true(fabs(sb_time_to_seconds(a->breaks[0].gap) - 40) < 5);
        sb_alignment_free(&a);
    }
}

static void test_breaks_are_found_with_jittered_stamps(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        double starts[MOST_TURNS], stamps[MOST_TURNS];
        uint32_t random = seed * 32452843;
        draw_starts(starts, MOST_TURNS, &random);
        for (size_t t = 0; t < MOST_TURNS; t++)
            stamps[t] = starts[t] + 0.5 * draw(&random) - 0.25;
        for (size_t t = 0; t < MOST_TURNS; t++)
            starts[t] += t >= 300 ? 0 : t >= 200 ? 32 : t >= 100 ? 2 : 0;
        sb_alignment *a = alignment_of(starts, stamps, MOST_TURNS, SB_TIME_MS);
        make_map(a);
        assert_int_equal(a->n_breaks, 3);
        assert_true(fabs(sb_time_to_seconds(a->breaks[0].gap) - 2) < 0.15);
        assert_true(fabs(sb_time_to_seconds(a->breaks[1].gap) - 30) < 0.15);
        assert_true(fabs(sb_time_to_seconds(a->breaks[2].gap) + 32) < 0.15);
        sb_alignment_free(&a);
    }
}

/* Stamps of a film whose clock has the rate `ratio`, in whole seconds or milliseconds. Every other film
 * has a break. */
static void check_ratio(double ratio, size_t n, uint32_t seed, sb_time resolution)
{
    double starts[MOST_TURNS], stamps[MOST_TURNS];
    uint32_t random = seed * 49979687;
    draw_starts(starts, n, &random);
    bool breaks = seed % 2 && n >= 100;
    for (size_t t = 0; t < n; t++)
        stamps[t] = starts[t] / ratio - (resolution < SB_TIME_SECOND ? 0.02 * draw(&random) : 0);
    for (size_t t = n / 2; breaks && t < n; t++)
        starts[t] += 25;
    sb_alignment *a = alignment_of(starts, stamps, n, resolution);
    make_map(a);
    assert_int_equal(a->n_breaks, breaks);
    assert_true(fabs(a->map[0].rate_ppm - (ratio - 1) * 1e6) < 1);
    sb_alignment_free(&a);
}

static void test_frame_rates_are_recognised(void **state)
{
    size_t n_pairs;
    const sb_frame_rates *pairs = sb_frame_rates_all(&n_pairs);
    (void)state;
    for (size_t i = 0; i < n_pairs; i++)
        for (uint32_t seed = 1; seed <= 6; seed++) {
            double ratio = pairs[i].made_for / pairs[i].runs_at;
            check_ratio(ratio, 300, seed, SB_TIME_MS);
            check_ratio(ratio, 300, seed, SB_TIME_SECOND);
            if (fabs(ratio - 1) > 0.03)
                check_ratio(ratio, 40, seed, SB_TIME_MS);
        }
}

static void test_the_rate_of_a_short_film_is_approximate(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        double starts[MOST_TURNS], stamps[MOST_TURNS];
        uint32_t random = seed * 179424673;
        draw_starts(starts, 30, &random);
        for (size_t t = 0; t < 30; t++)
            stamps[t] = starts[t] * 23.976 / 25;
        sb_alignment *a = alignment_of(starts, stamps, 30, SB_TIME_SECOND);
        make_map(a);
        assert_int_equal(a->n_breaks, 0);
        assert_true(fabs(a->map[0].rate_ppm - 42700) < 6000);
        sb_alignment_free(&a);
    }
}

static void test_a_programme_timecode_is_an_offset(void **state)
{
    double starts[MOST_TURNS], stamps[MOST_TURNS];
    uint32_t random = 86028121;
    (void)state;
    draw_starts(starts, 60, &random);
    for (size_t t = 0; t < 60; t++)
        stamps[t] = starts[t] + 36000;
    sb_alignment *a = alignment_of(starts, stamps, 60, SB_TIME_MS);
    make_map(a);
    assert_int_equal(a->n_breaks, 0);
    assert_true(a->map[0].rate_ppm == 0);
    assert_true(llabs(a->map[0].offset + 36000 * SB_TIME_SECOND) < 20 * SB_TIME_MS);
    sb_alignment_free(&a);
}

static void test_turns_not_heard_do_not_count(void **state)
{
    double starts[MOST_TURNS], stamps[MOST_TURNS];
    uint32_t random = 122949823;
    (void)state;
    draw_starts(starts, 60, &random);
    for (size_t t = 0; t < 60; t++)
        stamps[t] = starts[t];
    for (size_t t = 30; t < 60; t++)
        starts[t] += 20;
    sb_alignment *a = alignment_of(starts, stamps, 60, SB_TIME_MS);
    for (size_t t = 30; t < 60; t++)
        a->turns[t].status = SB_TURN_NOT_HEARD;
    make_map(a);
    assert_int_equal(a->n_breaks, 0);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jitter_makes_no_break_and_no_rate),
        cmocka_unit_test(test_interpolated_cues_make_no_break),
        cmocka_unit_test(test_an_ad_is_found_with_interpolated_cues),
        cmocka_unit_test(test_breaks_are_found_with_jittered_stamps),
        cmocka_unit_test(test_frame_rates_are_recognised),
        cmocka_unit_test(test_the_rate_of_a_short_film_is_approximate),
        cmocka_unit_test(test_a_programme_timecode_is_an_offset),
        cmocka_unit_test(test_turns_not_heard_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
