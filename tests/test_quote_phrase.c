#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "quote/find/find.h"
#include "support_phrase.h"
#include "support_quote.h"

static void exact_hits_share_no_word(void **state)
{
    (void)state;
    assert_phrase_hits("bye-bye bye", "bye", -1, "bye-bye | bye");
    assert_phrase_hits("a b a b a b a", "a b a", -1, "a b a | a b a");
    assert_phrase_hits("a a b a a a b", "a a b", -1, "a a b | a a b");
}

static void fuzzy_allows_a_share_of_the_words(void **state)
{
    const char *text = "well the quick brown fox jumps over";

    (void)state;
    assert_phrase_hits(text, "the quick brown fox", 0, "the quick brown fox");
    assert_phrase_hits(text, "the quick red fox", 24, "");
    assert_phrase_hits(text, "the quick red fox", 25, "the quick brown fox");
    assert_phrase_hits(text, "the quick brown old fox", 20, "the quick brown fox");
    assert_phrase_hits(text, "the quick fox jumps", 25, "the quick brown fox jumps");
    assert_phrase_hits(text, "the slow red fox", 25, "");
    assert_phrase_hits(text, "the slow red fox", 50, "the quick brown fox");
}

static void fuzzy_takes_the_word_that_stands_in_the_place(void **state)
{
    (void)state;
    assert_phrase_hits("code in jacks is compiled first", "jax is compiled first", 25,
                       "jacks is compiled first");
    assert_phrase_hits("we like jacks and", "we like jax", 40, "we like jacks");
}

static void fuzzy_chooses_the_best_and_never_overlaps(void **state)
{
    (void)state;
    assert_phrase_hits("a b x d a b c d a b c y", "a b c d", 25, "a b c d | a b x d | a b c y");
    assert_phrase_hits("x b c a b c d", "a b c d", 50, "a b c d | x b c");
    assert_phrase_hits("a b c a b c", "a b c", 99, "a b c | a b c");
}

static void fuzzy_runs_over_a_change_of_speaker(void **state)
{
    (void)state;
    assert_phrase_hits("he said a b c/x y", "a b c d", 25, "a b c");
    assert_phrase_hits("a b c/d y", "a b c d", 25, "a b c d");
    assert_phrase_hits("z/a x c d/y", "a b c d", 25, "a x c d");
    assert_phrase_hits("a/b/c/d", "a b x d", 25, "a b c d");
}

static void fuzzy_needs_a_word_of_the_phrase(void **state)
{
    (void)state;
    assert_phrase_hits("one two three", "alpha beta", 100, "");
    assert_phrase_hits("one two three", "alpha", 100, "");
    assert_phrase_hits("one beta three", "alpha beta", 100, "one beta");
}

static void nearest_prefers_words_spelled_alike(void **state)
{
    phrase_fixture f = phrase_turns("the dog and the impostor syndrome of the cat");
    sb_pattern pattern;
    sb_hit hit;
    bool found = false;
    double cost = 0;

    (void)state;
    f.text.runs = &f.runs;
    assert_int_equal(sb_pattern_init(&pattern, "the impostr syndrom", NULL), SB_OK);
    assert_int_equal(sb_phrase_nearest(&hit, &found, &cost, &f.text, &pattern, NULL), SB_OK);
    assert_true(found);
    assert_int_equal(hit.first, 3);
    assert_int_equal(hit.last, 5);
    assert_true(cost > 0 && cost < 1);
    sb_pattern_finish(&pattern);
    phrase_finish(&f);
}

static void a_phrase_beyond_the_limit_is_refused(void **state)
{
    sb_bytes phrase = {0};
    sb_pattern pattern;
    sb_error err = {0};

    (void)state;
    for (size_t i = 0; i <= SB_PATTERN_MAX; i++)
        sb_bytes_text(&phrase, "w ");
    assert_int_equal(sb_pattern_init(&pattern, phrase.data, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "at most 4096"));
    sb_bytes_finish(&phrase);
}

static void long_words_and_invalid_bytes_are_safe(void **state)
{
    char text[600];

    (void)state;
    memset(text, 'x', sizeof text);
    text[299] = ' ';
    text[sizeof text - 1] = '\0';
    assert_phrase_hits(text, "y x\xff\xfe", 50, "");
    assert_phrase_hits("\xff\xfe -- \xc3", "x y", 50, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_hits_share_no_word),
        cmocka_unit_test(fuzzy_allows_a_share_of_the_words),
        cmocka_unit_test(fuzzy_takes_the_word_that_stands_in_the_place),
        cmocka_unit_test(fuzzy_chooses_the_best_and_never_overlaps),
        cmocka_unit_test(fuzzy_needs_a_word_of_the_phrase),
        cmocka_unit_test(fuzzy_runs_over_a_change_of_speaker),
        cmocka_unit_test(nearest_prefers_words_spelled_alike),
        cmocka_unit_test(a_phrase_beyond_the_limit_is_refused),
        cmocka_unit_test(long_words_and_invalid_bytes_are_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
