#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_memory.h"
#include "transcript/transcript.h"

static const char source[] = "0.1 2.3 4 5:06";

static sb_time_edits begin(void)
{
    return (sb_time_edits){.source = source, .size = strlen(source), .style = SB_STAMP_STYLE_NONE};
}

static void add(sb_time_edits *edits, size_t at, size_t length, double seconds)
{
    sb_time_edits_add(edits, (sb_range){at, length},
                      seconds < 0 ? SB_TIME_NONE : sb_time_from_seconds(seconds), SB_TIME_SECOND);
}

static void assert_applied(sb_time_edits *edits, const char *expected)
{
    sb_bytes out;

    assert_true(sb_time_edits_apply(&out, edits, "UTF-8"));
    assert_string_equal(out.data, expected);
    assert_null(edits->items);
    sb_bytes_finish(&out);
}

static void edits_are_made_in_the_order_of_the_text(void **state)
{
    sb_time_edits edits = begin();

    (void)state;
    assert_applied(&edits, source);
    edits = begin();
    add(&edits, 10, 4, 67);
    add(&edits, 0, 3, 10.28);
    add(&edits, 3, 4, -1);
    add(&edits, 8, 0, 20);
    assert_applied(&edits, "10.2 4 1:07");
}

static void of_overlapping_edits_the_first_and_longest_wins(void **state)
{
    sb_time_edits edits = begin();

    (void)state;
    add(&edits, 4, 1, 1);
    add(&edits, 4, 3, 2);
    add(&edits, 6, 3, 3);
    assert_applied(&edits, "0.1 2.0 5:06");
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    bool refused = true;

    (void)state;
    for (size_t n = 0; refused; n++) {
        sb_time_edits edits = begin();
        sb_bytes out;
        memory_fail_from(n);
        add(&edits, 1, 1, 1);
        bool done = sb_time_edits_apply(&out, &edits, "UTF-8");
        refused = memory_fail_end();
        assert_int_equal(done, !refused);
        assert_int_equal(out.data == NULL, refused);
        sb_bytes_finish(&out);
    }
}

static void times_are_cut_or_rounded_to_the_decimals_they_have(void **state)
{
    sb_time_edits edits = begin();

    (void)state;
    add(&edits, 0, 3, 1.98);
    add(&edits, 8, 1, 7.126);
    add(&edits, 10, 4, 59.7);
    assert_applied(&edits, "1.9 2.3 7 0:59");
    edits = begin();
    edits.rounds = true;
    add(&edits, 0, 3, 1.98);
    add(&edits, 8, 1, 7.126);
    add(&edits, 10, 4, 59.7);
    assert_applied(&edits, "1.98 2.3 7.13 1:00");
}

static void measured_times_set_the_width(void **state)
{
    sb_time_edits edits = begin();

    (void)state;
    sb_time_edits_measure(&edits, (sb_range){10, 4});
    add(&edits, 10, 4, 3700);
    assert_applied(&edits, "0.1 2.3 4 01:01:40");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_made_in_the_order_of_the_text),
        cmocka_unit_test(of_overlapping_edits_the_first_and_longest_wins),
        cmocka_unit_test(times_are_cut_or_rounded_to_the_decimals_they_have),
        cmocka_unit_test(measured_times_set_the_width),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
