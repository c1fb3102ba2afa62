#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support_find.h"
#include "support_memory.h"
#include "support_quote.h"

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
    find_finish(&f);
}

static void a_phrase_may_run_across_speakers(void **state)
{
    const char *text = "cohost Ben Wilson", *ben = "Ben Wilson";
    sb_selection s = find_selection(&text);

    (void)state;
    assert_found(find_phrase(text), "cohost Ben Wilson.");
    assert_found(find_phrase("the point scale"), "the point. Scale | the point? Scale");
    s.speakers = &ben;
    s.n_speakers = 1;
    assert_found(find_selected(&s), "");
}

static void whole_numbers_come_before_parts(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "two thousand";
    sb_selection s = find_selection(&text);

    (void)state;
    quote_add_turn(a, "Ann", 0, 9000, "first two thousand five hundred, then 2,000");
    found f = find_in(a, &s);
    assert_int_equal(f.matches->n_items, 2);
    assert_int_equal(f.matches->items[0].how, SB_MATCH_PHRASE);
    assert_string_equal(f.matches->items[1].why, "part of the number \"two thousand five hundred\"");
    assert_true(f.matches->items[0].score > f.matches->items[1].score);
    sb_cut cut;
    assert_int_equal(sb_match_cut(&cut, a, &f.matches->items[0], NULL, NULL), SB_OK);
    assert_false(cut.warnings & SB_CUT_PART_OF_NUMBER);
    assert_int_equal(sb_match_cut(&cut, a, &f.matches->items[1], NULL, NULL), SB_OK);
    assert_true(cut.warnings & SB_CUT_PART_OF_NUMBER);
    assert_found(f, "2,000 | two thousand");
}

static void near_words_have_any_order_and_form(void **state)
{
    const char *text = "labs and places";
    sb_selection s = {.near = &text, .n_near = 1};

    (void)state;
    assert_found(find_selected(&s), "");
    text = "people labs";
    assert_found(find_selected(&s), "lab, and twenty-five people.");
}

static void near_words_without_memory(void **state)
{
    const char *text = "people labs";
    sb_selection s = {.near = &text, .n_near = 1};
    sb_alignment *a = find_episode(SB_METHOD_ACOUSTIC);

    (void)state;
    for (size_t n = 0;; n++) {
        sb_matches *matches;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_matches_find(&matches, a, &s, &err);
        bool refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        sb_matches_free(&matches);
        if (!refused)
            break;
    }
    sb_alignment_free(&a);
}

static void captions_without_names_are_one_run(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);
    const char *text = "one two three";
    sb_selection s = find_selection(&text);

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
    sb_selection s = find_selection(&text);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "it was it was it was it");
    assert_found(find_in(a, &s), "it was it | it was it");
}

static void a_word_is_found_once(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    const char *text = "bye";
    sb_selection s = find_selection(&text);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "bye-bye then bye");
    assert_found(find_in(a, &s), "bye-bye | bye");
}

static void several_phrases_mean_any_in_the_order_of_the_text(void **state)
{
    const char *texts[] = {"yes", "episode", "new model", "EPISODE"};
    sb_selection s = {0};

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
    sb_selection s = find_selection(&text);

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
    sb_selection s = {0};

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
    sb_selection s = {0};
    found f = find_selected(&s);

    (void)state;
    assert_int_equal(f.matches->n_items, 6);
    assert_null(f.matches->items[0].speaker);
    assert_null(f.matches->items[0].phrase);
    find_finish(&f);
}

static void times_bound_the_speech(void **state)
{
    sb_selection s = {0};

    (void)state;
    s.each = true;
    s.from = 4900 * SB_TIME_MS;
    s.until = 12000 * SB_TIME_MS;
    found f = find_selected(&s);
    assert_int_equal(f.matches->n_items, 2);
    assert_int_equal(f.matches->items[0].first_turn, 1);
    find_finish(&f);
    s.until = 11999 * SB_TIME_MS;
    assert_found(find_selected(&s), "Ben Wilson. I do reviews at the company.");
    s.from = 5500 * SB_TIME_MS;
    s.until = 6500 * SB_TIME_MS;
    assert_found(find_selected(&s), "I do reviews at");
    s.expand = SB_EXPAND_TURN;
    assert_found(find_selected(&s), "");
    s.expand = SB_EXPAND_NONE;
    assert_found(find_selected(&s), "I do reviews at");
}

static void lengths_bound_the_speech(void **state)
{
    sb_selection s = {0};

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
    sb_selection s = find_selection(&text);

    (void)state;
    s.limit = 2;
    found f = find_selected(&s);
    assert_int_equal(f.matches->n_items, 2);
    assert_int_equal(f.matches->items[1].number, 2);
    find_finish(&f);
    s.limit = 0;
    s.match = 3;
    f = find_selected(&s);
    assert_int_equal(f.matches->n_items, 1);
    assert_int_equal(f.matches->items[0].number, 3);
    assert_int_equal(f.matches->items[0].first_turn, 5);
    find_finish(&f);
    s.match = 4;
    assert_found(find_selected(&s), "");
}

static void assert_refused(const sb_selection *selection, sb_status status, const char *part)
{
    sb_alignment *a = find_episode(SB_METHOD_ACOUSTIC);
    sb_matches *matches = (sb_matches *)a;
    sb_error err = {0};

    assert_int_equal(sb_matches_find(&matches, a, selection, &err), status);
    assert_null(matches);
    assert_int_equal(err.status, status);
    if (!strstr(err.message, part))
        fail_msg("'%s' does not have '%s'", err.message, part);
    sb_alignment_free(&a);
}

static void bad_selections_are_refused(void **state)
{
    const char *text = "?! ...";
    sb_selection s = find_selection(&text);

    (void)state;
    assert_refused(&s, SB_ERR_ARGUMENT, "has no words");
    text = "";
    assert_refused(&s, SB_ERR_ARGUMENT, "has no words");
    s = (sb_selection){0};
    s.fuzzy = 101;
    assert_refused(&s, SB_ERR_ARGUMENT, "0 to 100");
    s = (sb_selection){0};
    s.from = s.until = SB_TIME_SECOND;
    assert_refused(&s, SB_ERR_ARGUMENT, "not after");
    s = (sb_selection){.has_until = true};
    assert_refused(&s, SB_ERR_ARGUMENT, "not after");
    s = (sb_selection){.from = -SB_TIME_SECOND};
    assert_refused(&s, SB_ERR_ARGUMENT, "from is -1 s; give 0 or more");
    s = (sb_selection){0};
    s.min_length = 2;
    s.max_length = 1;
    assert_refused(&s, SB_ERR_ARGUMENT, "less than");
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    const char *texts[] = {"scale is the point", "co-host nobody"}, *regexes[] = {"sc.le"};
    sb_selection s = {.phrases = texts,
                      .n_phrases = 2,
                      .regexes = regexes,
                      .n_regexes = 1,
                      .expand = SB_EXPAND_SENTENCE,
                      .fuzzy = 30};
    sb_alignment *a = find_episode(SB_METHOD_NONE);
    bool refused = true;
    sb_status status = SB_OK;

    (void)state;
    for (size_t n = 0; refused; n++) {
        sb_matches *matches = NULL;
        sb_error err = {0};
        memory_fail_from(n);
        status = sb_matches_find(&matches, a, &s, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(err.status, status);
        assert_true(refused ? matches == NULL : matches->n_items == 3);
        sb_matches_free(&matches);
    }
    sb_alignment_free(&a);
}

static sb_status find_speaker(const char *name, size_t *n_found, sb_error *err)
{
    sb_alignment *a = find_episode(SB_METHOD_ACOUSTIC);
    sb_matches *matches = NULL;
    const sb_selection s = {.speakers = &name, .n_speakers = 1};
    quote_add_turn(a, "Fernando Ben", 25000, 26000, "Bye.");
    quote_add_turn(a, "Shaun O'Neil", 27000, 28000, "Bye.");
    sb_status status = sb_matches_find(&matches, a, &s, err);
    *n_found = matches ? matches->n_items : 0;
    sb_matches_free(&matches);
    sb_alignment_free(&a);
    return status;
}

static void a_part_of_a_name_is_enough(void **state)
{
    static const struct {
        const char *name;
        size_t n_found;
    } cases[] = {{"wilson", 2},
                 {"LOPEZ", 2},
                 {"Michael Berk", 1},
                 {"Mich", 1},
                 {"berk", 1},
                 {"Ben*", 2},
                 {"*Ben*", 3},
                 {"en Wilson", 2},
                 {"*", 8},
                 {"", 1},
                 {"ilso", 2},
                 {"\xc3\xb3PE", 2},
                 {"Fernando  Lopez", 2},
                 {"mich be", 0},
                 {"oneil", 1},
                 {"O\xe2\x80\x99Neil", 1},
                 {"neil", 1},
                 {"xim", 0},
                 {"-", 0},
                 {"fern en", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        assert_int_equal(find_speaker(cases[i].name, &n, NULL), SB_OK);
        if (n != cases[i].n_found)
            fail_msg("%s finds %zu", cases[i].name, n);
    }
}

static void a_part_of_several_names_is_refused(void **state)
{
    size_t n;
    sb_error err = {0};
    (void)state;
    assert_int_equal(find_speaker("ben", &n, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "Ben Wilson, Fernando Ben; write the whole name, or '*ben*'"));
    assert_int_equal(find_speaker("n", &n, &err), SB_ERR_ARGUMENT);
    assert_int_equal(find_speaker("nando", &n, &err), SB_ERR_ARGUMENT);
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
        cmocka_unit_test(a_phrase_may_run_across_speakers),
        cmocka_unit_test(whole_numbers_come_before_parts),
        cmocka_unit_test(near_words_have_any_order_and_form),
        cmocka_unit_test(near_words_without_memory),
        cmocka_unit_test(captions_without_names_are_one_run),
        cmocka_unit_test(matches_of_one_phrase_do_not_overlap),
        cmocka_unit_test(a_word_is_found_once),
        cmocka_unit_test(several_phrases_mean_any_in_the_order_of_the_text),
        cmocka_unit_test(a_phrase_with_a_speaker_is_spoken_by_that_speaker),
        cmocka_unit_test(a_speaker_alone_gives_each_turn),
        cmocka_unit_test(everything_is_every_turn),
        cmocka_unit_test(times_bound_the_speech),
        cmocka_unit_test(lengths_bound_the_speech),
        cmocka_unit_test(numbers_are_given_before_limit_and_match),
        cmocka_unit_test(bad_selections_are_refused),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
        cmocka_unit_test(a_part_of_a_name_is_enough),
        cmocka_unit_test(a_part_of_several_names_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
