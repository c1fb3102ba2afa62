#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/text/text.h"

static const sb_span spans[] = {{10, 20}, {30, 40}, {40, 50}};

static void the_span_after_a_time_is_the_first_that_ends_later(void **state)
{
    (void)state;
    assert_int_equal(sb_span_after(spans, 3, 0), 0);
    assert_int_equal(sb_span_after(spans, 3, 19), 0);
    assert_int_equal(sb_span_after(spans, 3, 20), 1);
    assert_int_equal(sb_span_after(spans, 3, 40), 2);
    assert_int_equal(sb_span_after(spans, 3, 50), 3);
    assert_int_equal(sb_span_after(NULL, 0, 5), 0);
}

static void only_the_part_inside_counts(void **state)
{
    (void)state;
    assert_int_equal(sb_spans_in(spans, 3, (sb_span){0, 100}), 30);
    assert_int_equal(sb_spans_in(spans, 3, (sb_span){15, 32}), 7);
    assert_int_equal(sb_spans_in(spans, 3, (sb_span){12, 14}), 2);
    assert_int_equal(sb_spans_in(spans, 3, (sb_span){20, 30}), 0);
    assert_int_equal(sb_spans_in(spans, 3, (sb_span){35, 35}), 0);
    assert_int_equal(sb_spans_in(NULL, 0, (sb_span){0, 100}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_span_after_a_time_is_the_first_that_ends_later),
        cmocka_unit_test(only_the_part_inside_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
