/* Speakers of a layer over an alignment: rows split at words, and written back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/align.h"
#include "soundbite/export.h"
#include "support_memory.h"
#include "support_transcript.h"

/* Words last one second each, the first from 1 to 2 s. */
static const char words[] =
    "a 1 1 1 we\na 1 2 1 left\na 1 3 1 early\na 1 4 1 did\na 1 5 1 you\na 1 6 1 really\n";

static sb_alignment *alignment_of(const char *text)
{
    sb_transcript *t = transcript_of(text, NULL);
    sb_alignment *a;
    assert_int_equal(sb_alignment_from_transcript(&a, t, NULL), SB_OK);
    sb_transcript_free(&t);
    return a;
}

static void apply(sb_alignment *a, const char *labels, sb_notes *notes)
{
    sb_speaker_layer *layer;
    assert_int_equal(sb_speaker_layer_read(&layer, labels, strlen(labels), "who", NULL, NULL), SB_OK);
    assert_int_equal(sb_alignment_apply_speakers(a, layer, notes, NULL), SB_OK);
    sb_speaker_layer_free(&layer);
}

/* "Ann: we left | Bob: early" */
static void check_rows(const sb_alignment *a, const char *expected)
{
    sb_bytes found = {0};
    for (size_t i = 0; i < a->n_turns; i++) {
        char *text = sb_aligned_turn_text(&a->turns[i]);
        sb_bytes_print(&found, "%s%s%s: %s", i ? " | " : "", a->turns[i].goes_on ? "+" : "",
                       a->turns[i].speaker ? a->turns[i].speaker : "?", text);
        free(text);
    }
    assert_string_equal(found.data, expected);
    sb_bytes_finish(&found);
}

static void check_words(const char *labels, const char *expected)
{
    sb_alignment *a = alignment_of(words);
    apply(a, labels, NULL);
    check_rows(a, expected);
    sb_alignment_free(&a);
}

static void rows_are_split_where_the_speaker_changes(void **state)
{
    (void)state;
    check_words("0\t4\tAnn\n4\t8\tBob\n", "Ann: we left early | Bob: did you really");
    check_words("0\t8\tAnn\n", "Ann: we left early did you really");
}

static void a_word_goes_to_the_longer_cover_or_to_who_spoke(void **state)
{
    (void)state;
    check_words("0\t3.4\tAnn\n3.4\t8\tBob\n", "Ann: we left | Bob: early did you really");
    check_words("0\t3.6\tAnn\n3.6\t8\tBob\n", "Ann: we left early | Bob: did you really");
    /* Both cover "early" wholly. */
    check_words("0\t4\tAnn\n3\t8\tBob\n", "Ann: we left early | Bob: did you really");
    check_words("3\t8\tBob\n0\t4\tAnn\n", "Ann: we left early | Bob: did you really");
}

static void a_word_in_no_segment_goes_to_a_near_one(void **state)
{
    (void)state;
    check_words("0\t2.8\tAnn\n4.4\t8\tBob\n", "Ann: we left early | Bob: did you really");
    check_words("1\t2.2\tAnn\n7.4\t8\tBob\n", "Ann: we left | ?: early did you | Bob: really");
}

static void the_parts_have_times_events_and_one_stamp(void **state)
{
    (void)state;
    sb_alignment *a =
        alignment_of("Ann [00:00:00]:\nOne two. Three [coughs] four. [noise]\nBob [00:00:08]:\nFive.\n");
    sb_notes notes = {0};
    apply(a, "0\t4\tann\n4\t8\tCal\n8\t9\tBob\n", &notes);
    check_rows(a, "ann: One two. | Cal: Three four. | Bob: Five.");
    assert_int_equal(a->turns[0].stamp, 0);
    assert_int_equal(a->turns[0].n_events, 0);
    assert_int_equal(a->turns[1].stamp, SB_TIME_NONE);
    assert_int_equal(a->turns[0].end, a->turns[1].start);
    assert_int_equal(a->turns[1].end, 8 * SB_TIME_SECOND);
    assert_int_equal(a->turns[1].n_events, 2);
    assert_int_equal(a->turns[1].events[0].before_word, 1);
    assert_int_equal(a->turns[1].events[1].before_word, 2);
    assert_int_equal(notes.n_items, 1);
    assert_non_null(strstr(notes.items[0].text, "1 turn has another speaker"));
    sb_notes_finish(&notes);
    sb_alignment_free(&a);
}

static void a_layer_of_other_times_changes_nothing(void **state)
{
    (void)state;
    sb_alignment *a = alignment_of(words);
    sb_notes notes = {0};
    apply(a, "500\t600\tAnn\n", &notes);
    check_rows(a, "?: we left early did you really");
    assert_int_equal(notes.n_items, 1);
    assert_non_null(strstr(notes.items[0].text, "no word is near"));
    sb_notes_finish(&notes);
    sb_alignment_free(&a);
}

static void cues_of_a_speaker_become_a_turn(void **state)
{
    (void)state;
    sb_alignment *a =
        alignment_of("1\n00:00:00,000 --> 00:00:02,000\nIt was late.\n\n2\n00:00:02,000 --> 00:00:04,000\n"
                     "Very late.\n\n3\n00:00:08,000 --> 00:00:10,000\nWas it? It was.\n");
    apply(a, "0\t9\tAnn\n9\t10\tBob\n", NULL);
    check_rows(a, "Ann: It was late. | +Ann: Very late. | +Ann: Was it? | Bob: It was.");
    sb_alignment_free(&a);
}

static void check_source(const char *text)
{
    sb_alignment *a = alignment_of(text), *again;
    sb_bytes out = {0}, saved = {0};
    sb_error err = {0};
    apply(a, "0\t2\tAnn\n2\t20\tBob\n", NULL);
    assert_int_equal(sb_alignment_write(&saved, a, NULL), SB_OK);
    assert_int_equal(sb_alignment_read(&again, saved.data, saved.size, NULL, &err), SB_OK);
    assert_int_equal(again->n_turns, a->n_turns);
    assert_int_equal(sb_alignment_export(&out, again, "text", NULL, NULL, &err), SB_OK);
    assert_int_equal(out.size, strlen(text));
    assert_memory_equal(out.data, text, out.size);
    sb_bytes_finish(&out);
    sb_bytes_finish(&saved);
    sb_alignment_free(&again);
    sb_alignment_free(&a);
}

static void the_text_is_still_given_back(void **state)
{
    (void)state;
    check_source(
        "Ann [00:00:00]:\nOne two. Three four.\nBob [00:00:08]:\n[noise]\nAnn [00:00:09]:\nFive. [noise]\n");
    check_source("1\n00:00:00,000 --> 00:00:04,000\nOne two. Three four.\n\n2\n00:00:05,000 --> "
                 "00:00:06,000\nFive.\n");
    check_source("start\tend\ttext\n0\t4000\tone two three four\n4000\t5000\tfive\n");
}

/* A correction moves the start of the first part and the end of the last. */
static void corrected_times_are_written(void **state)
{
    (void)state;
    sb_alignment *a = alignment_of("start\tend\ttext\n0\t4000\tOne two. Three four.\n4000\t5000\tfive\n");
    sb_bytes out = {0};
    apply(a, "0\t2\tAnn\n2\t20\tBob\n", NULL);
    assert_int_equal(a->n_turns, 3);
    a->method = SB_METHOD_ENERGY;
    a->audio.duration = 20 * SB_TIME_SECOND;
    for (size_t i = 0; i < a->n_turns; i++) {
        a->turns[i].start += 3 * SB_TIME_SECOND;
        a->turns[i].end += 3 * SB_TIME_SECOND;
        a->turns[i].confidence = 1;
    }
    assert_int_equal(sb_alignment_export(&out, a, "text", NULL, NULL, NULL), SB_OK);
    assert_string_equal(out.data, "start\tend\ttext\n3000\t7000\tOne two. Three four.\n7000\t8000\tfive\n");
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

static void memory_may_run_out(void **state)
{
    (void)state;
    sb_speaker_layer *layer;
    bool refused = true;
    assert_int_equal(sb_speaker_layer_read(&layer, "0\t4\tAnn\n4\t8\tBob\n", 16, NULL, NULL, NULL), SB_OK);
    sb_alignment *a = alignment_of(words);
    for (size_t n = 0; refused; n++) {
        memory_fail_from(n);
        sb_status status = sb_alignment_apply_speakers(a, layer, NULL, NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(a->n_turns, refused ? 1 : 2);
    }
    sb_alignment_free(&a);
    sb_speaker_layer_free(&layer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_split_where_the_speaker_changes),
                                       cmocka_unit_test(a_word_goes_to_the_longer_cover_or_to_who_spoke),
                                       cmocka_unit_test(a_word_in_no_segment_goes_to_a_near_one),
                                       cmocka_unit_test(the_parts_have_times_events_and_one_stamp),
                                       cmocka_unit_test(a_layer_of_other_times_changes_nothing),
                                       cmocka_unit_test(cues_of_a_speaker_become_a_turn),
                                       cmocka_unit_test(the_text_is_still_given_back),
                                       cmocka_unit_test(corrected_times_are_written),
                                       cmocka_unit_test(memory_may_run_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
