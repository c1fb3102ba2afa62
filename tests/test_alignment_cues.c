/* Cues of one turn in the alignment file: one line with a list of its cues. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/align.h"
#include "support_transcript.h"

static const char captions[] = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ines>We rowed\n\n"
                               "00:03.000 --> 00:05.000\n<v Ines>[coughs] out\n\n"
                               "00:05.000 --> 00:06.000\n<v Ines>early.\n\n"
                               "00:06.000 --> 00:08.000\n<v Otto>Too early.\n";

static sb_alignment *captions_alignment(const char *text)
{
    sb_transcript *t = transcript_of(text, NULL);
    sb_alignment *a;
    assert_int_equal(sb_alignment_from_transcript(&a, t, NULL), SB_OK);
    sb_transcript_free(&t);
    return a;
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        n++;
    return n;
}

static void a_named_turn_is_one_line(void **state)
{
    sb_alignment *a = captions_alignment(captions), *again;
    sb_bytes out = {0}, second = {0};
    (void)state;
    assert_int_equal(a->n_turns, 4);
    assert_int_equal(sb_aligned_turn_end(a, 0), 3);
    assert_int_equal(sb_alignment_write(&out, a, NULL), SB_OK);
    assert_int_equal(count(out.data, "\"index\""), 2);
    assert_non_null(strstr(out.data, "\"text\": \"We rowed out early.\""));
    assert_non_null(strstr(out.data, "\"before_word\": 2"));
    assert_non_null(strstr(out.data, "\"summary\": {\"turns\": 2"));

    assert_int_equal(sb_alignment_read(&again, out.data, out.size, NULL, NULL), SB_OK);
    assert_int_equal(again->n_turns, 4);
    assert_true(again->turns[1].goes_on && again->turns[2].goes_on && !again->turns[3].goes_on);
    assert_int_equal(again->turns[1].stamp, 3 * SB_TIME_SECOND);
    assert_int_equal(again->turns[1].n_events, 1);
    assert_int_equal(again->turns[1].events[0].before_word, 0);
    assert_string_equal(again->turns[2].words[0].text, "early.");
    assert_int_equal(sb_alignment_write(&second, again, NULL), SB_OK);
    assert_string_equal(out.data, second.data);
    sb_bytes_finish(&out);
    sb_bytes_finish(&second);
    sb_alignment_free(&again);
    sb_alignment_free(&a);
}

static void unnamed_cues_keep_their_lines(void **state)
{
    sb_alignment *a = captions_alignment("WEBVTT\n\n00:01.000 --> 00:03.000\nWe rowed\n\n"
                                         "00:03.000 --> 00:05.000\nout early.\n"),
                 *again;
    sb_bytes out = {0};
    (void)state;
    assert_int_equal(sb_alignment_write(&out, a, NULL), SB_OK);
    assert_int_equal(count(out.data, "\"index\""), 2);
    assert_int_equal(count(out.data, "\"goes_on\": true"), 1);
    assert_int_equal(sb_alignment_read(&again, out.data, out.size, NULL, NULL), SB_OK);
    assert_true(!again->turns[0].goes_on && again->turns[1].goes_on);
    sb_bytes_finish(&out);
    sb_alignment_free(&again);
    sb_alignment_free(&a);
}

static void assert_refused(const char *from, const char *to, const char *message)
{
    sb_alignment *a = captions_alignment(captions), *again;
    sb_bytes out = {0}, changed = {0};
    sb_error err = {0};
    assert_int_equal(sb_alignment_write(&out, a, NULL), SB_OK);
    const char *at = strstr(out.data, from);
    assert_non_null(at);
    sb_bytes_append(&changed, out.data, (size_t)(at - out.data));
    sb_bytes_text(&changed, to);
    sb_bytes_text(&changed, at + strlen(from));
    assert_int_equal(sb_alignment_read(&again, changed.data, changed.size, NULL, &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, message));
    sb_bytes_finish(&out);
    sb_bytes_finish(&changed);
    sb_alignment_free(&a);
}

static void cues_that_do_not_fit_their_turn_are_refused(void **state)
{
    (void)state;
    assert_refused("{\"words\": 1, \"events\": 1", "{\"words\": 9, \"events\": 1", "words");
    assert_refused("{\"words\": 1, \"events\": 0", "{\"words\": 0, \"events\": 0",
                   "the cues have not all words");
    assert_refused("\"before_word\": 2", "\"before_word\": 0", "not in its cue");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_named_turn_is_one_line),
        cmocka_unit_test(unnamed_cues_keep_their_lines),
        cmocka_unit_test(cues_that_do_not_fit_their_turn_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
