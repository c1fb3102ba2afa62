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

static void cues_of_one_turn_are_one_turn(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "two three";
    sb_selection s = find_selection(&text);

    (void)state;
    s.expand = SB_EXPAND_TURN;
    quote_add_turn(a, "A", 0, 1000, "zero.");
    quote_add_turn(a, "A", 1000, 2000, "one two");
    quote_add_turn(a, "A", 2000, 3000, "three");
    quote_add_turn(a, "A", 3000, 4000, "four.");
    quote_add_turn(a, "A", 4000, 5000, "five.");
    a->turns[2].goes_on = a->turns[3].goes_on = true;
    assert_found(find_in(a, &s), "one two three four.");
}

static void a_speaker_alone_gives_whole_turns(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *speaker = "A";
    sb_selection s = {.speakers = &speaker, .n_speakers = 1, .min_length = SB_TIME_SECOND * 3 / 2};

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "zero");
    quote_add_turn(a, "A", 1000, 2000, "one.");
    quote_add_turn(a, "B", 2000, 3000, "two.");
    quote_add_turn(a, "A", 3000, 4000, "three.");
    a->turns[1].goes_on = true;
    assert_found(find_in(a, &s), "zero one.");
}

/* Forty-five words without a mark, with pauses of 0.7 s after the tenth and of 0.1 s after the thirtieth. */
static void sentences_without_marks_end_at_pauses(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "w12";
    sb_selection s = find_selection(&text);
    sb_bytes words = {0};

    (void)state;
    s.expand = SB_EXPAND_SENTENCE;
    for (int i = 1; i <= 60; i++)
        sb_bytes_print(&words, "w%d ", i);
    quote_add_turn(a, NULL, 0, 20000, words.data);
    for (int i = 0, ms = 0; i < 60; i++, ms += 300) {
        ms += i == 10 ? 700 : i == 30 ? 100 : 0;
        quote_set_word(a, 0, (size_t)i, ms, ms + 300, SB_WORD_ALIGNED);
    }
    sb_bytes_finish(&words);
    assert_found(find_in(a, &s),
                 "w11 w12 w13 w14 w15 w16 w17 w18 w19 w20 w21 w22 w23 w24 w25 w26 w27 w28 w29 w30");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_that_meet_when_expanded_become_one),
        cmocka_unit_test(expanding_takes_whole_sentences_and_turns),
        cmocka_unit_test(a_mark_alone_is_no_sentence),
        cmocka_unit_test(matches_in_one_sentence_become_one),
        cmocka_unit_test(cues_of_one_turn_are_one_turn),
        cmocka_unit_test(a_speaker_alone_gives_whole_turns),
        cmocka_unit_test(sentences_without_marks_end_at_pauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
