#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "support_export.h"
#include "support_quote.h"

static sb_alignment *talk(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    a->transcript.title = sb_copy_text("A = \"B\"; #1", NULL);
    quote_add_turn(a, "Ann & <A>", 3661500, 3691750, "=SUM(A1) \"so\" {\\i1}x");
    quote_add_turn(a, NULL, 9000, 10000, "Hello there.");
    quote_add_turn(a, "Cy", 0, 0, "Not heard.");
    a->turns[2].start = a->turns[2].end = SB_TIME_NONE;
    a->turns[2].status = SB_TURN_NOT_HEARD;
    quote_set_word(a, 2, 0, 0, 0, SB_WORD_NOT_HEARD);
    quote_set_word(a, 2, 1, 0, 0, SB_WORD_NOT_HEARD);
    a->audio.duration = 7200 * SB_TIME_SECOND;
    return a;
}

static void soundbite_elements(void **state)
{
    sb_alignment *a = talk();
    sb_notes notes = {0};
    char *text = exported(a, "soundbite", 0, &notes);

    (void)state;
    assert_string_equal(
        text, "<podcast:soundbite startTime=\"9.000\" duration=\"1.000\">Hello there.</podcast:soundbite>\n"
              "<podcast:soundbite startTime=\"3661.500\" duration=\"30.250\">=SUM(A1) &quot;so&quot; {\\i1}x"
              "</podcast:soundbite>\n");
    assert_int_equal(notes.n_items, 2);
    assert_has(notes.items[0].text, "1 turn (2 words)");
    assert_has(notes.items[1].text, "1 of 2 soundbites are not between 15 and 120 s");
    sb_notes_finish(&notes);
    free(text);
    sb_alignment_free(&a);
}

static void long_titles_are_cut_after_a_word(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_bytes words = {0};

    (void)state;
    for (int i = 0; i < 21; i++)
        sb_bytes_text(&words, "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xc3\xa9 ");
    sb_bytes_text(&words, "ab");
    quote_add_turn(a, NULL, 0, 20000, words.data);
    char *text = exported(a, "soundbite", 0, NULL);
    assert_has(text, "\xc3\xa9 ab</podcast");
    assert_null(strstr(text, "\xe2\x80\xa6"));
    free(text);
    sb_bytes_text(&words, "c");
    quote_add_turn(a, NULL, 30000, 50000, words.data);
    text = exported(a, "soundbite", 0, NULL);
    assert_has(text, "\xc3\xa9\xe2\x80\xa6</podcast");
    free(text);
    sb_bytes_finish(&words);
    sb_alignment_free(&a);
}

static void chapters_in_order(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    assert_export(a, "chapters", 0,
                  "{\"version\": \"1.2.0\", \"title\": \"A = \\\"B\\\"; #1\", \"chapters\": [\n"
                  "{\"startTime\": 9.000000, \"endTime\": 10.000000, \"title\": \"Hello there.\"},\n"
                  "{\"startTime\": 3661.500000, \"endTime\": 3691.750000, "
                  "\"title\": \"Ann & <A>: =SUM(A1) \\\"so\\\" {\\\\i1}x\"}]}\n");
    sb_alignment_free(&a);
}

static void podcast_json_reads_back(void **state)
{
    sb_alignment *a = talk();
    sb_transcript *t = NULL;
    char *text = exported(a, "podcast-json", 0, NULL);

    (void)state;
    assert_has(text,
               "{\"version\": \"1.0.0\", \"segments\": [\n{\"startTime\": 9.000000, \"endTime\": 10.000000, "
               "\"body\": \"Hello there.\"},\n{\"speaker\": \"Ann & <A>\", \"startTime\": 3661.500000, "
               "\"endTime\": ");
    assert_int_equal(sb_transcript_read(&t, text, strlen(text), NULL, NULL, NULL), SB_OK);
    assert_string_equal(t->format, "podcast-json");
    assert_null(t->turns[0].speaker);
    assert_string_equal(t->turns[1].speaker, "Ann & <A>");
    assert_string_equal(t->turns[1].words[0].text, "=SUM(A1)");
    assert_int_equal(quote_ms(t->turns[1].stamp), 3661500);
    sb_transcript_free(&t);
    free(text);
    sb_alignment_free(&a);
}

static void podcast_json_in_its_own_form_is_byte_for_byte(void **state)
{
    static const char own[] = "{ \"version\":\"1.0.0\",\"segments\":[\n {\"startTime\":1,\"endTime\":2.5,"
                              "\"speaker\":\"A\",\"body\":\"One.\"}]}";
    sb_transcript *t = NULL;
    sb_alignment *a = NULL;

    (void)state;
    assert_int_equal(sb_transcript_read(&t, own, sizeof own - 1, NULL, NULL, NULL), SB_OK);
    assert_int_equal(sb_alignment_from_transcript(&a, t, NULL), SB_OK);
    sb_transcript_free(&t);
    assert_export(a, "podcast-json", 0, own);
    sb_alignment_free(&a);
}

static sb_alignment *plain(const char *text, size_t size)
{
    sb_transcript *t = NULL;
    sb_alignment *a = NULL;

    assert_int_equal(sb_transcript_read(&t, text, size, NULL, NULL, NULL), SB_OK);
    assert_int_equal(sb_alignment_from_transcript(&a, t, NULL), SB_OK);
    sb_transcript_free(&t);
    return a;
}

static void similar_input_is_converted_to_the_format(void **state)
{
    static const char list[] = "[{\"start\":500,\"end\":2500,\"text\":\"Hello there.\"}]";
    static const char headless[] = "00:01.000 --> 00:02.000\nHello there.\n\n00:03.000 --> 00:04.000\nYes.\n";
    static const char wide[] = "\xff\xfeW\0E\0B\0V\0T\0T\0\n\0\n\0"
                               "0\0"
                               "0\0:\0"
                               "0\0"
                               "1\0.\0"
                               "0\0"
                               "0\0"
                               "0\0 \0-\0-\0>\0 \0"
                               "0\0"
                               "0\0:\0"
                               "0\0"
                               "2\0.\0"
                               "0\0"
                               "0\0"
                               "0\0\n\0Y\0e\0s\0.\0\n";
    sb_alignment *a = plain(list, sizeof list - 1);

    (void)state;
    assert_export(
        a, "podcast-json", 0,
        "{\"version\": \"1.0.0\", \"segments\": [\n{\"startTime\": 0.500000, \"endTime\": 2.500000, "
        "\"body\": \"Hello there.\"}]}\n");
    assert_export(a, "text", 0, list);
    sb_alignment_free(&a);
    a = plain(headless, sizeof headless - 1);
    assert_export(a, "vtt", 0,
                  "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello there.\n\n00:00:03.000 --> "
                  "00:00:04.000\nYes.\n");
    sb_alignment_free(&a);
    a = plain(wide, sizeof wide);
    assert_string_equal(a->transcript.encoding, "utf-16le");
    assert_export(a, "vtt", 0, "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nYes.\n");
    sb_alignment_free(&a);
}

static void podcast_html_keeps_every_turn(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    a->turns[1].events = calloc(2, sizeof *a->turns[1].events);
    a->turns[1].n_events = 2;
    a->turns[1].events[0] = (sb_event){sb_copy_text("[sighs]", NULL), 1};
    a->turns[1].events[1] = (sb_event){sb_copy_text("[laughs]", NULL), 2};
    assert_export(a, "podcast-html", 0,
                  "<cite>Ann &amp; &lt;A&gt;:</cite>\n<time>1:01:01</time>\n"
                  "<p>=SUM(A1) &quot;so&quot; {\\i1}x</p>\n"
                  "<time>0:09</time>\n<p>Hello [sighs] there. [laughs]</p>\n"
                  "<cite>Cy:</cite>\n<p>Not heard.</p>\n");
    sb_alignment_free(&a);
}

static void csv_defuses_formulas(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    free(a->turns[2].speaker);
    a->turns[2].speaker = sb_copy_text("\xef\xbc\x9d"
                                       "1",
                                       NULL);
    free(a->turns[1].words[0].text);
    a->turns[1].words[0].text = sb_copy_text("\t=1", NULL);
    assert_export(
        a, "csv", 0,
        "n,speaker,start,end,length,text,confidence,status\r\n"
        "1,Ann & <A>,3661.500000,3691.750000,30.250000,\"'=SUM(A1) \"\"so\"\" {\\i1}x\",0.900,aligned\r\n"
        "2,,9.000000,10.000000,1.000000,\" =1 there.\",0.900,aligned\r\n"
        "3,'\xef\xbc\x9d"
        "1,,,,Not heard.,0.900,not_heard\r\n");
    sb_alignment_free(&a);
}

static void ffmetadata_escapes(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    assert_export(a, "ffmetadata", 0,
                  ";FFMETADATA1\ntitle=A \\= \"B\"\\; \\#1\n"
                  "[CHAPTER]\nTIMEBASE=1/1000\nSTART=9000\nEND=10000\ntitle=Hello there.\n"
                  "[CHAPTER]\nTIMEBASE=1/1000\nSTART=3661500\nEND=3691750\n"
                  "title=Ann & <A>: \\=SUM(A1) \"so\" {\\\\i1}x\n");
    sb_alignment_free(&a);
}

static void ass_lights_each_word(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "Ann, A", 1000, 3000, "One {\\i1}two three");
    quote_set_word(a, 0, 0, 1000, 1333, SB_WORD_ALIGNED);
    quote_set_word(a, 0, 1, 1500, 1500, SB_WORD_ALIGNED);
    quote_set_word(a, 0, 2, 1500, 2996, SB_WORD_ALIGNED);
    char *text = exported(a, "ass", 0, NULL);
    assert_memory_equal(text, "[Script Info]\nScriptType: v4.00+\n", 33);
    assert_has(text, "\nDialogue: 0,0:00:01.00,0:00:03.00,Default,Ann  A,0,0,0,,{\\kf33}One {\\k17}{\\kf0}"
                     "\xef\xbd\x9b\\\xe2\x81\xa0i1\xef\xbd\x9dtwo {\\kf150}three\n");
    free(text);
    sb_alignment_free(&a);
}

static void an_empty_alignment(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);

    (void)state;
    assert_export(a, "soundbite", 0, "");
    assert_export(a, "chapters", 0, "{\"version\": \"1.2.0\", \"chapters\": []}\n");
    assert_export(a, "podcast-json", 0, "{\"version\": \"1.0.0\", \"segments\": []}\n");
    assert_export(a, "podcast-html", 0, "");
    assert_export(a, "ffmetadata", 0, ";FFMETADATA1\n");
    assert_export(a, "csv", 0, "n,speaker,start,end,length,text,confidence,status\r\n");
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soundbite_elements),
        cmocka_unit_test(long_titles_are_cut_after_a_word),
        cmocka_unit_test(chapters_in_order),
        cmocka_unit_test(podcast_json_reads_back),
        cmocka_unit_test(podcast_json_in_its_own_form_is_byte_for_byte),
        cmocka_unit_test(similar_input_is_converted_to_the_format),
        cmocka_unit_test(podcast_html_keeps_every_turn),
        cmocka_unit_test(csv_defuses_formulas),
        cmocka_unit_test(ffmetadata_escapes),
        cmocka_unit_test(ass_lights_each_word),
        cmocka_unit_test(an_empty_alignment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
