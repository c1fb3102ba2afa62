#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "soundbite/drift.h"
#include "soundbite/file.h"
#include "support_alignment.h"

#define S SB_TIME_SECOND

/* Expects exactly one suspect, or no suspect if `note` is NULL. Frees the alignment. */
static void assert_suspect(sb_alignment *a, size_t turn, sb_suspect_kind kind, const char *note)
{
    sb_drift *d;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    for (size_t i = 0; d->n_suspects > (note ? 1 : 0) && i < d->n_suspects; i++)
        print_message("%zu %s\n", d->suspects[i].turn, d->suspects[i].note);
    assert_int_equal(d->n_suspects, note ? 1 : 0);
    if (note) {
        assert_int_equal(d->suspects[0].turn, turn);
        assert_int_equal(d->suspects[0].kind, kind);
        if (!strstr(d->suspects[0].note, note))
            fail_msg("%s", d->suspects[0].note);
    }
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static sb_alignment *with_texts(const char *first, const char *second, const char *third, const char *fourth)
{
    const char *texts[] = {first, second, third, fourth};
    sb_alignment *a = alignment_long(4, 1);

    for (size_t i = 0; i < 4; i++)
        alignment_set_text(a, i, texts[i]);
    return a;
}

static void set_speaker(sb_alignment *a, size_t turn, const char *speaker)
{
    free(a->turns[turn].speaker);
    a->turns[turn].speaker = sb_copy_text(speaker, NULL);
}

static void test_stamps_going_back(void **state)
{
    sb_alignment *a = with_texts("a", "b", "c", "d");
    (void)state;

    a->turns[0].stamp = a->turns[1].stamp + 60 * S;
    assert_suspect(a, 1, SB_SUSPECT_ORDER, "go backwards here, from 00:01:01 to 00:00:01");
}

static void test_same_second(void **state)
{
    sb_alignment *a = with_texts("a", "b", "c", "d"), *finer = with_texts("a", "b", "c", "d");
    (void)state;

    a->turns[2].stamp = a->turns[1].stamp;
    assert_suspect(a, 2, SB_SUSPECT_SAME_SECOND, "00:00:01, as the previous turn (Ben Wilson)");
    finer->transcript.resolution = SB_TIME_MS;
    finer->turns[2].stamp = finer->turns[1].stamp + SB_TIME_MS;
    assert_suspect(finer, 0, SB_SUSPECT_SAME_SECOND, NULL);
}

static void test_repeated_passage(void **state)
{
    const char *words = "and so we took the whole thing apart";
    (void)state;

    assert_suspect(with_texts("and so we took the whole thing apart and so we took the whole thing apart.",
                              "b", "c", "d"),
                   0, SB_SUSPECT_DUPLICATE_TEXT, "8 words are repeated in this turn");
    assert_suspect(with_texts(words, "yes", "And so, we TOOK the whole thing apart!", "no"), 2,
                   SB_SUSPECT_DUPLICATE_TEXT, "8 words are already in the turn at 00:00:00");
    assert_suspect(with_texts(words, "yes", "no", words), 0, SB_SUSPECT_DUPLICATE_TEXT, NULL);
    assert_suspect(with_texts("we took the whole thing", "we took the whole thing", "c", "d"), 0,
                   SB_SUSPECT_DUPLICATE_TEXT, NULL);
}

static void test_passage_across_a_turn_border(void **state)
{
    (void)state;
    assert_suspect(with_texts("one two three", "four five six.", "one two three four", "five six"), 2,
                   SB_SUSPECT_DUPLICATE_TEXT, "6 words");
}

/* A turn of `n` different words that ends with `passage`. */
static char *filler(size_t n, const char *passage)
{
    sb_bytes text = {0};

    for (size_t i = 0; i < n; i++)
        sb_bytes_print(&text, "w%zu%c ", i, (char)('a' + i % 26));
    sb_bytes_text(&text, passage);
    return text.data;
}

static void test_people_repeat_short_passages_later(void **state)
{
    char *near = filler(40, "when I look back and analyse"),
         *far = filler(41, "when I look back and analyse");
    char *longer = filler(41, "when I look back and analyse my time in the lab");
    (void)state;

    assert_suspect(with_texts("when I look back and analyse", near, "c", "d"), 1, SB_SUSPECT_DUPLICATE_TEXT,
                   "6 words");
    assert_suspect(with_texts("when I look back and analyse", far, "c", "d"), 0, SB_SUSPECT_DUPLICATE_TEXT,
                   NULL);
    assert_suspect(with_texts("when I look back and analyse my time in the lab", longer, "c", "d"), 1,
                   SB_SUSPECT_DUPLICATE_TEXT, "11 words");
    free(near);
    free(far);
    free(longer);
}

/* Twelve turns of one second each. Turn 7 repeats turn 6; `spoken` is the amount of speech in turn 7. */
static sb_alignment *with_repetition(sb_time spoken)
{
    sb_alignment *a = alignment_long(12, 1);

    a->speech = realloc(a->speech, 2 * sizeof *a->speech);
    a->n_speech = 2;
    a->speech[0] = (sb_span){0, 7 * S + spoken};
    a->speech[1] = (sb_span){8 * S, 12 * S};
    for (size_t i = 0; i < 12; i++) {
        char *text = sb_text_print("a%zu b%zu c%zu d%zu e%zu f%zu g%zu h%zu", i, i, i, i, i, i, i, i);
        alignment_set_text(a, i, i == 6 || i == 7 ? "when I look back and analyse" : text);
        free(text);
    }
    return a;
}

static void test_a_passage_with_enough_time_was_said_twice(void **state)
{
    (void)state;
    assert_suspect(with_repetition(3 * S / 10), 7, SB_SUSPECT_DUPLICATE_TEXT, "6 words");
    assert_suspect(with_repetition(S), 0, SB_SUSPECT_DUPLICATE_TEXT, NULL);
}

static void test_stammering_is_no_duplicate(void **state)
{
    (void)state;
    assert_suspect(
        with_texts("you you you you you you you you you you you you you you you you", "b", "c", "d"), 0,
        SB_SUSPECT_DUPLICATE_TEXT, NULL);
    assert_suspect(with_texts("I I think I I think I I think I I think I I think", "b", "c", "d"), 0,
                   SB_SUSPECT_DUPLICATE_TEXT, NULL);
    assert_suspect(with_texts("no no no no no no", "no no no no no no", "- - - - - - -", "- - - - - - -"), 0,
                   SB_SUSPECT_DUPLICATE_TEXT, NULL);
    assert_suspect(with_texts("no no no no no no no", "yes", "no no no no no no no", "d"), 0,
                   SB_SUSPECT_DUPLICATE_TEXT, NULL);
}

static void test_unheard_words(void **state)
{
    sb_alignment *some = with_texts("zero one two three four", "b", "c", "d");
    sb_alignment *all = with_texts("zero one two", "b", "c", "d");
    (void)state;

    some->turns[0].words[0].status = SB_WORD_NOT_HEARD;
    some->turns[0].words[2].status = some->turns[0].words[3].status = SB_WORD_NOT_HEARD;
    assert_suspect(some, 0, SB_SUSPECT_UNHEARD_TEXT,
                   "3 of its 5 words were not heard in the audio, among them \"two three\"");
    some = with_texts("zero one two three four", "b", "c", "d");
    some->turns[0].words[3].status = SB_WORD_NOT_HEARD;
    assert_suspect(some, 0, SB_SUSPECT_UNHEARD_TEXT, "\"three\" was not heard");
    for (size_t i = 0; i < 3; i++)
        all->turns[0].words[i].status = SB_WORD_NOT_HEARD;
    assert_suspect(all, 0, SB_SUSPECT_UNHEARD_TEXT,
                   "None of its words was heard in the audio: \"zero one two\"");
}

static void assert_label(const char *label, const char *before, const char *text, bool suspect)
{
    sb_alignment *a = with_texts("a.", before, text, "d");

    set_speaker(a, 2, label);
    assert_suspect(a, 2, SB_SUSPECT_SPEAKER, suspect ? "sentence of the previous one (Ben Wilson)" : NULL);
}

static void test_labels_in_mid_sentence(void **state)
{
    (void)state;
    assert_label("Speaker D", "and then I", "went home.", true);
    assert_label("SPEAKER_03", "and then I", "went home.", true);
    assert_label("Unknown Speaker", "and then I", "went home.", true);
    assert_label("Speaker D", "and then I did.", "went home.", false);
    assert_label("Speaker D", "he said \"yes.\"", "went home.", false);
    assert_label("Speaker D", "he said \xe2\x80\x9cyes\xe2\x80\xa6\xe2\x80\x9d", "went home.", false);
    assert_label("Speaker D", "and then I", "Went home.", false);
    assert_label("Speaker Dave", "and then I", "went home.", false);
    assert_label("Speakerine", "and then I", "went home.", false);
}

static void test_label_whose_sentence_another_ends(void **state)
{
    sb_alignment *a = with_texts("a.", "It really", "was it?", "d");
    (void)state;

    set_speaker(a, 1, "Speaker D");
    assert_suspect(a, 1, SB_SUSPECT_SPEAKER, "its sentence continues in the next turn (Zo\xc3\xab)");
}

static void test_labels_among_labels_are_left_alone(void **state)
{
    sb_alignment *a = with_texts("a.", "and then I", "went home.", "d");
    (void)state;

    set_speaker(a, 1, "Speaker 1");
    set_speaker(a, 2, "Speaker 2");
    assert_suspect(a, 2, SB_SUSPECT_SPEAKER, NULL);
}

static void test_suspects_come_in_the_order_of_turns(void **state)
{
    sb_alignment *a = with_texts("one two three four five six one two three four five six", "b", "c", "d");
    sb_drift *d;
    (void)state;

    a->turns[0].stamp = 60 * S;
    a->turns[3].words[0].status = a->turns[1].words[0].status = SB_WORD_NOT_HEARD;
    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    assert_int_equal(d->n_suspects, 4);
    assert_int_equal(d->suspects[0].kind, SB_SUSPECT_DUPLICATE_TEXT);
    assert_int_equal(d->suspects[1].kind, SB_SUSPECT_UNHEARD_TEXT);
    assert_int_equal(d->suspects[2].kind, SB_SUSPECT_ORDER);
    assert_int_equal(d->suspects[3].turn, 3);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static sb_alignment *with_lost_turns(size_t n_turns, size_t first, size_t last)
{
    sb_alignment *a = alignment_long(n_turns, 8);

    for (size_t t = first; t <= last; t++) {
        a->turns[t].status = SB_TURN_NOT_HEARD;
        a->turns[t].start = a->turns[t].end = SB_TIME_NONE;
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            a->turns[t].words[w] = (sb_aligned_word){.text = a->turns[t].words[w].text,
                                                     .start = SB_TIME_NONE,
                                                     .end = SB_TIME_NONE,
                                                     .status = SB_WORD_NOT_HEARD};
    }
    return a;
}

static size_t count_unheard(const sb_drift *d, const sb_suspect **last)
{
    size_t n = 0;

    for (size_t i = 0; i < d->n_suspects; i++)
        if (d->suspects[i].kind == SB_SUSPECT_UNHEARD_TEXT) {
            *last = &d->suspects[i];
            n++;
        }
    return n;
}

static void test_turns_in_a_row_are_one_region(void **state)
{
    sb_alignment *a = with_lost_turns(30, 5, 8);
    const sb_suspect *region = NULL;
    sb_drift *d;
    (void)state;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    assert_int_equal(count_unheard(d, &region), 1);
    assert_int_equal(region->turn, 5);
    assert_int_equal(region->last_turn, 8);
    assert_non_null(
        strstr(region->note, "32 of 32 words were not heard in turns 6 to 9 (00:00:05 to 00:00:08"));
    assert_non_null(
        strstr(d->reason, "Not heard in the audio: turns 6 to 9 (00:00:05 to 00:00:08, 32 words)."));
    assert_int_equal(d->verdict, SB_VERDICT_OK);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void test_an_exchanged_turn_is_named(void **state)
{
    sb_alignment *a = with_lost_turns(20, 12, 12);
    sb_drift *d;
    (void)state;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    assert_non_null(strstr(d->reason, "Not heard in the audio: turn 13 (00:00:12, 8 words)."));
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

/* Words whose place is only a guess do not part two turns that were not heard. */
static void test_turns_without_proof_between_unheard_ones_belong_to_the_region(void **state)
{
    sb_alignment *a = with_lost_turns(20, 12, 12), *last = with_lost_turns(20, 16, 16);
    sb_drift *d;
    (void)state;

    sb_aligned_turn kept = a->turns[16];
    a->turns[16] = last->turns[16];
    last->turns[16] = kept;
    for (size_t t = 13; t < 16; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            a->turns[t].words[w].status = SB_WORD_ESTIMATED;
    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    assert_non_null(
        strstr(d->reason, "Not heard in the audio: turns 13 to 17 (00:00:12 to 00:00:16, 16 words)."));
    assert_int_equal(d->verdict, SB_VERDICT_DRIFT);
    sb_drift_free(&d);
    a->turns[14].words[2].status = SB_WORD_ALIGNED;
    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    assert_non_null(strstr(d->reason, "turn 13 (00:00:12, 8 words), turn 17 (00:00:16, 8 words)."));
    assert_int_equal(d->verdict, SB_VERDICT_OK);
    sb_drift_free(&d);
    sb_alignment_free(&a);
    sb_alignment_free(&last);
}

static void test_a_text_whose_end_belongs_elsewhere_is_not_right(void **state)
{
    sb_alignment *a = with_lost_turns(20, 12, 19);
    sb_drift *d;
    (void)state;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    assert_int_equal(d->verdict, SB_VERDICT_DRIFT);
    assert_non_null(strstr(d->reason, "turns 13 to 20 (00:00:12 to 00:00:19, 64 words)."));
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stamps_going_back),
        cmocka_unit_test(test_same_second),
        cmocka_unit_test(test_repeated_passage),
        cmocka_unit_test(test_passage_across_a_turn_border),
        cmocka_unit_test(test_people_repeat_short_passages_later),
        cmocka_unit_test(test_a_passage_with_enough_time_was_said_twice),
        cmocka_unit_test(test_stammering_is_no_duplicate),
        cmocka_unit_test(test_unheard_words),
        cmocka_unit_test(test_turns_in_a_row_are_one_region),
        cmocka_unit_test(test_an_exchanged_turn_is_named),
        cmocka_unit_test(test_turns_without_proof_between_unheard_ones_belong_to_the_region),
        cmocka_unit_test(test_a_text_whose_end_belongs_elsewhere_is_not_right),
        cmocka_unit_test(test_labels_in_mid_sentence),
        cmocka_unit_test(test_label_whose_sentence_another_ends),
        cmocka_unit_test(test_labels_among_labels_are_left_alone),
        cmocka_unit_test(test_suspects_come_in_the_order_of_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
