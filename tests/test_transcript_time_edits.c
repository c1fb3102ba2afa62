#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_memory.h"
#include "transcript/transcript.h"

static const char source[] = "0123456789";

static void in_seconds(sb_bytes *out, sb_range range, sb_time time, const void *user)
{
    sb_bytes_print(out, "%s%d%.*s>", (const char *)user, (int)(time / SB_TIME_SECOND), (int)range.length,
                   source + range.at);
}

static void add(sb_time_edits *edits, size_t at, size_t length, int seconds)
{
    sb_time_edits_add(edits, (sb_range){at, length}, seconds < 0 ? SB_TIME_NONE : seconds * SB_TIME_SECOND);
}

static void assert_applied(sb_time_edits *edits, const char *expected)
{
    sb_bytes out;

    assert_true(sb_time_edits_apply(&out, edits, source, strlen(source), "UTF-8", in_seconds, "<"));
    assert_string_equal(out.data, expected);
    assert_null(edits->items);
    sb_bytes_finish(&out);
}

static void edits_are_made_in_the_order_of_the_text(void **state)
{
    sb_time_edits edits = {0};

    (void)state;
    assert_applied(&edits, source);
    add(&edits, 8, 2, 30);
    add(&edits, 0, 1, 10);
    add(&edits, 3, 2, -1);
    add(&edits, 6, 0, 20);
    assert_applied(&edits, "<100>12567<3089>");
}

static void of_overlapping_edits_the_first_and_longest_wins(void **state)
{
    sb_time_edits edits = {0};

    (void)state;
    add(&edits, 2, 2, 1);
    add(&edits, 2, 4, 2);
    add(&edits, 5, 3, 3);
    assert_applied(&edits, "01<22345>89");
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    bool refused = true;

    (void)state;
    for (size_t n = 0; refused; n++) {
        sb_time_edits edits = {0};
        sb_bytes out;
        memory_fail_from(n);
        add(&edits, 1, 1, 1);
        bool done = sb_time_edits_apply(&out, &edits, source, strlen(source), "UTF-8", in_seconds, "<");
        refused = memory_fail_end();
        assert_int_equal(done, !refused);
        assert_int_equal(out.data == NULL, refused);
        sb_bytes_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_made_in_the_order_of_the_text),
        cmocka_unit_test(of_overlapping_edits_the_first_and_longest_wins),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
