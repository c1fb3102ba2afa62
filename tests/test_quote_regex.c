#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "quote/find/find.h"
#include "soundbite/quote.h"
#include "support_quote.h"

static sb_alignment *episode(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    quote_add_turn(a, "A", 0, 1000, "Otto saw the \xc3\x89tude, twice.");
    quote_add_turn(a, "A", 1000, 2000, "In 2019 and 2023.");
    quote_add_turn(a, "B", 2000, 3000, "In 1999");
    return a;
}

static sb_status find(const sb_alignment *a, const char *pattern, sb_bytes *texts, sb_error *err)
{
    sb_runs runs;
    sb_hits hits = {0};

    assert_int_equal(sb_runs_init(&runs, a, NULL), SB_OK);
    sb_status status = sb_regex_find(&hits, &runs, pattern, err);
    sb_bytes_text(texts, "");
    for (size_t i = 0; i < hits.n_items; i++) {
        char *text = sb_runs_text(&runs, hits.items[i].first, hits.items[i].last);
        sb_bytes_print(texts, "%s%s", i ? " | " : "", text);
        free(text);
    }
    sb_hits_finish(&hits);
    sb_runs_finish(&runs);
    return status;
}

static void assert_found(const char *pattern, const char *expected)
{
    sb_alignment *a = episode();
    sb_bytes texts = {0};
    sb_error err = {0};

    if (find(a, pattern, &texts, &err) != SB_OK)
        fail_msg("%s", err.message);
    assert_string_equal(texts.data, expected);
    sb_bytes_finish(&texts);
    sb_alignment_free(&a);
}

static void assert_refused(const sb_alignment *a, const char *pattern, sb_status status, const char *part)
{
    sb_bytes texts = {0};
    sb_error err = {0};

    assert_int_equal(find(a, pattern, &texts, &err), status);
    if (!strstr(err.message, part))
        fail_msg("'%s' does not have '%s'", err.message, part);
    sb_bytes_finish(&texts);
}

static void a_match_takes_the_words_it_touches(void **state)
{
    (void)state;
    assert_found("tt", "Otto");
    assert_found("o s", "Otto saw");
    assert_found("^otto|twice\\.$", "Otto");
    assert_found("\\d{4}", "2019 | 2023. | 1999");
    assert_found("t", "Otto | the | \xc3\x89tude, | twice.");
}

static void it_is_caseless_in_every_alphabet(void **state)
{
    (void)state;
    assert_found("\xc3\xa9TUDE", "\xc3\x89tude,");
    assert_found("\\bIN\\b", "In | In");
    assert_found("\\b\xc3\x89\\w+", "\xc3\x89tude,");
}

static void it_runs_across_turns(void **state)
{
    (void)state;
    assert_found("twice\\. in", "twice. In");
    assert_found(".+", "Otto saw the \xc3\x89tude, twice. In 2019 and 2023. | In 1999");
    assert_found("^in|\\d+$", "In | 1999");
    assert_found("23\\.$", "2023.");
}

static void a_blank_matches_a_change_of_speaker(void **state)
{
    (void)state;
    assert_found("2023\\. in", "2023. In");
    assert_found("2023\\.\\ in", "2023. In");
    assert_found("2023.[ x]in", "2023. In");
    assert_found("2023.[^]a ]in", "");
    assert_found("2023.[[:digit:] ]in", "2023. In");
    assert_found("2023.[ -/]in", "2023. In");
    assert_found("\\Q2023. in\\E 1999", "2023. In 1999");
    assert_found("2023\\.\\sin", "2023. In");
    assert_found("2023. +in", "2023. In");
    assert_found("2023..in", "");
    assert_found("(?x) 20 23 \\. [ ] in", "");
    assert_found("(?x) 20 23 \\. \\s in", "2023. In");
}

static void words_without_blanks_between_them_are_found(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_bytes texts = {0};

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "\xe4\xbb\x8a \xe5\xa4\xa9 \xe5\xa4\xa9 \xe6\xb0\x94");
    assert_int_equal(find(a, "\xe5\xa4\xa9\xe6\xb0\x94$", &texts, NULL), SB_OK);
    assert_string_equal(texts.data, "\xe5\xa4\xa9\xe6\xb0\x94");
    sb_bytes_finish(&texts);
    sb_alignment_free(&a);
}

static void empty_matches_are_ignored(void **state)
{
    (void)state;
    assert_found(" ", "");
    assert_found("x*", "");
    assert_found("t*", "Otto | the | \xc3\x89tude, | twice.");
    assert_found("\\b", "");
    assert_found(" (?=t)|twice", "twice.");
    assert_found("s\\Kaw", "saw");
    assert_found(" saw ", "saw");
}

static void an_invalid_regex_is_refused_with_its_column(void **state)
{
    sb_alignment *a = episode();

    (void)state;
    assert_refused(a, "a(b", SB_ERR_ARGUMENT, "column 4");
    assert_refused(a, "\xc3\xa9\xc3\xa9[z-a]", SB_ERR_ARGUMENT, "column 6");
    assert_refused(a, "\\C", SB_ERR_ARGUMENT, "does not compile");
    assert_refused(a, "\xff", SB_ERR_ARGUMENT, "does not compile");
    sb_alignment_free(&a);
}

static void an_expensive_regex_is_refused(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_refused(a, "(a+a+)+[bc]", SB_ERR_LIMIT, "fewer or shorter");
    sb_alignment_free(&a);
}

static void text_that_is_no_utf8_is_refused(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "one t\xffwo");
    assert_refused(a, "one", SB_ERR_FORMAT, "UTF-8");
    sb_alignment_free(&a);
}

static void a_regex_and_a_phrase_must_both_hold(void **state)
{
    sb_alignment *a = episode();
    const char *phrases[] = {"in"}, *regexes[] = {"19\\d\\d"};
    sb_selection s = {0};
    sb_matches *matches = NULL;

    (void)state;
    s.phrases = phrases;
    s.regexes = regexes;
    s.n_phrases = s.n_regexes = 1;
    s.expand = SB_EXPAND_SENTENCE;
    assert_int_equal(sb_matches_find(&matches, a, &s, NULL), SB_OK);
    assert_int_equal(matches->n_items, 1);
    assert_string_equal(matches->items[0].text, "In 1999");
    sb_matches_free(&matches);
    s.expand = SB_EXPAND_AUTO;
    assert_int_equal(sb_matches_find(&matches, a, &s, NULL), SB_OK);
    assert_int_equal(matches->n_items, 0);
    sb_matches_free(&matches);
    s.n_phrases = 0;
    assert_int_equal(sb_matches_find(&matches, a, &s, NULL), SB_OK);
    assert_string_equal(matches->items[0].text, "1999");
    assert_string_equal(matches->items[0].phrase, "19\\d\\d");
    sb_matches_free(&matches);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_takes_the_words_it_touches),
        cmocka_unit_test(it_is_caseless_in_every_alphabet),
        cmocka_unit_test(it_runs_across_turns),
        cmocka_unit_test(a_blank_matches_a_change_of_speaker),
        cmocka_unit_test(words_without_blanks_between_them_are_found),
        cmocka_unit_test(empty_matches_are_ignored),
        cmocka_unit_test(an_invalid_regex_is_refused_with_its_column),
        cmocka_unit_test(an_expensive_regex_is_refused),
        cmocka_unit_test(text_that_is_no_utf8_is_refused),
        cmocka_unit_test(a_regex_and_a_phrase_must_both_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
