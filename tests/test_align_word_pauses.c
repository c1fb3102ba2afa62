#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "align/words/words.h"

#define MS SB_TIME_MS

/* Two words from 0 to 1 s that touch at 500 ms. */
static void touch(sb_heard_word words[2], char last_class, char first_class)
{
    words[0] = (sb_heard_word){.heard = true,
                               .span = {0, 500 * MS},
                               .before_class = '_',
                               .first_class = 'V',
                               .last_class = last_class,
                               .after_class = first_class};
    words[1] = (sb_heard_word){.heard = true,
                               .span = {500 * MS, 1000 * MS},
                               .before_class = last_class,
                               .first_class = first_class,
                               .last_class = 'V',
                               .after_class = '_'};
}

static void part_at(sb_heard_word words[2], int from_ms, int until_ms)
{
    sb_span spans[] = {{0, from_ms * MS}, {until_ms * MS, 1000 * MS}};
    const sb_speech speech = {.speech = spans, .n_speech = 2};

    sb_word_pauses_part(words, 2, &speech);
}

static void assert_parted(const sb_heard_word words[2], int end_ms, int start_ms)
{
    assert_int_equal(words[0].span.end, end_ms * MS);
    assert_int_equal(words[1].span.start, start_ms * MS);
    assert_int_equal(words[0].after_class, '_');
    assert_int_equal(words[1].before_class, '_');
}

static void assert_touching(const sb_heard_word words[2])
{
    assert_int_equal(words[0].span.end, 500 * MS);
    assert_int_equal(words[1].span.start, 500 * MS);
    assert_int_not_equal(words[0].after_class, '_');
}

static void test_words_touching_in_a_pause_are_separated(void **state)
{
    sb_heard_word words[2];
    (void)state;

    touch(words, 'V', 'N');
    part_at(words, 440, 520);
    assert_parted(words, 440, 520);
}

static void test_words_are_separated_at_a_pause_near_their_edge(void **state)
{
    sb_heard_word words[2];
    (void)state;

    touch(words, 'V', 'N');
    part_at(words, 520, 600);
    assert_parted(words, 520, 600);
}

static void test_a_closure_separates_no_words(void **state)
{
    sb_heard_word words[2];
    (void)state;

    touch(words, 'V', 'S');
    part_at(words, 440, 540);
    assert_touching(words);
}

static void test_a_silence_longer_than_a_closure_is_a_pause(void **state)
{
    sb_heard_word words[2];
    (void)state;

    touch(words, 'V', 'S');
    part_at(words, 400, 520);
    assert_parted(words, 400, 520);
}

static void test_a_shorter_silence_is_a_pause_at_punctuation(void **state)
{
    sb_heard_word words[2];
    (void)state;

    touch(words, 'S', 'S');
    words[0].ends_clause = true;
    part_at(words, 440, 520);
    assert_parted(words, 440, 520);
}

static void test_the_last_word_of_a_clause_fades_before_its_pause(void **state)
{
    sb_heard_word words[2];
    (void)state;

    touch(words, 'N', 'S');
    words[0].ends_clause = true;
    part_at(words, 610, 700);
    assert_parted(words, 610, 700);
}

static void test_a_silence_inside_a_word_separates_nothing(void **state)
{
    sb_heard_word words[2];
    (void)state;

    touch(words, 'V', 'V');
    part_at(words, 650, 800);
    assert_touching(words);
}

static void test_words_that_were_not_heard_are_ignored(void **state)
{
    sb_heard_word words[3];
    sb_span spans[] = {{0, 440 * MS}, {520 * MS, 1000 * MS}};
    const sb_speech speech = {.speech = spans, .n_speech = 2};
    (void)state;

    touch(words, 'V', 'V');
    words[2] = words[1];
    words[1] = (sb_heard_word){0};
    sb_word_pauses_part(words, 3, &speech);
    assert_int_equal(words[0].span.end, 440 * MS);
    assert_int_equal(words[2].span.start, 520 * MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_touching_in_a_pause_are_separated),
        cmocka_unit_test(test_words_are_separated_at_a_pause_near_their_edge),
        cmocka_unit_test(test_a_closure_separates_no_words),
        cmocka_unit_test(test_a_silence_longer_than_a_closure_is_a_pause),
        cmocka_unit_test(test_a_shorter_silence_is_a_pause_at_punctuation),
        cmocka_unit_test(test_the_last_word_of_a_clause_fades_before_its_pause),
        cmocka_unit_test(test_a_silence_inside_a_word_separates_nothing),
        cmocka_unit_test(test_words_that_were_not_heard_are_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
