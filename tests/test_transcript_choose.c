#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/transcript.h"
#include "support_transcript.h"

static void the_reason_is_kept(void **state)
{
    sb_transcript *t = transcript_of("WEBVTT\n\n00:01.000 --> 00:02.000\nHello there.\n", NULL);
    (void)state;
    assert_string_equal(t->format, "vtt");
    assert_int_equal(t->certainty, 100);
    assert_non_null(t->evidence);
    assert_null(t->other_format);
    sb_transcript_free(&t);
}

/* A format that is almost as certain as the first is told, unless the first has what only it can have. */
static void a_close_second_is_kept(void **state)
{
    sb_transcript *t = transcript_of("00:00:01.000 --> 00:00:02.000\nHello there.\n", NULL);
    (void)state;
    assert_string_equal(t->format, "vtt");
    assert_string_equal(t->other_format, "srt");
    assert_non_null(t->other_evidence);
    assert_true(t->certainty > 0 && t->certainty < 90);
    sb_transcript_free(&t);
}

static void a_quoted_cue_makes_no_captions(void **state)
{
    sb_bytes text = {0};
    (void)state;
    for (int i = 0; i < 20; i++)
        sb_bytes_print(&text, "Ann Lee [00:01:%02d]:\nWe talk about subtitles.\n", i);
    sb_bytes_text(&text, "1\n00:00:01,000 --> 00:00:04,000\nis how it looks.\n");
    sb_transcript *t = transcript_of(text.data, NULL);
    assert_string_equal(t->format, "turns-bracket");
    sb_transcript_free(&t);
    sb_bytes_finish(&text);
}

static void a_named_format_has_no_reason(void **state)
{
    sb_transcript *t = transcript_of("00:00:01.000 --> 00:00:02.000\nHello there.\n", "SRT");
    (void)state;
    assert_string_equal(t->format, "srt");
    assert_int_equal(t->certainty, 0);
    assert_null(t->evidence);
    assert_null(t->other_format);
    sb_transcript_free(&t);
}

static void assert_refused(const char *text, const char *format, sb_status status, const char *message)
{
    sb_transcript *t;
    sb_error err = {0};
    const sb_transcript_params params = {.format = format};
    assert_int_equal(sb_transcript_read(&t, text, strlen(text), &params, NULL, &err), status);
    assert_string_equal(err.field, "format");
    if (!strstr(err.message, message))
        fail_msg("'%s' lacks '%s'", err.message, message);
}

static void an_unknown_name_suggests_the_nearest(void **state)
{
    (void)state;
    assert_refused("Hello", "turns-braket", SB_ERR_ARGUMENT, "did you mean 'turns-bracket'?");
    assert_refused("Hello", "nothing like it", SB_ERR_ARGUMENT, "use one of turns-bracket, srt");
}

static void an_unknown_text_is_described(void **state)
{
    static const char *const texts[] = {"<svg><path/></svg>", "\x01\x02\x03"};
    char line[400];
    (void)state;
    assert_refused(texts[0], NULL, SB_ERR_FORMAT, "begins with \"<svg><path/></svg>\"");
    assert_refused(texts[0], NULL, SB_ERR_FORMAT, "it looks like XML or HTML");
    assert_refused(texts[1], NULL, SB_ERR_FORMAT, "no lines that begin with a time");
    snprintf(line, sizeof line, "<b%*s\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", 45, "x");
    assert_refused(line, NULL, SB_ERR_FORMAT, "x\xc3\xa4...\"");
}

static void assert_refused_without_words(const char *text)
{
    sb_transcript *t;
    sb_error err = {0};
    assert_int_equal(sb_transcript_read(&t, text, strlen(text), NULL, NULL, &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, "no words"));
}

/* Each example is read by its own reader without being told, and has something in it. */
static void examples_are_what_they_say(void **state)
{
    const char *name;
    size_t n_wrong = 0;
    (void)state;
    for (size_t i = 0; (name = sb_transcript_format(i, NULL)); i++) {
        const char *example = sb_transcript_example(i);
        if (!example) {
            print_message("%s has no example\n", name);
            continue;
        }
        assert_int_equal(example[strlen(example) - 1], '\n');
        if (!strcmp(name, "rttm")) { /* has no words */
            assert_refused_without_words(example);
            continue;
        }
        sb_transcript *t = transcript_of(example, NULL);
        if (strcmp(t->format, name) || t->n_turns == 0 || t->turns[0].n_words == 0) {
            print_error("the example of %s is read as %s with %zu turns\n", name, t->format, t->n_turns);
            n_wrong++;
        }
        sb_transcript_free(&t);
    }
    assert_int_equal(n_wrong, 0);
    assert_null(sb_transcript_example(1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reason_is_kept),
        cmocka_unit_test(a_close_second_is_kept),
        cmocka_unit_test(a_quoted_cue_makes_no_captions),
        cmocka_unit_test(a_named_format_has_no_reason),
        cmocka_unit_test(an_unknown_name_suggests_the_nearest),
        cmocka_unit_test(an_unknown_text_is_described),
        cmocka_unit_test(examples_are_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
