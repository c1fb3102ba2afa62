#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/drift.h"
#include "support_alignment.h"
#include "support_memory.h"

static sb_alignment *drifting(void)
{
    sb_alignment *a = alignment_sample();

    a->pairing = SB_PAIRING_OK;
    a->breaks[0].confidence = 0.9F;
    a->map[0].offset = 0;
    return a;
}

static sb_bytes report(sb_alignment *a, int width)
{
    sb_bytes bytes = {0};
    sb_drift *d;

    assert_int_equal(sb_drift_measure(&d, a, &(sb_drift_params){.max_drift = 200 * SB_TIME_MS}, NULL), SB_OK);
    if (width > 0)
        sb_drift_write_text(&bytes, d, a, width);
    else
        sb_drift_write_json(&bytes, d, a);
    assert_false(bytes.failed);
    sb_drift_free(&d);
    return bytes;
}

static void test_json_has_the_contracts_members_in_order(void **state)
{
    static const char *const names[] = {
        "verdict",          "offset",     "rate_ppm",  "breaks", "stamps",       "turns",      "suspect",
        "unmatched_speech", "resolution", "max_drift", "reason", "made_for_fps", "runs_at_fps"};
    sb_alignment *a = drifting();
    sb_bytes bytes = report(a, 0);
    const char *key = NULL;
    sb_json_doc *doc;
    size_t n = 0;
    (void)state;

    assert_int_equal(sb_json_read(&doc, bytes.data, bytes.size, NULL, NULL), SB_OK);
    while (sb_json_next_member(sb_json_root(doc), &key))
        assert_string_equal(key, names[n++]);
    assert_int_equal(n, sizeof names / sizeof *names);
    assert_string_equal(sb_json_string(sb_json_member(sb_json_root(doc), "verdict")), "drift");
    sb_json_free(&doc);
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static void test_json_values(void **state)
{
    sb_alignment *a = drifting();
    sb_bytes bytes = report(a, 0);
    (void)state;

    assert_non_null(strstr(bytes.data, "\"offset\": 0.000000, \"rate_ppm\": 12.500,\n"));
    assert_non_null(strstr(bytes.data, "\"gap\": 0.500000, \"kind\": \"inserted\""));
    assert_non_null(strstr(bytes.data, "\"stamps\": {\"count\": 2, \"median_abs_error\": 0.100000, "
                                       "\"p95_abs_error\": 0.100000, \"max_abs_error\": 0.100000, "
                                       "\"within_resolution\": 2, "));
    assert_non_null(strstr(bytes.data,
                           "{\"index\": 0, \"speaker\": null, \"stamp\": 0.000000, \"start\": 0.100000, "
                           "\"error\": 0.100000"));
    assert_non_null(strstr(bytes.data, "\"stamp\": null, \"start\": 1.100000, \"error\": null"));
    assert_non_null(
        strstr(bytes.data,
               "{\"index\": 1, \"kind\": \"unheard-text\", \"note\": \"\\\"\\\"two,\\\"\\\" was not heard"));
    assert_non_null(strstr(bytes.data, "\"unmatched_speech\": [[1.000000, 1.500000]]"));
    assert_non_null(strstr(bytes.data, "\"resolution\": 1.000000, \"max_drift\": 0.200000"));
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static void test_the_text_report(void **state)
{
    static const char *const lines[] = {
        "DRIFT         The audio has 0.500 s that is not in the transcript, starting at",
        "\nOffset        none: ",
        "\nClock         13 parts per million: the audio loses 45 ms per hour\n",
        "\nBreaks        at 00:00:01.0 of the transcript, 0.500 s were inserted: 00:00:01.0 to 00:00:01.5 of "
        "the audio\n",
        "\nTimes         2 measured, with a resolution of 1 s; 2 (100 %) are right at that",
        "\nError         median 0.100 s, 95 % within 0.100 s, worst 0.100 s; up to 1 s of that is "
        "resolution,",
        "\nLook at       00:00:01.100 Ben Wilson: \"\"two,\"\" was not heard",
        "\nNo text for   00:00:01.0 to 00:00:01.5 of the audio\n",
    };
    sb_alignment *a = drifting();
    sb_bytes bytes = report(a, 120);
    (void)state;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!strstr(bytes.data, lines[i]))
            fail_msg("missing: %s\nin: %s", lines[i], bytes.data);
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static size_t longest_line(const char *text)
{
    size_t longest = 0;

    while (*text) {
        size_t n = strcspn(text, "\n");
        longest = n > longest ? n : longest;
        text += n + (text[n] == '\n');
    }
    return longest;
}

static void test_text_keeps_to_its_width(void **state)
{
    sb_alignment *a = drifting();
    (void)state;

    for (int width = 60; width < 200; width += 7) {
        sb_bytes bytes = report(a, width);
        assert_true(longest_line(bytes.data) <= (size_t)width);
        assert_null(strstr(bytes.data, " \n"));
        sb_bytes_finish(&bytes);
    }
    sb_alignment_free(&a);
}

static void test_names_cannot_control_the_terminal(void **state)
{
    sb_alignment *a = drifting();
    (void)state;

    free(a->turns[1].speaker);
    a->turns[1].speaker = sb_copy_text("\033[2JEve\xc2\x9b\xe2\x80\xae", NULL);
    sb_bytes bytes = report(a, 80);
    assert_non_null(strstr(bytes.data, "?[2JEve??:"));
    assert_null(strchr(bytes.data, '\033'));
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static void test_turns_off_are_listed_and_counted(void **state)
{
    sb_alignment *a = alignment_long(40, 2);
    (void)state;

    a->audio.duration += 3 * SB_TIME_SECOND;
    for (size_t i = 0; i < 40; i++) {
        a->turns[i].start += 3 * SB_TIME_SECOND;
        a->turns[i].end += 3 * SB_TIME_SECOND;
    }
    a->turns[20].start += 500 * SB_TIME_MS;
    a->turns[30].start += 400 * SB_TIME_MS;
    sb_bytes bytes = report(a, 100);
    assert_non_null(strstr(bytes.data,
                           "\nWorst         00:00:20 Zo\xc3\xab: heard at 00:00:23.60, 3.600 s later\n"
                           "              00:00:30 Zo\xc3\xab: heard at 00:00:33.50, 3.500 s later\n"
                           "              00:00:00 Zo\xc3\xab: heard at 00:00:03.10, 3.100 s later\n"));
    assert_non_null(strstr(bytes.data, "00:00:09 Ben"));
    assert_null(strstr(bytes.data, "00:00:10 Zo"));
    assert_non_null(strstr(bytes.data, "and 28 more; the JSON report lists them all"));
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static void test_shared_seconds_are_counted_only(void **state)
{
    sb_alignment *a = alignment_long(3, 2);
    (void)state;

    a->turns[1].stamp = a->turns[0].stamp;
    sb_bytes bytes = report(a, 100);
    assert_non_null(strstr(bytes.data, "\nSame time     1 turn has the same time as the previous turn"));
    assert_null(strstr(bytes.data, "Look at"));
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static void test_a_mismatch_has_no_figures(void **state)
{
    sb_alignment *a = drifting();
    (void)state;

    a->pairing = SB_PAIRING_MISMATCH;
    sb_bytes bytes = report(a, 200);
    assert_memory_equal(bytes.data, "MISMATCH      ", 14);
    assert_null(strstr(bytes.data, "Offset"));
    assert_null(strstr(bytes.data, "Times"));
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static void test_without_stamps_there_are_no_figures(void **state)
{
    sb_alignment *a = alignment_long(1, 2);
    (void)state;

    a->turns[0].stamp = SB_TIME_NONE;
    sb_bytes bytes = report(a, 200);
    assert_non_null(strstr(bytes.data, "OK            The transcript has no times"));
    assert_null(strstr(bytes.data, "Offset"));
    assert_null(strstr(bytes.data, "Times "));
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

static void test_failing_allocations_are_reported(void **state)
{
    sb_alignment *a = drifting();
    bool refused = true;
    sb_drift *d;
    (void)state;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    for (size_t n = 0; refused; n++) {
        sb_bytes text = {0}, json = {0};
        memory_fail_from(n);
        sb_drift_write_text(&text, d, a, 80);
        sb_drift_write_json(&json, d, a);
        refused = memory_fail_end();
        assert_int_equal(text.failed || json.failed, refused);
        sb_bytes_finish(&text);
        sb_bytes_finish(&json);
    }
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void test_the_largest_break_comes_first(void **state)
{
    sb_alignment *a = alignment_long(40, 8);
    sb_break breaks[] = {{.at = 10 * SB_TIME_SECOND, .gap = 2 * SB_TIME_SECOND, .confidence = 1},
                         {.at = 20 * SB_TIME_SECOND, .gap = -9 * SB_TIME_SECOND, .confidence = 1},
                         {.at = 30 * SB_TIME_SECOND, .gap = 5 * SB_TIME_SECOND, .confidence = 1}};
    (void)state;

    a->breaks = calloc(3, sizeof *a->breaks);
    memcpy(a->breaks, breaks, sizeof breaks);
    a->n_breaks = 3;
    sb_bytes bytes = report(a, 80);
    const char *first = strstr(bytes.data, "at 00:00:20.0 of"),
               *second = strstr(bytes.data, "at 00:00:30.0 of"),
               *third = strstr(bytes.data, "at 00:00:10.0 of");
    assert_non_null(first);
    assert_true(first < second && second < third);
    sb_bytes_finish(&bytes);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_has_the_contracts_members_in_order),
        cmocka_unit_test(test_json_values),
        cmocka_unit_test(test_the_text_report),
        cmocka_unit_test(test_text_keeps_to_its_width),
        cmocka_unit_test(test_names_cannot_control_the_terminal),
        cmocka_unit_test(test_turns_off_are_listed_and_counted),
        cmocka_unit_test(test_shared_seconds_are_counted_only),
        cmocka_unit_test(test_a_mismatch_has_no_figures),
        cmocka_unit_test(test_without_stamps_there_are_no_figures),
        cmocka_unit_test(test_failing_allocations_are_reported),
        cmocka_unit_test(test_the_largest_break_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
