#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alignment/alignment.h"
#include "support_memory.h"

static void test_the_loudest_frame_counts(void **state)
{
    uint8_t frames[41] = {[3] = 103, [7] = 90, [39] = 255, [40] = 7};
    sb_speech speech = {.hop = 5 * SB_TIME_MS, .levels = frames, .n_levels = 41};
    sb_alignment a = {0};
    (void)state;

    assert_int_equal(sb_levels_take(&a, &speech, NULL), SB_OK);
    assert_int_equal(a.n_levels, 3);
    assert_int_equal(a.levels[0], 100);
    assert_int_equal(a.levels[1], 252);
    assert_int_equal(a.levels[2], 4);
    free(a.levels);
}

static void test_speech_without_levels_has_none(void **state)
{
    sb_speech speech = {.hop = 0};
    sb_alignment a = {0};
    (void)state;

    assert_int_equal(sb_levels_take(&a, &speech, NULL), SB_OK);
    assert_null(a.levels);
    assert_int_equal(a.n_levels, 0);
}

static void test_every_level_survives_as_text(void **state)
{
    uint8_t levels[64], *back;
    sb_bytes text = {0};
    size_t n;
    (void)state;

    for (size_t i = 0; i < 64; i++)
        levels[i] = (uint8_t)(4 * i);
    sb_levels_print(&text, levels, 64);
    assert_string_equal(text.data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    assert_int_equal(sb_levels_parse(&back, &n, text.data), SB_OK);
    assert_int_equal(n, 64);
    assert_memory_equal(back, levels, 64);
    free(back);
    sb_bytes_finish(&text);
}

static void test_invalid_characters_are_refused(void **state)
{
    uint8_t *levels;
    size_t n;
    (void)state;

    assert_int_equal(sb_levels_parse(&levels, &n, "AB=="), SB_ERR_FORMAT);
    assert_null(levels);
    assert_int_equal(n, 0);
    assert_int_equal(sb_levels_parse(&levels, &n, ""), SB_OK);
    assert_null(levels);
}

static void test_failing_allocations_are_reported(void **state)
{
    uint8_t frame = 200, *levels;
    sb_speech speech = {.hop = 5 * SB_TIME_MS, .levels = &frame, .n_levels = 1};
    sb_alignment a = {0};
    size_t n;
    (void)state;

    memory_fail_from(0);
    assert_int_equal(sb_levels_take(&a, &speech, NULL), SB_ERR_MEMORY);
    memory_fail_end();
    memory_fail_from(0);
    assert_int_equal(sb_levels_parse(&levels, &n, "A"), SB_ERR_MEMORY);
    memory_fail_end();
    assert_null(levels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_loudest_frame_counts),
        cmocka_unit_test(test_speech_without_levels_has_none),
        cmocka_unit_test(test_every_level_survives_as_text),
        cmocka_unit_test(test_invalid_characters_are_refused),
        cmocka_unit_test(test_failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
