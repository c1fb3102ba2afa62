#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_find.h"
#include "support_quote.h"

static void matches_that_meet_when_expanded_become_one(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "one two";
    sb_selection s = find_selection(&text);

    (void)state;
    s.expand = SB_EXPAND_TURN;
    quote_add_turn(a, "A", 0, 1000, "zero one");
    quote_add_turn(a, "A", 1000, 2000, "two one");
    quote_add_turn(a, "A", 2000, 3000, "two three");
    quote_add_turn(a, "A", 3000, 4000, "four");
    assert_found(find_in(a, &s), "zero one two one two three");
}

static void expanding_takes_whole_sentences_and_turns(void **state)
{
    const char *text = "shipped the";
    sb_selection s = find_selection(&text);

    (void)state;
    s.expand = SB_EXPAND_SENTENCE;
    assert_found(find_selected(&s), "It grew a lot, and then we shipped the new model in 2,500 places.");
    s.expand = SB_EXPAND_TURN;
    assert_found(find_selected(&s), "It grew a lot, and then we shipped the new model in 2,500 places. "
                                    "Scale is the point.");
}

static void a_mark_alone_is_no_sentence(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_selection s = {0};

    (void)state;
    s.expand = SB_EXPAND_SENTENCE;
    quote_add_turn(a, "A", 0, 9000, "... one two. ... three four . five");
    assert_found(find_in(a, &s), "... one two. | ... three four . | five");
}

static void matches_in_one_sentence_become_one(void **state)
{
    const char *texts[] = {"the", "new model"};
    sb_selection s = {0};

    (void)state;
    s.phrases = texts;
    s.n_phrases = 2;
    s.expand = SB_EXPAND_TURN;
    s.from = 13000 * SB_TIME_MS;
    assert_found(find_selected(&s), "the new model in 2,500 places. Scale is the point. | "
                                    "Scale is the point? Scale is the point. Yes.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_that_meet_when_expanded_become_one),
        cmocka_unit_test(expanding_takes_whole_sentences_and_turns),
        cmocka_unit_test(a_mark_alone_is_no_sentence),
        cmocka_unit_test(matches_in_one_sentence_become_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
