/* Input that is slow, deep or large, and allocations that fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_memory.h"
#include "support_transcript.h"

static size_t count_turns(const sb_bytes *text, sb_status expected)
{
    sb_transcript *t;
    sb_notes notes = {0};
    assert_int_equal(sb_transcript_read(&t, text->data, text->size, NULL, &notes, NULL), expected);
    size_t n = t ? t->n_turns : 0;
    sb_transcript_free(&t);
    sb_notes_finish(&notes);
    return n;
}

static void repeat(sb_bytes *out, const char *piece, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sb_bytes_text(out, piece);
}

/* `n_turns` 0: one per piece. */
static void check_repeated(const char *head, const char *piece, size_t size, size_t n_turns)
{
    sb_bytes text = {0};
    sb_bytes_text(&text, head);
    repeat(&text, piece, size / strlen(piece));
    assert_int_equal(count_turns(&text, SB_OK), n_turns ? n_turns : size / strlen(piece));
    sb_bytes_finish(&text);
}

static void test_long_lines(void **state)
{
    (void)state;
    static const char *const pieces[] = {"word ", "x",  "[",      "(a [b ", "<",       "<i>",
                                         "&",     "\\", "Name: ", "-->",    "\xC3\xA9"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        check_repeated("Ann [00:00:01]:\n", pieces[i], 1000000, 1);
        check_repeated("1\n00:00:01,000 --> 00:00:02,000\n", pieces[i], 1000000, 1);
        check_repeated("WEBVTT\n\n00:01.000 --> 00:02.000\n", pieces[i], 1000000, 1);
    }
}

static void test_many_turns(void **state)
{
    (void)state;
    check_repeated("", "Ann [00:00:01]:\nYes.\n", 21 * 1000000, 0);
    check_repeated("", "1\n00:00:01,000 --> 00:00:01,000\nAnn: yes\n\n", 4200000, 0);
    check_repeated("{\"segments\":[", "{\"startTime\":1,\"body\":\"Yes, yes.\"},", 4000000, 0);
}

static void test_deep_json(void **state)
{
    (void)state;
    sb_bytes text = {0};
    sb_bytes_text(&text, "{\"deep\":");
    repeat(&text, "[", 200000);
    repeat(&text, "]", 200000);
    sb_bytes_text(&text, ",\"segments\":[{\"startTime\":1,\"body\":\"still here\"}]}");
    assert_int_equal(count_turns(&text, SB_OK), 1);
    text.size = 150000;
    count_turns(&text, SB_ERR_FORMAT);
    sb_bytes_finish(&text);
}

static void dump_of(sb_bytes *out, sb_transcript *t)
{
    transcript_dump(out, t, NULL);
    sb_transcript_free(&t);
}

/* Libraries go on without some allocations. Then the result is whole. */
static void check_no_memory(const char *text)
{
    bool refused = true;
    sb_bytes whole = {0};
    dump_of(&whole, transcript_of(text, NULL));
    for (size_t n = 0; refused; n++) {
        sb_transcript *t;
        sb_notes notes = {0};
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_transcript_read(&t, text, strlen(text), NULL, &notes, &err);
        refused = memory_fail_end();
        assert_true(status == SB_ERR_MEMORY || status == SB_OK);
        assert_int_equal(err.status, status);
        assert_true((t == NULL) == (status != SB_OK));
        if (status == SB_OK && notes.n_dropped == 0) {
            sb_bytes found = {0};
            dump_of(&found, t);
            assert_string_equal(found.data, whole.data);
            sb_bytes_finish(&found);
            t = NULL;
        }
        sb_transcript_free(&t);
        sb_notes_finish(&notes);
    }
    sb_bytes_finish(&whole);
}

static void test_no_memory(void **state)
{
    (void)state;
    check_no_memory(
        "Title\nTranscript\nFirst words.\nAnn [00:00:05]:\nOne [laughs] two.\nBob [00:00:01]:\nThree.\n");
    check_no_memory(
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: One &amp; <i>two</i>\n\n2\n00:00:02,000 --> 00:00:03,000\n");
    check_no_memory(
        "WEBVTT - Title\nLanguage: en\n\n00:01.000 --> 00:02.000\n<v A>one<00:01.500> two <v B>three\n");
    check_no_memory("<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><p begin=\"1s\" end=\"2s\">one &amp; "
                    "two</p></body></tt>");
    check_no_memory("<cite>Ann:</cite><time>0:01</time><p>One &amp; two</p>");
    check_no_memory("<!doctype html><title>T</title><p>Ann [00:00:01]:</p><p>One.</p>");
    check_no_memory("{\\rtf1 Ann [00:00:01]:\\par One \\'e9.\\par}");
    check_no_memory("[ti:T]\n[00:01.00][00:03.00]One\n[00:02.00]Ann: two\n");
    check_no_memory("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,Ann,0,0,0,,{\\k20}One [laughs] two\n");
    check_no_memory(
        "<SAMI><BODY><SYNC Start=1000><P ID=Source>Ann<P>One<SYNC Start=2000><P>&nbsp;</BODY></SAMI>");
    check_no_memory("{\"title\":\"T\",\"segments\":[{\"startTime\":1,\"endTime\":2,\"body\":\"one\"},"
                    "{\"speaker\":\"A\",\"startTime\":2,\"endTime\":3,\"body\":\"two\"}]}");
    check_no_memory("{\"language\":\"en\",\"word_segments\":[],\"segments\":[{\"start\":1,\"end\":2,\"text\":"
                    "\"a b\",\"words\":["
                    "{\"word\":\"a\",\"start\":1,\"end\":1.5},{\"word\":\"b\",\"speaker\":\"S\"}]}]}");
    check_no_memory("{\"speakers\":[{\"id\":0,\"name\":\"A\"}],\"monologues\":[{\"speaker\":0,\"elements\":["
                    "{\"type\":\"text\",\"value\":\"So\",\"ts\":1,\"end_ts\":2},{\"type\":\"unknown\","
                    "\"value\":\"<x>\"}]}]}");
    check_no_memory("{\"results\":{\"channels\":[{\"alternatives\":[{\"words\":[{\"word\":\"b\",\"start\":2,"
                    "\"end\":3}]}]},"
                    "{\"alternatives\":[{\"words\":[{\"word\":\"a\",\"start\":1,\"end\":2}]}]}]}}");
    check_no_memory("{\"text\":\"a\",\"words\":[{\"word\":\"a\",\"start\":1,\"end\":2}],\"segments\":[{"
                    "\"start\":1,\"end\":2,"
                    "\"text\":\"a\"}]}");
    check_no_memory(
        "{\"lines\":[{\"who\":{\"name\":\"A\"},\"begin\":1000,\"finish\":2000,\"content\":\"one two\"}]}");
    check_no_memory("start\tend\ttext\n0\t900\tAnn: one\n900\t800\ttwo\n");
    check_no_memory(
        "Speaker,Start,End,Text\nAnn,0:01,0:02,\"one \"\"two\"\"\"\nBob,0:02,0:03,[laughs] three\n");
    check_no_memory("a 1 0.10 0.20 one 0.9\na 2 0.30 0.20 two 0.9\nb 1 0.60 0.20 three 0.9\n");
    check_no_memory(
        "\"ooTextFile\" \"TextGrid\" 0 2 <exists> 2 \"IntervalTier\" \"Ann - text\" 0 2 1 0 2 \"one two\" "
        "\"IntervalTier\" \"Ann - words\" 0 2 2 0 1 \"one\" 1 2 \"two\" ");
}

static void test_no_memory_to_write(void **state)
{
    (void)state;
    sb_transcript *t = transcript_of("Ann [00:00:05]:\nOne.\nBob [00:00:06]:\nTwo.\n", NULL);
    sb_time stamps[] = {0, SB_TIME_SECOND};
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_bytes out;
        memory_fail_from(n);
        sb_status status = sb_transcript_restamp(&out, t, stamps, NULL, NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_true((out.data == NULL) == refused);
        sb_bytes_finish(&out);
    }
    sb_transcript_free(&t);
}

static void test_arguments(void **state)
{
    (void)state;
    sb_transcript *t;
    sb_error err = {0};
    sb_transcript_params params = {.format = "no-such"};
    assert_int_equal(sb_transcript_read(&t, "x", 1, &params, NULL, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "turns-bracket"));
    assert_int_equal(sb_transcript_read(&t, NULL, 0, NULL, NULL, NULL), SB_ERR_FORMAT);
    for (size_t i = 0; (params.format = sb_transcript_format(i, NULL)) != NULL; i++) {
        bool reads_prose = !strcmp(params.format, "plain");
        assert_int_equal(sb_transcript_read(&t, "only prose", 10, &params, NULL, NULL),
                         reads_prose ? SB_OK : SB_ERR_FORMAT);
        sb_transcript_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_lines),         cmocka_unit_test(test_many_turns),
        cmocka_unit_test(test_deep_json),          cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_no_memory_to_write), cmocka_unit_test(test_arguments)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
