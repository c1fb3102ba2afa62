#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_skip.h"
#include "support_transcript.h"

static void check_text(const sb_turn *turn, const char *expected)
{
    char *text = sb_turn_text(turn);
    assert_string_equal(text, expected);
    free(text);
}

static void test_seed(void **state)
{
    (void)state;
    char *path = shared_path("seed-transcript.txt");
    if (!path)
        skip_because("the shared data are absent");
    sb_bytes file = {0};
    sb_transcript *t;
    sb_notes notes = {0};
    assert_int_equal(sb_file_read(&file, path, 1 << 20, NULL), SB_OK);
    assert_int_equal(sb_transcript_read(&t, file.data, file.size, NULL, &notes, NULL), SB_OK);
    assert_int_equal(t->n_turns, 153);
    assert_int_equal(notes.n_items, 0);
    assert_string_equal(t->format, "turns-bracket");
    assert_string_equal(t->title, "The Journey to Expertise with Fernando Lopez - ML 152");
    assert_int_equal(t->resolution, SB_TIME_SECOND);
    assert_null(t->turns[0].speaker);
    assert_int_equal(t->turns[0].stamp, SB_TIME_NONE);
    assert_int_equal(t->turns[0].line, 6);
    assert_string_equal(t->turns[0].words[0].text, "Welcome");
    assert_string_equal(t->turns[1].speaker, "Ben Wilson");
    assert_int_equal(t->turns[1].stamp, 15 * SB_TIME_SECOND);
    size_t n_repeated = 0, n_same_second = 0;
    for (size_t i = 2; i < t->n_turns; i++) {
        n_repeated += strcmp(t->turns[i].speaker, t->turns[i - 1].speaker) == 0;
        n_same_second += t->turns[i].stamp == t->turns[i - 1].stamp;
    }
    assert_int_equal(n_repeated, 57);
    assert_int_equal(n_same_second, 6);
    sb_transcript_free(&t);
    sb_bytes_finish(&file);
    free(path);
}

static void test_first_turn_without_header(void **state)
{
    (void)state;
    sb_transcript *t =
        transcript_of("A title\nNotes\nTranscript\nHello and\nwelcome\n\nAnn [00:00:05]:\nThanks. ", NULL);
    assert_int_equal(t->n_turns, 2);
    check_text(&t->turns[0], "Hello and welcome");
    check_text(&t->turns[1], "Thanks.");
    assert_string_equal(t->title, "A title");
    sb_transcript_free(&t);
}

static void test_headers_without_times(void **state)
{
    (void)state;
    sb_transcript *t =
        transcript_of("Ann [0:05]:\nOne.\nBob []:\nTwo.\nAnn:\nThree.\nCarl:\nstays text\nBob:\n", NULL);
    assert_int_equal(t->n_turns, 4);
    assert_int_equal(t->turns[0].stamp, 5 * SB_TIME_SECOND);
    assert_int_equal(t->turns[1].stamp, SB_TIME_NONE);
    check_text(&t->turns[2], "Three. Carl: stays text");
    assert_string_equal(t->turns[2].speaker, "Ann");
    assert_int_equal(t->turns[3].n_words, 0);
    sb_transcript_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_seed),
                                       cmocka_unit_test(test_first_turn_without_header),
                                       cmocka_unit_test(test_headers_without_times)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
