/* Captions whose meaning shows only over several cues, and cue times that no standard has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "support_transcript.h"

/* Compares the turns, without the first line of the dump. */
static void check_turns(const char *text, const char *expected)
{
    sb_bytes dump = {0};
    sb_transcript *t = transcript_of(text, NULL);
    transcript_dump(&dump, t, NULL);
    assert_string_equal(strchr(dump.data, '\n') + 1, expected);
    sb_bytes_finish(&dump);
    sb_transcript_free(&t);
}

static void test_growing_line(void **state)
{
    (void)state;
    check_turns(
        "1\n00:00:00,160 --> 00:00:02,000\nput the\n\n2\n00:00:02,000 --> 00:00:03,000\nput the kettle\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nput the kettle on\n\n4\n00:00:04,000 --> 00:00:05,000\nput the "
        "kettle on now\n",
        "2 0.160-2.000 put the\n6+ 2.000-3.000 kettle\n10+ 3.000-4.000 on\n14+ 4.000-5.000 now\n");
}

static void test_overlapping_lines(void **state)
{
    (void)state;
    check_turns("1\n00:00:00,000 --> 00:00:02,000\nthe barn is\n\n2\n00:00:02,000 --> 00:00:03,000\nbarn is "
                "red and\n\n"
                "3\n00:00:03,000 --> 00:00:04,000\nred and so is\n\n4\n00:00:04,000 --> 00:00:05,000\nso is "
                "the cart\n",
                "2 0.000-2.000 the barn is\n6+ 2.000-3.000 red and\n10+ 3.000-4.000 so is\n14+ 4.000-5.000 "
                "the cart\n");
    /* Two people who say the same words do not roll. */
    check_turns(
        "1\n00:00:00,000 --> 00:00:01,000\nvery well\n\n2\n00:00:01,000 --> 00:00:02,000\nvery well\n\n"
        "3\n00:00:02,000 --> 00:00:03,000\nvery well\n\n",
        "2 0.000-1.000 very well\n6+ 1.000-2.000 very well\n10+ 2.000-3.000 very well\n");
}

static void test_names_in_brackets(void **state)
{
    (void)state;
    check_turns("1\n00:00:01,000 --> 00:00:02,000\n[ADA] Lower it.\n\n2\n00:00:02,000 --> "
                "00:00:03,000\n[BEN] Slowly.\n[bell ringing]\n\n"
                "3\n00:00:03,000 --> 00:00:04,000\n[ADA] Stop.\n\n4\n00:00:04,000 --> 00:00:05,000\nNow.\n",
                "2 1.000-2.000 \"ADA\" Lower it.\n6 2.000-3.000 \"BEN\" Slowly.\n  ! 1 [bell ringing]\n"
                "11 3.000-4.000 \"ADA\" Stop.\n15+ 4.000-5.000 \"ADA\" Now.\n");
    check_turns("1\n00:00:01,000 --> 00:00:02,000\n(ADA) Lower it.\n\n2\n00:00:02,000 --> "
                "00:00:03,000\n(ADA) Stop.\n",
                "2 1.000-2.000 \"ADA\" Lower it.\n6+ 2.000-3.000 \"ADA\" Stop.\n");
    /* Once is not enough. */
    check_turns("1\n00:00:01,000 --> 00:00:02,000\n[SIGN] Closed.\n\n2\n00:00:02,000 --> 00:00:03,000\nOh.\n",
                "2 1.000-2.000 [SIGN] Closed.\n6+ 2.000-3.000 Oh.\n");
}

static void test_times_without_arrow(void **state)
{
    (void)state;
    check_turns("1\n00:00:01,000 - 00:00:02,500\nA dash.\n\n2\n00:00:03,000 to 00:00:04,000\nA "
                "word.\n\n3\n00:00:05,000 > 00:00:06,000\nA point.\n",
                "2 1.000-2.500 A dash.\n6 3.000-4.000 A word.\n10 5.000-6.000 A point.\n");
    sb_transcript *t;
    sb_error err = {0};
    static const char text[] = "We met 00:00:01,000 - 00:00:02,500\nand left.\n";
    assert_int_equal(
        sb_transcript_read(&t, text, sizeof text - 1, &(sb_transcript_params){.format = "srt"}, NULL, &err),
        SB_ERR_FORMAT);
}

static void test_digits_of_other_scripts(void **state)
{
    (void)state;
    check_turns(
        "1\n٠٠:٠٠:٠١,٥٠٠ --> ٠٠:٠٠:٠٢,٠٠٠\nOne.\n\n2\n\u200e00:00:03,000\u00a0--> 00:00:04,000\nTwo.\n",
        "2 1.500-2.000 One.\n6 3.000-4.000 Two.\n");
}

static void test_invisible_marks_beside_times(void **state)
{
    (void)state;
    check_turns("1\n\u206000:00:01,000 - 00:00:02,000\nput the kettle on\n\n"
                "2\n00:00:02,000 -\u00ad00:00:03,000\u2060\nnow\n",
                "2 1.000-2.000 put the kettle on\n6+ 2.000-3.000 now\n");
}

/* "Dr." ends no sentence, whatever is before it in the row. */
static void test_rows_of_words_with_an_abbreviation(void **state)
{
    (void)state;
    check_turns("start,end,text\n0,0.2,Then\n0.2,0.4,I\n0.4,0.8,met Dr.\n0.8,1,Smith\n1,1.2,there.\n",
                "2 0.000-1.200 <0.000-0.200>Then <0.200-0.400>I <0.400>met <?-0.800>Dr. <0.800-1.000>Smith "
                "<1.000-1.200>there.\n");
}

static void test_misspelled_times_are_written_right(void **state)
{
    (void)state;
    static const char text[] = "1\n00.00.01;000 --> 00: 00: 02,000\nHi\n\n2\n0m 3s => 00:00:04:500\nHo\n";
    sb_transcript *t = transcript_of(text, NULL);
    sb_time stamps[] = {t->turns[0].stamp + SB_TIME_SECOND, t->turns[1].stamp + SB_TIME_SECOND};
    sb_time stops[] = {t->turns[0].stop + SB_TIME_SECOND, t->turns[1].stop + SB_TIME_SECOND};
    sb_bytes out = {0};
    assert_int_equal(sb_transcript_restamp(&out, t, stamps, stops, NULL), SB_OK);
    assert_string_equal(out.data,
                        "1\n00:00:02.000 --> 00:00:03,000\nHi\n\n2\n00:00:04.000 => 00:00:05.500\nHo\n");
    sb_bytes_finish(&out);
    sb_transcript_free(&t);
}

static void test_endless_line_is_refused(void **state)
{
    (void)state;
    static const char head[] = "1\n00:00:01,000 --> 00:00:02,000\n";
    size_t size = ((size_t)9 << 20) + sizeof head;
    char *text = malloc(size);
    memset(text, 'x', size);
    memcpy(text, head, sizeof head - 1);
    sb_transcript *t;
    sb_error err = {0};
    assert_int_equal(sb_transcript_read(&t, text, size, NULL, NULL, &err), SB_ERR_FORMAT);
    assert_int_equal(err.line, 3);
    free(text);
}

static void test_unnamed_changes(void **state)
{
    (void)state;
    sb_transcript *t = transcript_of("1\n00:00:01,000 --> 00:00:02,000\n- Here?\n- There.\n", NULL);
    assert_int_equal(t->n_turns, 2);
    assert_true(t->turns[1].is_change);
    assert_false(t->turns[1].goes_on);
    sb_transcript_free(&t);
}

/* "the" and "them" share nothing; 20,000 spellings are more than are remembered. */
static void test_words_of_one_spelling_share_their_text(void **state)
{
    enum { SPELLINGS = 20000, ROUNDS = 2 };
    sb_bytes text = {0};
    char word[32];
    size_t n = 0;
    (void)state;
    sb_bytes_print(&text, "1\n00:00:00,000 --> 00:10:00,000\nthe them the");
    for (int i = 0; i < ROUNDS * SPELLINGS; i++)
        sb_bytes_print(&text, "%sw%d", i % 10 ? " " : "\n", i % SPELLINGS);
    sb_transcript *t = transcript_of(text.data, NULL);
    assert_int_equal(t->n_turns, 1);
    assert_int_equal(t->turns[0].n_words, 3 + ROUNDS * SPELLINGS);
    const sb_word *words = t->turns[0].words;
    assert_string_equal(words[0].text, "the");
    assert_string_equal(words[1].text, "them");
    assert_ptr_equal(words[0].text, words[2].text);
    for (int i = 0; i < ROUNDS * SPELLINGS; i++) {
        snprintf(word, sizeof word, "w%d", i % SPELLINGS);
        n += strcmp(words[3 + i].text, word) != 0;
    }
    assert_int_equal(n, 0);
    sb_transcript_free(&t);
    sb_bytes_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_growing_line),
                                       cmocka_unit_test(test_overlapping_lines),
                                       cmocka_unit_test(test_names_in_brackets),
                                       cmocka_unit_test(test_times_without_arrow),
                                       cmocka_unit_test(test_digits_of_other_scripts),
                                       cmocka_unit_test(test_invisible_marks_beside_times),
                                       cmocka_unit_test(test_rows_of_words_with_an_abbreviation),
                                       cmocka_unit_test(test_misspelled_times_are_written_right),
                                       cmocka_unit_test(test_endless_line_is_refused),
                                       cmocka_unit_test(test_words_of_one_spelling_share_their_text),
                                       cmocka_unit_test(test_unnamed_changes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
