#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "transcript/transcript.h"

static void clock_is(const char *text, sb_time time, size_t length)
{
    sb_stamp stamp = sb_stamp_clock(text, strlen(text));
    if (stamp.time != time || stamp.length != length || stamp.problem)
        fail_msg("\"%s\": %f s, %zu bytes, %s", text, sb_time_to_seconds(stamp.time), stamp.length,
                 stamp.problem ? stamp.problem : "no problem");
}

static void test_clock(void **state)
{
    (void)state;
    clock_is("00:00:15", 15 * SB_TIME_SECOND, 8);
    clock_is("0:0:3.490", 3490 * SB_TIME_MS, 9);
    clock_is("75:10", 4510 * SB_TIME_SECOND, 5);
    clock_is("100:00:01]", 360001 * SB_TIME_SECOND, 9);
    clock_is("1:02,5 -->", 62500 * SB_TIME_MS, 6);
    clock_is("00:01.5.", 1500 * SB_TIME_MS, 7);
    clock_is("00:00.0000000019", 1, 16);
    clock_is("00:01.", SB_TIME_SECOND, 5);
    clock_is("12", SB_TIME_NONE, 0);
    clock_is("a1:00", SB_TIME_NONE, 0);
    clock_is("", SB_TIME_NONE, 0);
}

static void test_clock_problems(void **state)
{
    (void)state;
    static const char *const bad[] = {"00:00:60", "00:61:00", "-00:00:01",    "00:99",
                                      "0000:00",  "1:2:345",  "9999999:00:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        sb_stamp stamp = sb_stamp_clock(bad[i], strlen(bad[i]));
        assert_non_null(stamp.problem);
        assert_int_equal(stamp.time, SB_TIME_NONE);
        assert_int_equal(stamp.length, strlen(bad[i]));
    }
}

static void number_is(const char *text, sb_time unit, sb_time time, bool has_problem)
{
    sb_stamp stamp = sb_stamp_number(text, strlen(text), unit);
    if (stamp.time != time || has_problem != (stamp.problem != NULL))
        fail_msg("\"%s\" is %f s", text, sb_time_to_seconds(stamp.time));
}

static void test_numbers(void **state)
{
    (void)state;
    number_is("42.25", SB_TIME_SECOND, 42250 * SB_TIME_MS, false);
    number_is("1500", SB_TIME_MS, 1500 * SB_TIME_MS, false);
    number_is("1.5e1", SB_TIME_SECOND, 15 * SB_TIME_SECOND, false);
    number_is("0", SB_TIME_SECOND, 0, false);
    number_is("-0.0", SB_TIME_SECOND, 0, false);
    number_is("-1", SB_TIME_SECOND, SB_TIME_NONE, true);
    number_is("1e999", SB_TIME_SECOND, SB_TIME_NONE, true);
    number_is("99999999999999999999", SB_TIME_SECOND, SB_TIME_NONE, true);
    number_is("x", SB_TIME_SECOND, SB_TIME_NONE, false);
}

static void test_any(void **state)
{
    (void)state;
    assert_int_equal(sb_stamp_any("1.500s", 6).time, 1500 * SB_TIME_MS);
    assert_int_equal(sb_stamp_any("1:00", 4).time, 60 * SB_TIME_SECOND);
    assert_int_equal(sb_stamp_any("1:00x", 5).time, SB_TIME_NONE);
    assert_int_equal(sb_stamp_any("", 0).time, SB_TIME_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_clock), cmocka_unit_test(test_clock_problems),
                                       cmocka_unit_test(test_numbers), cmocka_unit_test(test_any)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
