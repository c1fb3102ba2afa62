#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/time.h"

static void every_common_sample_is_whole_flicks(void **state)
{
    static const int rates[] = {8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 192000};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        assert_int_equal(SB_TIME_SECOND % rates[i], 0);
        for (int64_t n = -5; n < 3000000000; n = n < 0 ? n + 1 : n * 3 + 7)
            assert_int_equal(sb_time_to_samples(sb_time_from_samples(n, rates[i]), rates[i]), n);
    }
}

static void conversions_round_and_saturate(void **state)
{
    (void)state;
    assert_int_equal(sb_time_from_samples(1, 3), SB_TIME_SECOND / 3);
    assert_int_equal(sb_time_to_samples(SB_TIME_MS / 2, 1000), 1);
    assert_int_equal(sb_time_to_samples(-SB_TIME_MS / 2, 1000), -1);
    assert_int_equal(sb_time_from_samples(INT64_MAX, 1), INT64_MAX);
    assert_int_equal(sb_time_from_seconds(NAN), SB_TIME_NONE);
    assert_int_equal(sb_time_from_seconds(1e30), SB_TIME_NONE);
    assert_int_equal(sb_time_from_seconds(-1.5), -3 * SB_TIME_SECOND / 2);
    assert_true(isnan(sb_time_to_seconds(SB_TIME_NONE)));
}

static void times_are_read_as_people_type_them(void **state)
{
    static const struct {
        const char *text;
        sb_time ms;
    } cases[] = {
        {"90", 90000},
        {"90s", 90000},
        {"1500ms", 1500},
        {"1.5", 1500},
        {"1,5", 1500},
        {"1:30", 90000},
        {"90:00", 5400000},
        {"1:02:03.5", 3723500},
        {" 0:01 ", 1000},
        {"-2", -2000},
        {"-0:00.25", -250},
        {"0", 0},
        {"100:00:01", 360001000},
        {"2.5 s", 2500},
        {"4m3s", 243000},
        {"20sec", 20000},
        {"1h2m", 3720000},
        {"90 s", 90000},
        {"5m", 300000},
        {"1h30", 5400000},
        {"2m05", 125000},
        {"1 h 2 min 3.25 s", 3723250},
        {"4'03\"", 243000},
        {"1.5 hours", 5400000},
        {"3 Min. 7 Sec.", 187000},
        {"10S", 10000},
        {"-1m30s", -90000},
        {"1m500ms", 60500},
        {"1 hour", 3600000},
        {"2,5min", 150000},
        {"4\xe2\x80\xb2"
         "3\xe2\x80\xb3",
         243000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_time t;
        assert_int_equal(sb_time_parse(&t, cases[i].text, NULL), SB_OK);
        assert_int_equal(t, cases[i].ms * SB_TIME_MS);
    }
}

static void invalid_times_are_refused(void **state)
{
    static const char *const cases[] = {"",      "x",    "1:60",   "1:2:60", "1:2:3:4", "1.5:30",
                                        "5x",    "--5",  "1:",     "nan",    "1e3",     "99999999999",
                                        "3s4m",  "1m2m", "1.5m3s", "5s500",  "90 s x",  "s",
                                        "1:30m", "m5",   "5 sx",   "1h:2"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_error err = {0};
        sb_time t = 0;
        assert_int_equal(sb_time_parse(&t, cases[i], &err), SB_ERR_ARGUMENT);
        assert_int_equal(t, SB_TIME_NONE);
        assert_non_null(strstr(err.message, "is not a time"));
    }
}

static void times_are_printed_cut_and_seconds_rounded(void **state)
{
    char text[SB_TIME_TEXT];
    (void)state;
    assert_string_equal(sb_time_print(text, 3723999 * SB_TIME_MS, 0), "01:02:03");
    assert_string_equal(sb_time_print(text, 3723999 * SB_TIME_MS, 3), "01:02:03.999");
    assert_string_equal(sb_time_print(text, -1500 * SB_TIME_MS, 1), "-00:00:01.5");
    assert_string_equal(sb_time_print(text, SB_TIME_NONE, 3), "-");
    assert_string_equal(sb_time_print_seconds(text, 1999 * SB_TIME_MS, 2), "2.00");
    assert_string_equal(sb_time_print_seconds(text, -125 * SB_TIME_MS, 6), "-0.125000");
    assert_string_equal(sb_time_print_seconds(text, -1, 6), "0.000000");
    assert_string_equal(sb_time_print_seconds(text, SB_TIME_NONE, 6), "null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_common_sample_is_whole_flicks),
        cmocka_unit_test(conversions_round_and_saturate),
        cmocka_unit_test(times_are_read_as_people_type_them),
        cmocka_unit_test(invalid_times_are_refused),
        cmocka_unit_test(times_are_printed_cut_and_seconds_rounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
