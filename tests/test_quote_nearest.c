#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "support_find.h"
#include "support_quote.h"

static void the_nearest_passage_is_named(void **state)
{
    found f = find_phrase("when we shippped the old model");

    (void)state;
    assert_int_equal(f.matches->n_items, 0);
    assert_string_equal(f.matches->nearest, "then we shipped the new model");
    assert_int_equal(quote_ms(f.matches->nearest_at), 15500);
    find_finish(&f);
    f = find_phrase("revues");
    assert_string_equal(f.matches->nearest, "reviews");
    find_finish(&f);
    f = find_phrase("reviews");
    assert_null(f.matches->nearest);
    find_finish(&f);
}

static void assert_nearest(const sb_selection *selection, sb_nearest_why why, const char *text,
                           const char *speaker)
{
    found f = find_selected(selection);

    assert_int_equal(f.matches->n_items, 0);
    assert_non_null(f.matches->nearest);
    assert_string_equal(f.matches->nearest, text);
    assert_int_equal(f.matches->nearest_why, why);
    assert_string_equal(f.matches->nearest_speaker ? f.matches->nearest_speaker : "", speaker);
    find_finish(&f);
}

static void a_match_at_other_times_is_nearest(void **state)
{
    const char *text = "scale is the point";
    sb_selection s = find_selection(&text);

    (void)state;
    s.from = 25 * SB_TIME_SECOND;
    assert_nearest(&s, SB_NEAREST_BY_TIME, "Scale is the point.", "Ben Wilson");
    s.from = 0;
    s.until = SB_TIME_SECOND;
    assert_nearest(&s, SB_NEAREST_BY_TIME, "Scale is the point.", "Fernando L\xc3\xb3pez");
    s = (sb_selection){.each = true, .expand = SB_EXPAND_TURN};
    s.from = 2 * SB_TIME_SECOND;
    s.until = 3 * SB_TIME_SECOND;
    assert_nearest(&s, SB_NEAREST_BY_TIME,
                   "Welcome back to another episode of the show. I am joined by my cohost", "");
    s = (sb_selection){0};
    s.min_length = 30 * SB_TIME_SECOND;
    assert_nearest(&s, SB_NEAREST_BY_TIME,
                   "Welcome back to another episode of the show. I am joined by my cohost", "");
    s.max_length = 40 * SB_TIME_SECOND;
    s.match = 2;
    assert_nearest(&s, SB_NEAREST_BY_TIME,
                   "Welcome back to another episode of the show. I am joined by my cohost", "");
}

static void a_match_of_another_speaker_is_nearest(void **state)
{
    const char *text = "state of the art", *speaker = "Ben*";
    sb_selection s = find_selection(&text);

    (void)state;
    s.speakers = &speaker;
    s.n_speakers = 1;
    assert_nearest(&s, SB_NEAREST_BY_SPEAKER, "state-of-the-art", "Michael Berk");
    s.until = SB_TIME_SECOND;
    assert_nearest(&s, SB_NEAREST_BY_SPEAKER, "state-of-the-art", "Michael Berk");
}

static void a_passage_with_the_letters_of_a_regex_is_nearest(void **state)
{
    const char *regex = "\\bship{3,}ed (?=the)";
    sb_selection s = {0};

    (void)state;
    s.regexes = &regex;
    s.n_regexes = 1;
    assert_nearest(&s, SB_NEAREST_BY_WORDS, "shipped the", "Fernando L\xc3\xb3pez");
    regex = "[.][.]";
    found f = find_selected(&s);
    assert_null(f.matches->nearest);
    find_finish(&f);
}

static void an_empty_transcript_has_no_nearest_passage(void **state)
{
    const char *text = "anything";
    sb_selection s = find_selection(&text);
    found f = find_in(quote_alignment(SB_METHOD_NONE), &s);

    (void)state;
    assert_int_equal(f.matches->n_items, 0);
    assert_null(f.matches->nearest);
    assert_int_equal(f.matches->nearest_at, SB_TIME_NONE);
    find_finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_passage_is_named),
        cmocka_unit_test(a_match_at_other_times_is_nearest),
        cmocka_unit_test(a_match_of_another_speaker_is_nearest),
        cmocka_unit_test(a_passage_with_the_letters_of_a_regex_is_nearest),
        cmocka_unit_test(an_empty_transcript_has_no_nearest_passage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
