#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/quote.h"
#include "support_memory.h"
#include "support_quote.h"

typedef struct found {
    sb_alignment *alignment;
    sb_matches *matches;
} found;

static sb_alignment *episode(sb_method method)
{
    sb_alignment *a = quote_alignment(method);

    quote_add_turn(a, NULL, 0, 4000, "Welcome back to another episode of the show. I am joined by my cohost");
    quote_add_turn(a, "Ben Wilson", 5000, 7000, "Ben Wilson. I do reviews at the company.");
    quote_add_turn(
        a, "Michael Berk", 8000, 12000,
        "We've got a state-of-the-art lab, and twenty-five people. The caf\xc3\xa9 is na\xc3\xafve!");
    quote_add_turn(a, "Fernando L\xc3\xb3pez", 13000, 17000, "It grew a lot, and then we shipped");
    quote_add_turn(a, "Fernando L\xc3\xb3pez", 17200, 20000,
                   "the new model in 2,500 places. Scale is the point.");
    quote_add_turn(a, "Ben Wilson", 21000, 24000, "Scale is the point? Scale is the point. Yes.");
    return a;
}

static sb_selection phrase(const char *const *text)
{
    sb_selection s = SB_SELECTION_ALL;

    s.phrases = text;
    s.n_phrases = 1;
    return s;
}

static found find_in(sb_alignment *alignment, const sb_selection *selection)
{
    found f = {.alignment = alignment};
    sb_error err = {0};

    if (sb_quote_find(&f.matches, alignment, selection, &err) != SB_OK)
        fail_msg("%s", err.message);
    return f;
}

static found find_selected(const sb_selection *selection)
{
    return find_in(episode(SB_METHOD_ACOUSTIC), selection);
}

static found find_phrase(const char *text)
{
    sb_selection s = phrase(&text);
    return find_selected(&s);
}

static void done(found *f)
{
    sb_matches_free(&f->matches);
    sb_alignment_free(&f->alignment);
}

/* The texts found, joined by " | ". */
static void assert_found(found f, const char *expected)
{
    sb_bytes texts = {0};

    sb_bytes_text(&texts, "");
    for (size_t i = 0; i < f.matches->n_items; i++)
        sb_bytes_print(&texts, "%s%s", i ? " | " : "", f.matches->items[i].text);
    assert_string_equal(texts.data ? texts.data : "", expected);
    sb_bytes_finish(&texts);
    done(&f);
}

static void a_phrase_ignores_case_accents_and_punctuation(void **state)
{
    (void)state;
    assert_found(find_phrase("the CAFE is naive"), "The caf\xc3\xa9 is na\xc3\xafve!");
    assert_found(find_phrase("company"), "company.");
    assert_found(find_phrase("Wilson: I do"), "Wilson. I do");
}

static void a_phrase_is_whole_words(void **state)
{
    (void)state;
    assert_found(find_phrase("compan"), "");
    assert_found(find_phrase("come back"), "");
    assert_found(find_phrase("host"), "");
}

static void hyphens_do_not_matter(void **state)
{
    (void)state;
    assert_found(find_phrase("state of the art lab"), "state-of-the-art lab,");
    assert_found(find_phrase("art"), "state-of-the-art");
    assert_found(find_phrase("my co-host"), "my cohost");
    assert_found(find_phrase("stateoftheart"), "state-of-the-art");
    assert_found(find_phrase("re-views"), "reviews");
}

static void apostrophes_do_not_matter(void **state)
{
    (void)state;
    assert_found(find_phrase("weve got"), "We've got");
    assert_found(find_phrase("we\xe2\x80\x99ve got"), "We've got");
}

static void number_words_equal_digits(void **state)
{
    (void)state;
    assert_found(find_phrase("25 people"), "twenty-five people.");
    assert_found(find_phrase("twenty five hundred places"), "2,500 places.");
}

static void a_phrase_runs_across_stamps_of_one_speaker(void **state)
{
    found f = find_phrase("we shipped the new model");

    (void)state;
    assert_int_equal(f.matches->n_items, 1);
    const sb_match *m = f.matches->items;
    assert_string_equal(m->text, "we shipped the new model");
    assert_int_equal(m->first_turn, 3);
    assert_int_equal(m->first_word, 6);
    assert_int_equal(m->last_turn, 4);
    assert_int_equal(m->last_word, 2);
    assert_string_equal(m->speaker, "Fernando L\xc3\xb3pez");
    assert_string_equal(m->phrase, "we shipped the new model");
    assert_int_equal(m->number, 1);
    assert_int_equal(quote_ms(m->span.start), 16000);
    done(&f);
}

static void a_phrase_does_not_run_across_speakers(void **state)
{
    (void)state;
    assert_found(find_phrase("cohost Ben Wilson"), "");
    assert_found(find_phrase("the point scale"), "the point? Scale");
}

static void captions_without_names_are_one_run(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);
    const char *text = "one two three";
    sb_selection s = phrase(&text);

    (void)state;
    quote_add_turn(a, NULL, 0, 1000, "zero one");
    quote_add_turn(a, NULL, 1000, 2000, "two");
    quote_add_turn(a, NULL, 2000, 3000, "three four");
    assert_found(find_in(a, &s), "one two three");
}

static void matches_of_one_phrase_do_not_overlap(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "it was it";
    sb_selection s = phrase(&text);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "it was it was it was it");
    assert_found(find_in(a, &s), "it was it | it was it");
}

static void a_word_is_found_once(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "bye";
    sb_selection s = phrase(&text);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "bye-bye then bye");
    assert_found(find_in(a, &s), "bye-bye | bye");
}

static void matches_that_meet_when_expanded_become_one(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "one two";
    sb_selection s = phrase(&text);

    (void)state;
    s.expand = SB_EXPAND_TURN;
    quote_add_turn(a, "A", 0, 1000, "zero one");
    quote_add_turn(a, "A", 1000, 2000, "two one");
    quote_add_turn(a, "A", 2000, 3000, "two three");
    quote_add_turn(a, "A", 3000, 4000, "four");
    assert_found(find_in(a, &s), "zero one two one two three");
}

static void several_phrases_mean_any_in_the_order_of_the_text(void **state)
{
    const char *texts[] = {"yes", "episode", "new model", "EPISODE"};
    sb_selection s = SB_SELECTION_ALL;

    (void)state;
    s.phrases = texts;
    s.n_phrases = 4;
    found f = find_selected(&s);
    assert_int_equal(f.matches->n_items, 3);
    assert_string_equal(f.matches->items[0].phrase, "episode");
    assert_string_equal(f.matches->items[2].phrase, "yes");
    assert_found(f, "episode | new model | Yes.");
}

static void a_phrase_with_a_speaker_is_spoken_by_that_speaker(void **state)
{
    const char *text = "scale is the point", *ben[] = {"ben*"}, *other[] = {"*lopez"};
    sb_selection s = phrase(&text);

    (void)state;
    assert_found(find_selected(&s), "Scale is the point. | Scale is the point? | Scale is the point.");
    s.speakers = ben;
    s.n_speakers = 1;
    assert_found(find_selected(&s), "Scale is the point? | Scale is the point.");
    s.speakers = other;
    assert_found(find_selected(&s), "Scale is the point.");
}

static void a_speaker_alone_gives_each_turn(void **state)
{
    const char *names[] = {"FERNANDO LOPEZ"};
    sb_selection s = SB_SELECTION_ALL;

    (void)state;
    s.speakers = names;
    s.n_speakers = 1;
    assert_found(find_selected(&s), "It grew a lot, and then we shipped | "
                                    "the new model in 2,500 places. Scale is the point.");
    s.expand = SB_EXPAND_SENTENCE;
    assert_found(find_selected(&s), "It grew a lot, and then we shipped the new model in 2,500 places. | "
                                    "Scale is the point.");
}

static void everything_is_every_turn(void **state)
{
    sb_selection s = SB_SELECTION_ALL;
    found f = find_selected(&s);

    (void)state;
    assert_int_equal(f.matches->n_items, 6);
    assert_null(f.matches->items[0].speaker);
    assert_null(f.matches->items[0].phrase);
    done(&f);
}

static void expanding_takes_whole_sentences_and_turns(void **state)
{
    const char *text = "shipped the";
    sb_selection s = phrase(&text);

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
    sb_selection s = SB_SELECTION_ALL;

    (void)state;
    s.expand = SB_EXPAND_SENTENCE;
    quote_add_turn(a, "A", 0, 9000, "... one two. ... three four . five");
    assert_found(find_in(a, &s), "... one two. | ... three four . | five");
}

static void matches_in_one_sentence_become_one(void **state)
{
    const char *texts[] = {"the", "new model"};
    sb_selection s = SB_SELECTION_ALL;

    (void)state;
    s.phrases = texts;
    s.n_phrases = 2;
    s.expand = SB_EXPAND_TURN;
    s.from = 13000 * SB_TIME_MS;
    assert_found(find_selected(&s), "the new model in 2,500 places. Scale is the point. | "
                                    "Scale is the point? Scale is the point. Yes.");
}

static void times_bound_the_speech(void **state)
{
    sb_selection s = SB_SELECTION_ALL;

    (void)state;
    s.from = 4900 * SB_TIME_MS;
    s.until = 12000 * SB_TIME_MS;
    found f = find_selected(&s);
    assert_int_equal(f.matches->n_items, 2);
    assert_int_equal(f.matches->items[0].first_turn, 1);
    done(&f);
    s.until = 11999 * SB_TIME_MS;
    assert_found(find_selected(&s), "Ben Wilson. I do reviews at the company.");
    s.from = 5500 * SB_TIME_MS;
    s.until = 6500 * SB_TIME_MS;
    assert_found(find_selected(&s), "");
    s.expand = SB_EXPAND_NONE;
    assert_found(find_selected(&s), "I do reviews at");
}

static void lengths_bound_the_speech(void **state)
{
    sb_selection s = SB_SELECTION_ALL;

    (void)state;
    s.max_length = 2800 * SB_TIME_MS;
    assert_found(find_selected(&s), "Ben Wilson. I do reviews at the company. | "
                                    "the new model in 2,500 places. Scale is the point.");
    s.min_length = 2500 * SB_TIME_MS;
    assert_found(find_selected(&s), "the new model in 2,500 places. Scale is the point.");
}

static void numbers_are_given_before_limit_and_match(void **state)
{
    const char *text = "scale is the point";
    sb_selection s = phrase(&text);

    (void)state;
    s.limit = 2;
    found f = find_selected(&s);
    assert_int_equal(f.matches->n_items, 2);
    assert_int_equal(f.matches->items[1].number, 2);
    done(&f);
    s.limit = 0;
    s.match = 3;
    f = find_selected(&s);
    assert_int_equal(f.matches->n_items, 1);
    assert_int_equal(f.matches->items[0].number, 3);
    assert_int_equal(f.matches->items[0].first_turn, 5);
    done(&f);
    s.match = 4;
    assert_found(find_selected(&s), "");
}

static void the_nearest_passage_is_named(void **state)
{
    found f = find_phrase("when we shippped the old model");

    (void)state;
    assert_int_equal(f.matches->n_items, 0);
    assert_string_equal(f.matches->nearest, "then we shipped the new model");
    assert_int_equal(quote_ms(f.matches->nearest_at), 15500);
    done(&f);
    f = find_phrase("revues");
    assert_string_equal(f.matches->nearest, "reviews");
    done(&f);
    f = find_phrase("reviews");
    assert_null(f.matches->nearest);
    done(&f);
}

static void nothing_is_near_in_an_empty_transcript(void **state)
{
    const char *text = "anything";
    sb_selection s = phrase(&text);
    found f = find_in(quote_alignment(SB_METHOD_NONE), &s);

    (void)state;
    assert_int_equal(f.matches->n_items, 0);
    assert_null(f.matches->nearest);
    assert_int_equal(f.matches->nearest_at, SB_TIME_NONE);
    done(&f);
}

static void words_not_heard_are_counted_and_left_out_of_the_span(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "one two three four";
    sb_selection s = phrase(&text);

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
    done(&f);
}

static void a_turn_ends_no_more_surely_than_the_next_begins(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    const char *whole = "three four", *inside = "three";
    sb_selection s = phrase(&whole);

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
    done(&f);
}

static void a_passage_that_nobody_heard_has_no_times(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "one";
    sb_selection s = phrase(&text);

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
    sb_selection s = phrase(&inside);

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
    done(&f);
}

static void a_bare_transcript_gives_times_by_syllables(void **state)
{
    const char *text = "is the point";
    sb_selection s = phrase(&text);
    found f = find_in(episode(SB_METHOD_NONE), &s);

    (void)state;
    assert_int_equal(f.matches->n_items, 3);
    assert_in_range(quote_ms(f.matches->items[0].span.start), 18700, 19600);
    assert_int_equal(quote_ms(f.matches->items[0].span.end), 20000);
    done(&f);
}

static void assert_refused(const sb_selection *selection, sb_status status, const char *part)
{
    sb_alignment *a = episode(SB_METHOD_ACOUSTIC);
    sb_matches *matches = (sb_matches *)a;
    sb_error err = {0};

    assert_int_equal(sb_quote_find(&matches, a, selection, &err), status);
    assert_null(matches);
    assert_int_equal(err.status, status);
    if (!strstr(err.message, part))
        fail_msg("'%s' does not have '%s'", err.message, part);
    sb_alignment_free(&a);
}

static void bad_selections_are_refused(void **state)
{
    const char *text = "?! ...";
    sb_selection s = phrase(&text);

    (void)state;
    assert_refused(&s, SB_ERR_ARGUMENT, "has no words");
    text = "";
    assert_refused(&s, SB_ERR_ARGUMENT, "has no words");
    s = SB_SELECTION_ALL;
    s.fuzzy = 101;
    assert_refused(&s, SB_ERR_ARGUMENT, "0 to 100");
    s = SB_SELECTION_ALL;
    s.from = s.until = SB_TIME_SECOND;
    assert_refused(&s, SB_ERR_ARGUMENT, "exchange");
    s = SB_SELECTION_ALL;
    s.min_length = 2;
    s.max_length = 1;
    assert_refused(&s, SB_ERR_ARGUMENT, "exchange");
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    const char *texts[] = {"scale is the point", "co-host nobody"}, *regexes[] = {"sc.le"};
    sb_selection s = {.phrases = texts,
                      .n_phrases = 2,
                      .regexes = regexes,
                      .n_regexes = 1,
                      .from = SB_TIME_NONE,
                      .until = SB_TIME_NONE,
                      .min_length = SB_TIME_NONE,
                      .max_length = SB_TIME_NONE,
                      .expand = SB_EXPAND_SENTENCE,
                      .fuzzy = 30};
    sb_alignment *a = episode(SB_METHOD_NONE);
    bool refused = true;
    sb_status status = SB_OK;

    (void)state;
    for (size_t n = 0; refused; n++) {
        sb_matches *matches = NULL;
        sb_error err = {0};
        memory_fail_from(n);
        status = sb_quote_find(&matches, a, &s, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(err.status, status);
        assert_true(refused ? matches == NULL : matches->n_items == 3);
        sb_matches_free(&matches);
    }
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_ignores_case_accents_and_punctuation),
        cmocka_unit_test(a_phrase_is_whole_words),
        cmocka_unit_test(hyphens_do_not_matter),
        cmocka_unit_test(apostrophes_do_not_matter),
        cmocka_unit_test(number_words_equal_digits),
        cmocka_unit_test(a_phrase_runs_across_stamps_of_one_speaker),
        cmocka_unit_test(a_phrase_does_not_run_across_speakers),
        cmocka_unit_test(captions_without_names_are_one_run),
        cmocka_unit_test(matches_of_one_phrase_do_not_overlap),
        cmocka_unit_test(a_word_is_found_once),
        cmocka_unit_test(matches_that_meet_when_expanded_become_one),
        cmocka_unit_test(several_phrases_mean_any_in_the_order_of_the_text),
        cmocka_unit_test(a_phrase_with_a_speaker_is_spoken_by_that_speaker),
        cmocka_unit_test(a_speaker_alone_gives_each_turn),
        cmocka_unit_test(everything_is_every_turn),
        cmocka_unit_test(expanding_takes_whole_sentences_and_turns),
        cmocka_unit_test(a_mark_alone_is_no_sentence),
        cmocka_unit_test(matches_in_one_sentence_become_one),
        cmocka_unit_test(times_bound_the_speech),
        cmocka_unit_test(lengths_bound_the_speech),
        cmocka_unit_test(numbers_are_given_before_limit_and_match),
        cmocka_unit_test(the_nearest_passage_is_named),
        cmocka_unit_test(nothing_is_near_in_an_empty_transcript),
        cmocka_unit_test(words_not_heard_are_counted_and_left_out_of_the_span),
        cmocka_unit_test(a_turn_ends_no_more_surely_than_the_next_begins),
        cmocka_unit_test(a_passage_that_nobody_heard_has_no_times),
        cmocka_unit_test(an_edge_at_a_pause_is_not_merely_estimated),
        cmocka_unit_test(a_bare_transcript_gives_times_by_syllables),
        cmocka_unit_test(bad_selections_are_refused),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
