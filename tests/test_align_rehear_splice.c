#include "align/certify/certify.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N      (6 * SB_MONO_HZ)
#define START  (2 * SB_MONO_HZ)
#define END    (4 * SB_MONO_HZ)
#define AROUND SB_MONO_HZ

static float source[N];

static int fill(void **user)
{
    (void)user;
    uint32_t state = 7;
    for (int i = 0; i < N; i++) {
        state = state * 1664525 + 1013904223;
        source[i] = (float)(state >> 8) / (1 << 24) * 0.4f - 0.2f;
    }
    return 0;
}

static sb_rehear_sound sound_with(const float *clip, size_t n)
{
    return (sb_rehear_sound){.clip = clip,
                             .n_clip = n,
                             .start = {source + START - AROUND, 2 * AROUND, AROUND},
                             .end = {source + END - AROUND, 2 * AROUND, AROUND}};
}

static float *copy(int64_t first, int64_t end, float gain)
{
    float *clip = calloc((size_t)(end - first), sizeof *clip);
    for (int64_t i = first; i < end; i++)
        clip[i - first] = source[i] * gain;
    return clip;
}

static void the_file_replaces_the_source(void **user)
{
    (void)user;
    float *clip = copy(START, END, 0.5f);
    for (int i = 0; i < 160; i++)
        clip[i] = clip[END - START - 1 - i] = 0;
    sb_rehear_sound sound = sound_with(clip, END - START);
    sb_rehear_splice s;
    assert_int_equal(sb_rehear_splice_make(&s, &sound, NULL), SB_OK);
    assert_int_equal(s.start, AROUND);
    assert_int_equal(s.end, AROUND + END - START);
    assert_int_equal(s.n, END - START + 2 * AROUND);
    assert_int_equal(s.moved[0], 0);
    assert_int_equal(s.moved[1], 0);
    for (size_t i = 0; i < s.n; i++)
        assert_true(fabsf(s.samples[i] - source[START - AROUND + i]) < 0.01f);
    assert_true(abs(s.edge_levels[0] - s.levels[s.n_levels / 2]) < 20);
    sb_rehear_splice_finish(&s);
    free(clip);
}

static void a_shifted_file_is_found(void **user)
{
    (void)user;
    float *clip = copy(START + 400, END + 400, 1);
    sb_rehear_sound sound = sound_with(clip, END - START);
    sb_rehear_splice s;
    assert_int_equal(sb_rehear_splice_make(&s, &sound, NULL), SB_OK);
    assert_int_equal(s.moved[0], 25 * SB_TIME_MS);
    assert_int_equal(s.moved[1], 25 * SB_TIME_MS);
    assert_int_equal(s.start, AROUND + 400);
    for (size_t i = 0; i < s.n; i++)
        assert_true(fabsf(s.samples[i] - source[START - AROUND + i]) < 0.01f);
    sb_rehear_splice_finish(&s);
    free(clip);
}

static void other_sound_is_reported(void **user)
{
    (void)user;
    float *clip = copy(0, END - START, 1);
    sb_rehear_sound sound = sound_with(clip, END - START);
    sb_rehear_splice s;
    assert_int_equal(sb_rehear_splice_make(&s, &sound, NULL), SB_OK);
    assert_true(s.moved[0] == SB_TIME_NONE && s.moved[1] == SB_TIME_NONE);
    assert_int_equal(s.n, END - START);
    sb_rehear_splice_finish(&s);
    free(clip);
}

static void short_and_silent_files_are_safe(void **user)
{
    (void)user;
    static const float silence[64];
    sb_rehear_splice s;
    sb_rehear_sound sound = {
        .clip = silence, .n_clip = 64, .start = {silence, 64, 32}, .end = {silence, 64, 32}};
    assert_int_equal(sb_rehear_splice_make(&s, &sound, NULL), SB_OK);
    assert_int_equal(s.moved[0], 0);
    sb_rehear_splice_finish(&s);
    sound = (sb_rehear_sound){.clip = silence, .n_clip = 0, .start = {silence, 0, 0}, .end = {silence, 0, 0}};
    assert_int_equal(sb_rehear_splice_make(&s, &sound, NULL), SB_OK);
    assert_int_equal(s.n, 0);
    sb_rehear_splice_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_replaces_the_source),
        cmocka_unit_test(a_shifted_file_is_found),
        cmocka_unit_test(other_sound_is_reported),
        cmocka_unit_test(short_and_silent_files_are_safe),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
