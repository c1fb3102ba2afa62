#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "support_export.h"
#include "support_quote.h"

/* Two speakers; the second speaker's turn is first in time. One word was not heard, one has no duration,
 * and two overlap. */
static sb_alignment *talk(void)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    a->audio.duration = 10 * SB_TIME_SECOND;
    a->audio.path = sb_copy_text("/tmp/my shows/Ep 1.final.mp3", NULL);
    quote_add_turn(a, "Zo\xc3\xab \"Z\" <b>", 4000, 6000, "So \"much & more\" <i>now</i>");
    quote_set_word(a, 0, 0, 4000, 4250, SB_WORD_ALIGNED);
    quote_set_word(a, 0, 1, 0, 0, SB_WORD_NOT_HEARD);
    quote_set_word(a, 0, 2, 4500, 4500, SB_WORD_ESTIMATED);
    quote_set_word(a, 0, 3, 4500, 5200, SB_WORD_ALIGNED);
    quote_set_word(a, 0, 4, 5100, 6000, SB_WORD_ALIGNED);
    a->turns[0].words[2].confidence = 0.25F;
    quote_add_turn(a, NULL, 1000, 2000, "Hello there.");
    quote_set_word(a, 1, 0, 1000, 1400, SB_WORD_ALIGNED);
    quote_set_word(a, 1, 1, 1500, 2000, SB_WORD_ALIGNED);
    return a;
}

/* A word that contains line ends and tabs, which only alignment files of other programs can have. */
static void set_text(sb_alignment *a, size_t turn, size_t word, const char *text)
{
    free(a->turns[turn].words[word].text);
    a->turns[turn].words[word].text = sb_copy_text(text, NULL);
}

static void vtt_words_times_each_word_but_the_first(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    assert_export(a, "vtt-words", 0,
                  "WEBVTT\n\n"
                  "00:00:01.000 --> 00:00:02.000\nHello <00:00:01.500>there.\n\n"
                  "00:00:04.000 --> 00:00:06.000\n"
                  "<v Zo\xc3\xab \"Z\" &lt;b&gt;>So <00:00:04.500>&amp; more\" "
                  "<00:00:05.100>&lt;i&gt;now&lt;/i&gt;\n");
    sb_alignment_free(&a);
}

static void vtt_words_leaves_events_without_a_time(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "Ben\nWilson", 1000, 2000, "One two");
    a->turns[0].events = calloc(1, sizeof *a->turns[0].events);
    a->turns[0].n_events = 1;
    a->turns[0].events[0] = (sb_event){sb_copy_text("[laughter]", NULL), 1};
    assert_export(
        a, "vtt-words", 0,
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.058\n<v Ben Wilson>One [laughter] <00:00:01.500>two\n");
    sb_alignment_free(&a);
}

static void vtt_words_reads_back_with_its_times(void **state)
{
    sb_alignment *a = talk();
    sb_transcript *t = NULL;
    char *text = exported(a, "vtt-words", 0, NULL);

    (void)state;
    assert_int_equal(sb_transcript_read(&t, text, strlen(text), NULL, NULL, NULL), SB_OK);
    assert_string_equal(t->format, "vtt");
    assert_int_equal(t->n_turns, 2);
    assert_string_equal(t->turns[1].speaker, a->turns[0].speaker);
    assert_int_equal(t->turns[1].n_words, 4);
    assert_int_equal(quote_ms(t->turns[1].words[0].start), 4000);
    assert_int_equal(quote_ms(t->turns[1].words[1].start), 4500);
    assert_int_equal(quote_ms(t->turns[1].words[3].start), 5100);
    sb_transcript_free(&t);
    free(text);
    sb_alignment_free(&a);
}

static void ctm_is_in_order_of_time(void **state)
{
    sb_alignment *a = talk();
    sb_notes notes = {0};
    char *text = exported(a, "ctm", 0, &notes);

    (void)state;
    assert_string_equal(text, "Ep_1.final 1 1.000000 0.400000 Hello 0.900\n"
                              "Ep_1.final 1 1.500000 0.500000 there. 0.900\n"
                              "Ep_1.final 1 4.000000 0.250000 So 0.900\n"
                              "Ep_1.final 1 4.500000 0.000000 & 0.250\n"
                              "Ep_1.final 1 4.500000 0.700000 more\" 0.900\n"
                              "Ep_1.final 1 5.100000 0.900000 <i>now</i> 0.900\n");
    assert_int_equal(notes.n_items, 1);
    assert_has(notes.items[0].text, "1 of 7 words");
    assert_has(notes.items[0].text, "turn 1");
    sb_notes_finish(&notes);
    free(text);
    sb_alignment_free(&a);
}

static void ctm_keeps_a_word_in_its_field(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    quote_add_turn(a, "Ben", 1000, 2000, "One two");
    set_text(a, 0, 0, "New\tYork\n");
    set_text(a, 0, 1, "");
    assert_export(a, "ctm", 0,
                  "audio 1 1.000000 0.500000 New_York 0.900\naudio 1 1.500000 0.500000 _ 0.900\n");
    sb_alignment_free(&a);
}

static void audacity_labels_words(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    set_text(a, 1, 1, "th\tere\r\n");
    quote_add_turn(a, "Ben", 7000, 8000, "No times");
    quote_set_word(a, 2, 0, 0, 0, SB_WORD_NOT_HEARD);
    quote_set_word(a, 2, 1, 0, 0, SB_WORD_NOT_HEARD);
    assert_export(a, "audacity", 0,
                  "1.000000\t1.400000\tHello\n"
                  "1.500000\t2.000000\tth ere  \n"
                  "4.000000\t4.250000\tSo\n"
                  "4.500000\t4.500000\t&\n"
                  "4.500000\t5.200000\tmore\"\n"
                  "5.100000\t6.000000\t<i>now</i>\n"
                  "7.000000\t8.000000\tBen: No times\n");
    sb_alignment_free(&a);
}

static void audacity_turns_labels_turns(void **state)
{
    sb_alignment *a = talk();

    (void)state;
    assert_export(a, "audacity-turns", 0,
                  "1.000000\t2.000000\tHello there.\n"
                  "4.000000\t6.000000\tZo\xc3\xab \"Z\" <b>: So \"much & more\" <i>now</i>\n");
    sb_alignment_free(&a);
}

static void textgrid_has_tiers_for_each_speaker(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    (void)state;
    a->audio.duration = 3 * SB_TIME_SECOND;
    quote_add_turn(a, "Ben \"B\"", 1000, 2000, "\"Hi\" all");
    assert_export(a, "textgrid", 0,
                  "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"
                  "xmin = 0.000000 \nxmax = 3.000000 \ntiers? <exists> \nsize = 2 \nitem []: \n"
                  "    item [1]:\n"
                  "        class = \"IntervalTier\" \n"
                  "        name = \"Ben \"\"B\"\" - turns\" \n"
                  "        xmin = 0.000000 \n        xmax = 3.000000 \n"
                  "        intervals: size = 3 \n"
                  "        intervals [1]:\n"
                  "            xmin = 0.000000 \n            xmax = 1.000000 \n            text = \"\" \n"
                  "        intervals [2]:\n"
                  "            xmin = 1.000000 \n            xmax = 2.000000 \n"
                  "            text = \"\"\"Hi\"\" all\" \n"
                  "        intervals [3]:\n"
                  "            xmin = 2.000000 \n            xmax = 3.000000 \n            text = \"\" \n"
                  "    item [2]:\n"
                  "        class = \"IntervalTier\" \n"
                  "        name = \"Ben \"\"B\"\" - words\" \n"
                  "        xmin = 0.000000 \n        xmax = 3.000000 \n"
                  "        intervals: size = 4 \n"
                  "        intervals [1]:\n"
                  "            xmin = 0.000000 \n            xmax = 1.000000 \n            text = \"\" \n"
                  "        intervals [2]:\n"
                  "            xmin = 1.000000 \n            xmax = 1.500000 \n"
                  "            text = \"\"\"Hi\"\"\" \n"
                  "        intervals [3]:\n"
                  "            xmin = 1.500000 \n            xmax = 2.000000 \n            text = \"all\" \n"
                  "        intervals [4]:\n"
                  "            xmin = 2.000000 \n            xmax = 3.000000 \n            text = \"\" \n");
    sb_alignment_free(&a);
}

static void textgrid_cuts_what_overlaps_and_says_so(void **state)
{
    sb_alignment *a = talk();
    sb_notes notes = {0};
    char *text = exported(a, "textgrid", 0, &notes);

    (void)state;
    assert_has(text, "size = 4 \n");
    assert_has(text, "name = \"turns\" \n");
    assert_has(text, "name = \"Zo\xc3\xab \"\"Z\"\" <b> - words\" \n");
    assert_has(text, "xmin = 4.500000 \n            xmax = 4.501000 \n            text = \"&\" \n");
    assert_has(text, "xmin = 4.501000 \n            xmax = 5.100000 \n            text = \"more\"\"\" \n");
    assert_has(text, "xmin = 5.100000 \n            xmax = 6.000000 \n            text = \"<i>now</i>\" \n");
    assert_int_equal(notes.n_items, 2);
    assert_has(notes.items[0].text, "1 of 7 words");
    assert_has(notes.items[1].text, "2 words or turns");
    sb_notes_finish(&notes);
    free(text);
    sb_alignment_free(&a);
}

static void textgrid_leaves_out_labels_without_room(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    sb_notes notes = {0};

    (void)state;
    a->audio.duration = 2 * SB_TIME_SECOND;
    quote_add_turn(a, NULL, 1000, 2000, "One two");
    quote_set_word(a, 0, 1, 2000, 2000, SB_WORD_ESTIMATED);
    char *text = exported(a, "textgrid", 0, &notes);
    assert_has(text, "text = \"One\"");
    assert_null(strstr(text, "text = \"two\""));
    assert_int_equal(notes.n_items, 1);
    sb_notes_finish(&notes);
    free(text);
    sb_alignment_free(&a);
}

static void words_without_times_are_refused_or_stand_as_turns(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);

    (void)state;
    quote_add_turn(a, "Ben", 1000, 2000, "No times here");
    quote_add_turn(a, NULL, 2000, 3000, "Nor here.");
    a->turns[1].end = SB_TIME_NONE;
    assert_export_refused(a, "ctm", 0, SB_ERR_ARGUMENT, "align the transcript to its audio first");
    assert_export_refused(a, "vtt-words", 0, SB_ERR_ARGUMENT, "align the transcript to its audio first");
    assert_export(a, "audacity", 0,
                  "1.000000\t2.000000\tBen: No times here\n2.000000\t2.400000\tNor here.\n");
    char *text = exported(a, "textgrid", 0, NULL);
    assert_has(text, "xmax = 2.400000 \ntiers? <exists> \nsize = 2 \n");
    free(text);
    sb_alignment_free(&a);
}

static void an_empty_alignment(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_NONE);

    (void)state;
    assert_export(a, "ctm", 0, "");
    assert_export(a, "audacity", 0, "");
    assert_export(a, "vtt-words", 0, "WEBVTT\n");
    assert_export_refused(a, "textgrid", 0, SB_ERR_ARGUMENT, "align the transcript to its audio first");
    a->audio.duration = SB_TIME_SECOND;
    assert_export(a, "textgrid", 0,
                  "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"
                  "xmin = 0.000000 \nxmax = 1.000000 \ntiers? <exists> \nsize = 0 \nitem []: \n");
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vtt_words_times_each_word_but_the_first),
        cmocka_unit_test(vtt_words_leaves_events_without_a_time),
        cmocka_unit_test(vtt_words_reads_back_with_its_times),
        cmocka_unit_test(ctm_is_in_order_of_time),
        cmocka_unit_test(ctm_keeps_a_word_in_its_field),
        cmocka_unit_test(audacity_labels_words),
        cmocka_unit_test(audacity_turns_labels_turns),
        cmocka_unit_test(textgrid_has_tiers_for_each_speaker),
        cmocka_unit_test(textgrid_cuts_what_overlaps_and_says_so),
        cmocka_unit_test(textgrid_leaves_out_labels_without_room),
        cmocka_unit_test(words_without_times_are_refused_or_stand_as_turns),
        cmocka_unit_test(an_empty_alignment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
