#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_find.h"
#include "support_quote.h"

static void words_not_heard_are_counted_and_left_out_of_the_span(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "one two three four";
    sb_selection s = find_selection(&text);

    (void)state;
    quote_add_turn(a, "A", 0, 4000, "one two three four");
    quote_set_word(a, 0, 0, 0, 0, SB_WORD_NOT_HEARD);
    quote_set_word(a, 0, 2, 0, 0, SB_WORD_NOT_HEARD);
    a->turns[0].words[3].confidence = 0.25F;
    found f = find_in(a, &s);
    const sb_match *m = f.matches->items;
    assert_int_equal(m->n_not_heard, 2);
    assert_int_equal(quote_ms(m->span.start), 1000);
    assert_int_equal(quote_ms(m->span.end), 4000);
    assert_true(m->confidence == 0.25F);
    assert_false(m->estimated);
    find_finish(&f);
}

static void a_turns_end_is_as_certain_as_the_next_start(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    const char *whole = "three four", *inside = "three";
    sb_selection s = find_selection(&whole);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "one two three four");
    quote_add_turn(a, "B", 1100, 2000, "five");
    a->turns[1].confidence = 0.25F;
    found f = find_in(a, &s);
    assert_true(f.matches->items[0].confidence == 0.25F);
    sb_matches_free(&f.matches);
    s.phrases = &inside;
    f = find_in(a, &s);
    assert_true(f.matches->items[0].confidence == 0.9F);
    find_finish(&f);
}

static void a_passage_that_was_not_heard_has_no_times(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "one";
    sb_selection s = find_selection(&text);

    (void)state;
    quote_add_turn(a, "A", 0, 4000, "one two");
    quote_set_word(a, 0, 0, 0, 0, SB_WORD_NOT_HEARD);
    found f = find_in(a, &s);
    assert_int_equal(f.matches->items[0].span.start, SB_TIME_NONE);
    assert_int_equal(f.matches->items[0].span.end, SB_TIME_NONE);
    sb_matches_free(&f.matches);
    s.until = 10 * SB_TIME_SECOND;
    assert_found(find_in(a, &s), "");
}

static void an_edge_at_a_pause_is_not_merely_estimated(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    const char *inside = "two", *whole = "one two three";
    sb_selection s = find_selection(&inside);

    (void)state;
    quote_add_turn(a, "A", 0, 3000, "one two three");
    quote_add_speech(a, 10, 2990);
    for (size_t w = 0; w < 3; w++)
        a->turns[0].words[w].status = SB_WORD_ESTIMATED;
    found f = find_in(a, &s);
    assert_true(f.matches->items[0].estimated);
    sb_matches_free(&f.matches);
    s.phrases = &whole;
    f = find_in(a, &s);
    assert_false(f.matches->items[0].estimated);
    find_finish(&f);
}

static void a_bare_transcript_gives_times_by_syllables(void **state)
{
    const char *text = "is the point";
    sb_selection s = find_selection(&text);
    found f = find_in(find_episode(SB_METHOD_NONE), &s);

    (void)state;
    assert_int_equal(f.matches->n_items, 3);
    assert_in_range(quote_ms(f.matches->items[0].span.start), 18700, 19600);
    assert_int_equal(quote_ms(f.matches->items[0].span.end), 20000);
    find_finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_not_heard_are_counted_and_left_out_of_the_span),
        cmocka_unit_test(a_turns_end_is_as_certain_as_the_next_start),
        cmocka_unit_test(a_passage_that_was_not_heard_has_no_times),
        cmocka_unit_test(an_edge_at_a_pause_is_not_merely_estimated),
        cmocka_unit_test(a_bare_transcript_gives_times_by_syllables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
