#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "support_export.h"
#include "support_memory.h"
#include "support_quote.h"
#include "support_skip.h"
#include "support_transcript.h"

static const char bracket[] = "A title\r\n"
                              "Transcript\r\n"
                              "Welcome back.\r\n"
                              "Ben Wilson [00:00:15]:\r\n"
                              "I do reviews.  Many of them. \r\n"
                              "\r\n"
                              "Zo\xc3\xab [00:01:02]:\r\n"
                              "So do I.";

static sb_alignment *read_transcript(const char *text, size_t size)
{
    sb_transcript *transcript = NULL;
    sb_alignment *a = NULL;
    sb_error err = {0};

    if (sb_transcript_read(&transcript, text, size, NULL, NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    assert_int_equal(sb_alignment_from_transcript(&a, transcript, &err), SB_OK);
    sb_transcript_free(&transcript);
    return a;
}

static void formats_are_listed(void **state)
{
    const char *summary = NULL, *extension = NULL;

    (void)state;
    assert_string_equal(sb_export_format(0, &summary, &extension), "json");
    assert_string_equal(extension, "json");
    assert_non_null(summary);
    assert_string_equal(sb_export_format(3, NULL, NULL), "vtt");
    size_t n = 4;
    while (sb_export_format(n, &summary, &extension)) {
        assert_non_null(summary);
        assert_non_null(extension);
        n++;
    }
    assert_null(sb_export_format(n + 1, NULL, NULL));
}

static void an_unknown_format_names_the_nearest(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);
    sb_bytes out = {0};
    sb_error err = {0};

    (void)state;
    assert_int_equal(sb_alignment_export(&out, a, "vvt", NULL, NULL, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "did you mean 'vtt'"));
    err = (sb_error){0};
    assert_int_equal(sb_alignment_export(&out, a, "powerpoint", NULL, NULL, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "json, text, srt, vtt"));
    assert_null(out.data);
    sb_alignment_free(&a);
}

static void json_is_the_alignment_file(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    sb_bytes written = {0};

    (void)state;
    quote_add_turn(a, "A", 0, 1000, "one two");
    assert_int_equal(sb_alignment_write(&written, a, NULL), SB_OK);
    assert_export(a, "json", 0, written.data);
    sb_bytes_finish(&written);
    sb_alignment_free(&a);
}

static void text_of_a_bare_transcript_is_byte_for_byte(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);

    (void)state;
    assert_export(a, "text", 0, bracket);
    sb_alignment_free(&a);
}

static void text_corrects_the_stamps_and_nothing_else(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);
    sb_notes notes = {0};
    sb_bytes out = {0};

    (void)state;
    a->method = SB_METHOD_ENERGY;
    a->turns[0].start = 250 * SB_TIME_MS;
    a->turns[1].start = 75999 * SB_TIME_MS;
    a->turns[2].start = a->turns[2].end = SB_TIME_NONE;
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, &notes, NULL), SB_OK);
    assert_string_equal(out.data, "A title\r\n"
                                  "Transcript\r\n"
                                  "Welcome back.\r\n"
                                  "Ben Wilson [00:01:15]:\r\n"
                                  "I do reviews.  Many of them. \r\n"
                                  "\r\n"
                                  "Zo\xc3\xab [00:02:02]:\r\n"
                                  "So do I.");
    assert_int_equal(notes.n_items, 1);
    assert_int_equal(notes.items[0].line, 7);
    sb_notes_finish(&notes);
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

/* Turn 1 has the stamp 00:00:15 and was heard from its second word on. */
static void text_takes_a_start_that_was_not_heard_from_the_map(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);
    sb_bytes out = {0};
    sb_time stamp = a->turns[1].stamp;

    (void)state;
    a->method = SB_METHOD_ACOUSTIC;
    a->turns[0].start = 250 * SB_TIME_MS;
    a->turns[0].end = 2 * SB_TIME_SECOND;
    a->turns[1].start = stamp + 9 * SB_TIME_SECOND;
    a->turns[1].words[0].status = SB_WORD_NOT_HEARD;
    a->turns[2].start = a->turns[2].end = SB_TIME_NONE;
    a->n_map = 1;
    a->map = calloc(1, sizeof *a->map);
    a->map[0] = (sb_map_piece){.from = 0, .until = SB_TIME_NONE, .offset = 2 * SB_TIME_SECOND};
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, NULL, NULL), SB_OK);
    assert_non_null(strstr(out.data, "Ben Wilson [00:00:17]:"));
    sb_bytes_finish(&out);
    out = (sb_bytes){0};
    a->map[0].offset = 20 * SB_TIME_SECOND; /* later than the part that was heard */
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, NULL, NULL), SB_OK);
    assert_non_null(strstr(out.data, "Ben Wilson [00:00:24]:"));
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

/* The audio lacks the last turn; by the map it would be before the turn before it. */
static void text_keeps_the_stamps_of_turns_that_were_not_heard(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);
    sb_notes notes = {0};
    sb_bytes out = {0};

    (void)state;
    a->method = SB_METHOD_ACOUSTIC;
    a->turns[0].start = 250 * SB_TIME_MS;
    a->turns[1].start = 20 * SB_TIME_SECOND;
    a->turns[2].start = a->turns[2].end = SB_TIME_NONE;
    a->n_map = 1;
    a->map = calloc(1, sizeof *a->map);
    a->map[0] = (sb_map_piece){.from = 0, .until = SB_TIME_NONE, .offset = -60 * SB_TIME_SECOND};
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, &notes, NULL), SB_OK);
    assert_non_null(strstr(out.data, "Ben Wilson [00:00:20]:"));
    assert_non_null(strstr(out.data, "Zo\xc3\xab [00:01:02]:"));
    assert_int_equal(notes.n_items, 1);
    assert_non_null(strstr(notes.items[0].text, "was not heard and keeps its timestamp"));
    sb_notes_finish(&notes);
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

/* By the map the turn after it is at 10 s, so its own time would be after that. */
static void text_estimates_what_would_be_after_the_next_turn(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);
    sb_notes notes = {0};
    sb_bytes out = {0};

    (void)state;
    a->method = SB_METHOD_ACOUSTIC;
    a->turns[0].start = 250 * SB_TIME_MS;
    a->turns[1].start = a->turns[1].end = SB_TIME_NONE;
    a->turns[2].start = 10 * SB_TIME_SECOND;
    a->n_map = 1;
    a->map = calloc(1, sizeof *a->map);
    a->map[0] = (sb_map_piece){.from = 0, .until = SB_TIME_NONE, .offset = -52 * SB_TIME_SECOND};
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, &notes, NULL), SB_OK);
    assert_null(strstr(out.data, "Ben Wilson [00:00:24]:"));
    assert_non_null(strstr(out.data, "Zo\xc3\xab [00:00:10]:"));
    assert_int_equal(notes.n_items, 1);
    assert_non_null(strstr(notes.items[0].text, "its time is estimated"));
    sb_notes_finish(&notes);
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

static void text_goes_back_to_its_own_encoding(void **state)
{
    static const char latin[] = "Zo\xeb [00:00:15]:\nOne.\nBen [00:00:20]:\nCaf\xe9.\n";
    sb_alignment *a = read_transcript(latin, sizeof latin - 1);

    (void)state;
    assert_string_equal(a->transcript.encoding, "windows-1252");
    assert_export(a, "text", 0, latin);
    sb_alignment_free(&a);
}

static void text_without_its_transcript_is_refused(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    sb_bytes out = {0};
    sb_error err = {0};

    (void)state;
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, NULL, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "make the alignment again"));
    assert_null(out.data);
    sb_alignment_free(&a);
}

static void text_of_another_transcript_is_refused(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);
    sb_bytes out = {0};
    sb_error err = {0};

    (void)state;
    a->transcript.source_size = (size_t)(strstr(a->transcript.source, "Zo\xc3") - a->transcript.source);
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, NULL, &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, "3 turns, but its transcript has 2"));
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

static void peaks_need_the_sound(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    sb_bytes out = {0};
    sb_error err = {0};

    (void)state;
    assert_true(sb_export_needs_audio("peaks"));
    assert_false(sb_export_needs_audio("edl"));
    assert_int_equal(sb_alignment_export(&out, a, "peaks", NULL, NULL, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "name the audio"));
    sb_alignment_free(&a);
}

static sb_alignment *dialogue(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    quote_add_turn(a, NULL, 500, 2000, "Welcome.");
    quote_add_turn(a, "Q & <A>", 3661004, 3663000, "Is 1 < 2 && 3 > 2? -->");
    quote_add_turn(a, "Q & <A>", 3664000, 3665500, "Yes.");
    quote_add_turn(a, "Ben", 3666000, 3667500, "Well.");
    return a;
}

static void srt_numbers_its_cues_and_names_who_begins(void **state)
{
    sb_alignment *a = dialogue();

    (void)state;
    assert_export(a, "srt", 0,
                  "1\n00:00:00,500 --> 00:00:02,000\nWelcome.\n\n"
                  "2\n01:01:01,004 --> 01:01:03,000\nQ & <\u2060A>: Is 1 < 2 && 3 > 2? --\u2060>\n\n"
                  "3\n01:01:04,000 --> 01:01:05,500\nYes.\n\n"
                  "4\n01:01:06,000 --> 01:01:07,500\nBen: Well.\n");
    sb_alignment_free(&a);
}

static void vtt_names_and_escapes(void **state)
{
    sb_alignment *a = dialogue();

    (void)state;
    assert_export(a, "vtt", 0,
                  "WEBVTT\n\n"
                  "00:00:00.500 --> 00:00:02.000\nWelcome.\n\n"
                  "01:01:01.004 --> 01:01:03.000\n"
                  "<v Q &amp; &lt;A&gt;>Is 1 &lt; 2 &amp;&amp; 3 &gt; 2? --&gt;\n\n"
                  "01:01:04.000 --> 01:01:05.500\n<v Q &amp; &lt;A&gt;>Yes.\n\n"
                  "01:01:06.000 --> 01:01:07.500\n<v Ben>Well.\n");
    sb_alignment_free(&a);
}

static void an_empty_alignment_is_still_a_file(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);

    (void)state;
    assert_export(a, "srt", 0, "");
    assert_export(a, "vtt", 0, "WEBVTT\n");
    sb_alignment_free(&a);
}

static void a_note_lists_what_is_left_out(void **state)
{
    sb_alignment *a = dialogue();
    sb_notes notes = {0};
    sb_bytes out = {0};

    (void)state;
    a->turns[2].start = a->turns[2].end = SB_TIME_NONE;
    assert_int_equal(sb_alignment_export(&out, a, "vtt", NULL, &notes, NULL), SB_OK);
    assert_null(strstr(out.data, "Yes."));
    assert_int_equal(notes.n_items, 1);
    assert_non_null(strstr(notes.items[0].text, "1 turn (1 word)"));
    assert_non_null(strstr(notes.items[0].text, "turn 3"));
    sb_notes_finish(&notes);
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

static const char captions[] =
    "1\n00:00:01,000 --> 00:00:03,500\nBen Wilson: I do reviews\nat the company.\n\n"
    "2\n00:00:03,500 --> 00:00:05,000\n<i>Many</i> of\nthem [laughter] & more.\n\n"
    "3\n00:00:06,000 --> 00:00:06,500\nZo\xc3\xab: So do I.\n";

static void captions_in_their_own_format_are_byte_for_byte(void **state)
{
    sb_alignment *a = read_transcript(captions, sizeof captions - 1);

    (void)state;
    assert_export(a, "srt", 0, captions);
    assert_export(a, "text", 0, captions);
    sb_alignment_free(&a);
}

static void captions_in_another_format_keep_cues_and_lines(void **state)
{
    sb_alignment *a = read_transcript(captions, sizeof captions - 1);

    (void)state;
    assert_export(a, "vtt", 0,
                  "WEBVTT\n\n"
                  "00:00:01.000 --> 00:00:03.500\n<v Ben Wilson>I do reviews\nat the company.\n\n"
                  "00:00:03.500 --> 00:00:05.000\n<v Ben Wilson>Many of\nthem [laughter] &amp; more.\n\n"
                  "00:00:06.000 --> 00:00:06.500\n<v Zo\xc3\xab>So do I.\n");
    sb_alignment_free(&a);
}

static void corrected_captions_stand_as_long_as_they_did(void **state)
{
    sb_alignment *a = read_transcript(captions, sizeof captions - 1);
    sb_bytes out = {0};

    (void)state;
    a->method = SB_METHOD_ENERGY;
    a->turns[0].start = 1500 * SB_TIME_MS;
    a->turns[0].end = 2000 * SB_TIME_MS;
    a->turns[1].start = 3600 * SB_TIME_MS;
    a->turns[1].end = 5900 * SB_TIME_MS;
    a->turns[2].start = a->turns[2].end = SB_TIME_NONE;
    assert_int_equal(sb_alignment_export(&out, a, "srt", NULL, NULL, NULL), SB_OK);
    assert_non_null(strstr(out.data, "00:00:01,500 --> 00:00:03,600\nBen"));
    assert_non_null(strstr(out.data, "00:00:03,600 --> 00:00:05,900\n<i>"));
    assert_non_null(strstr(out.data, "00:00:06,000 --> 00:00:06,500\nZo"));
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

static void place(sb_alignment *a, size_t turn, int start_ms, int end_ms, float confidence)
{
    a->turns[turn].start = start_ms * SB_TIME_MS;
    a->turns[turn].end = end_ms * SB_TIME_MS;
    a->turns[turn].confidence = confidence;
    for (size_t w = 0; w < a->turns[turn].n_words; w++)
        a->turns[turn].words[w].status = SB_WORD_ALIGNED;
}

static const char four[] = "1\n00:00:01,000 --> 00:00:03,000\nOne.\n\n"
                           "2\n00:00:03,000 --> 00:00:05,000\nTwo.\n\n"
                           "3\n00:00:05,000 --> 00:00:07,000\nThree.\n\n"
                           "4\n00:00:06,500 --> 00:00:09,000\nFour.\n";

/* The first cue overlaps the second, the second was found too late, and the third was not heard. */
static void corrected_captions_stay_in_order(void **state)
{
    sb_alignment *a = read_transcript(four, sizeof four - 1);

    (void)state;
    a->method = SB_METHOD_ACOUSTIC;
    a->map = calloc(1, sizeof *a->map);
    a->map[0] = (sb_map_piece){0, SB_TIME_NONE, 10 * SB_TIME_SECOND, 0};
    a->n_map = 1;
    place(a, 0, 11100, 13900, 0.9F);
    place(a, 1, 18000, 19000, 0.1F);
    a->turns[2].start = a->turns[2].end = SB_TIME_NONE;
    place(a, 3, 16600, 20000, 0.9F);
    assert_export(a, "srt", 0,
                  "1\n00:00:11,100 --> 00:00:13,000\nOne.\n\n"
                  "2\n00:00:13,000 --> 00:00:15,000\nTwo.\n\n"
                  "3\n00:00:15,000 --> 00:00:17,000\nThree.\n\n"
                  "4\n00:00:16,600 --> 00:00:20,000\nFour.\n");
    sb_alignment_free(&a);
}

static void corrected_captions_end_before_an_ad(void **state)
{
    sb_alignment *a = read_transcript(four, sizeof four - 1);

    (void)state;
    a->method = SB_METHOD_ACOUSTIC;
    a->breaks = calloc(1, sizeof *a->breaks);
    a->breaks[0] =
        (sb_break){5 * SB_TIME_SECOND, {4800 * SB_TIME_MS, 34800 * SB_TIME_MS}, 30 * SB_TIME_SECOND, 1};
    a->n_breaks = 1;
    place(a, 0, 1000, 2500, 0.9F);
    place(a, 1, 3100, 4700, 0.9F);
    place(a, 2, 35000, 36500, 0.9F);
    place(a, 3, 36600, 38000, 0.9F);
    assert_export(a, "srt", 0,
                  "1\n00:00:01,000 --> 00:00:03,000\nOne.\n\n"
                  "2\n00:00:03,100 --> 00:00:04,800\nTwo.\n\n"
                  "3\n00:00:35,000 --> 00:00:37,000\nThree.\n\n"
                  "4\n00:00:36,600 --> 00:00:39,100\nFour.\n");
    sb_alignment_free(&a);
}

static void assert_survives(const sb_alignment *a, const char *format)
{
    sb_bytes first = {0}, second = {0};

    assert_int_equal(sb_alignment_export(&first, a, format, NULL, NULL, NULL), SB_OK);
    sb_alignment *b = read_transcript(first.data, first.size);
    assert_string_equal(b->transcript.format, format);
    b->transcript.format[0] = 'x';
    assert_int_equal(sb_alignment_export(&second, b, format, NULL, NULL, NULL), SB_OK);
    assert_string_equal(first.data, second.data);
    sb_bytes_finish(&first);
    sb_bytes_finish(&second);
    sb_alignment_free(&b);
}

static void what_is_written_is_read_back(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);

    (void)state;
    assert_survives(a, "srt");
    assert_survives(a, "vtt");
    assert_survives(a, "podcast-json");
    sb_alignment_free(&a);
}

static void the_seed_transcript_is_byte_for_byte(void **state)
{
    char *path = shared_path("seed-transcript.txt");
    sb_bytes text = {0};

    (void)state;
    if (!path)
        skip_because("the shared data are absent");
    assert_int_equal(sb_file_read(&text, path, 1 << 24, NULL), SB_OK);
    free(path);
    sb_alignment *a = read_transcript(text.data, text.size);
    assert_int_equal(a->n_turns, 153);
    assert_export(a, "text", 0, text.data);
    assert_survives(a, "srt");
    assert_survives(a, "vtt");
    assert_survives(a, "podcast-json");
    sb_bytes_finish(&text);
    sb_alignment_free(&a);
}

static void running_out_of_memory_leaves_nothing(void **state)
{
    sb_alignment *a = read_transcript(bracket, sizeof bracket - 1);
    const char *format;

    (void)state;
    a->turns[0].words[0].start = a->turns[0].words[0].end = SB_TIME_SECOND;
    for (size_t f = 0; (format = sb_export_format(f, NULL, NULL)); f++) {
        bool refused = !sb_export_needs_audio(format);
        for (size_t n = 0; refused; n++) {
            sb_bytes out = {0};
            sb_error err = {0};
            memory_fail_from(n);
            sb_status status = sb_alignment_export(&out, a, format, NULL, NULL, &err);
            refused = memory_fail_end();
            assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
            assert_int_equal(err.status, status);
            sb_bytes_finish(&out);
        }
    }
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_listed),
        cmocka_unit_test(an_unknown_format_names_the_nearest),
        cmocka_unit_test(json_is_the_alignment_file),
        cmocka_unit_test(text_of_a_bare_transcript_is_byte_for_byte),
        cmocka_unit_test(text_corrects_the_stamps_and_nothing_else),
        cmocka_unit_test(text_takes_a_start_that_was_not_heard_from_the_map),
        cmocka_unit_test(text_keeps_the_stamps_of_turns_that_were_not_heard),
        cmocka_unit_test(text_estimates_what_would_be_after_the_next_turn),
        cmocka_unit_test(text_goes_back_to_its_own_encoding),
        cmocka_unit_test(text_without_its_transcript_is_refused),
        cmocka_unit_test(text_of_another_transcript_is_refused),
        cmocka_unit_test(peaks_need_the_sound),
        cmocka_unit_test(srt_numbers_its_cues_and_names_who_begins),
        cmocka_unit_test(vtt_names_and_escapes),
        cmocka_unit_test(an_empty_alignment_is_still_a_file),
        cmocka_unit_test(a_note_lists_what_is_left_out),
        cmocka_unit_test(captions_in_their_own_format_are_byte_for_byte),
        cmocka_unit_test(captions_in_another_format_keep_cues_and_lines),
        cmocka_unit_test(corrected_captions_stand_as_long_as_they_did),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(the_seed_transcript_is_byte_for_byte),
        cmocka_unit_test(running_out_of_memory_leaves_nothing),
        cmocka_unit_test(corrected_captions_stay_in_order),
        cmocka_unit_test(corrected_captions_end_before_an_ad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
