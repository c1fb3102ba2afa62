#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "soundbite/drift.h"
#include "support_alignment.h"
#include "support_memory.h"

#define S       SB_TIME_SECOND
#define MS      SB_TIME_MS
#define BEFORE  10 /* Zoe's turn, from 10.1 s */
#define AFTER   11 /* Ben Wilson's turn */
#define N_TURNS 12
#define WORD    (200 * MS)

static sb_aligned_word *word_of(sb_alignment *a, size_t i)
{
    size_t n = a->turns[BEFORE].n_words;

    return i < n ? &a->turns[BEFORE].words[i] : &a->turns[AFTER].words[i - n];
}

static void add_speech(sb_alignment *a, sb_time start, sb_time end)
{
    if (a->n_speech > 0 && a->speech[a->n_speech - 1].end == start) {
        a->speech[a->n_speech - 1].end = end;
        return;
    }
    if (!sb_push_room(&a->speech, a->n_speech, sizeof *a->speech))
        abort();
    a->speech[a->n_speech++] = (sb_span){start, end};
}

/* The last two turns have the words `before` and `after`: 200 ms per word, with `gaps_ms` of silence
 * before each word except the first. */
static sb_alignment *with_edge(const char *before, const char *after, const int *gaps_ms)
{
    sb_alignment *a = alignment_long(N_TURNS, 1);
    sb_time at = a->turns[BEFORE].start;

    for (size_t i = 0; i < BEFORE; i++)
        add_speech(a, a->turns[i].start, a->turns[i].end);
    alignment_set_text(a, BEFORE, before);
    alignment_set_text(a, AFTER, after);
    for (size_t i = 0; i < a->turns[BEFORE].n_words + a->turns[AFTER].n_words; i++) {
        at += i > 0 ? gaps_ms[i - 1] * MS : 0;
        word_of(a, i)->start = at;
        word_of(a, i)->end = at + WORD;
        add_speech(a, at, at + WORD);
        at += WORD;
    }
    a->turns[BEFORE].end = word_of(a, a->turns[BEFORE].n_words - 1)->end;
    a->turns[AFTER].start = a->turns[AFTER].words[0].start;
    a->turns[AFTER].end = at;
    a->turns[AFTER].stamp = a->turns[AFTER].start / S * S;
    return a;
}

/* Expects one suspect of kind SPEAKER with `first` and `second` in its note, or no suspect if they are
 * NULL. Frees the alignment. */
static void assert_slip(sb_alignment *a, size_t turn, const char *first, const char *second)
{
    sb_drift *d;
    const sb_suspect *found = NULL;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    for (size_t i = 0; i < d->n_suspects; i++) {
        if (d->suspects[i].kind != SB_SUSPECT_SPEAKER)
            continue;
        if (found || !first)
            fail_msg("%s", d->suspects[i].note);
        found = &d->suspects[i];
    }
    if (first) {
        assert_non_null(found);
        assert_int_equal(found->turn, turn);
        if (!strstr(found->note, first) || !strstr(found->note, second))
            fail_msg("%s", found->note);
    }
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void test_last_words_that_begin_the_next_turn(void **state)
{
    (void)state;
    assert_slip(with_edge("we did that. And so", "it was over.", (int[]){0, 0, 400, 0, 20, 0, 0}), BEFORE,
                "Its last 2 words, \"And so\" at 00:00:11.10 of the audio, seem to belong to the next turn "
                "(Ben Wilson): the pause between them and that turn is 0.020 s",
                "on the other side 0.400 s; the sentence continues across the boundary.");
}

static void test_first_word_that_ends_the_turn_before(void **state)
{
    (void)state;
    assert_slip(with_edge("in a woollen", "jumper. It was nice.", (int[]){0, 0, 0, 350, 0, 0}), AFTER,
                "Its first word, \"jumper.\" at 00:00:10.70 of the audio, seems to belong to the previous "
                "turn (Zo\xc3\xab): the pause between it and that turn is 0.000 s",
                "on the other side 0.350 s; the sentence continues");
}

static void test_a_sentence_that_runs_on_without_any_pause(void **state)
{
    (void)state;
    assert_slip(with_edge("it replaced that", "switch. Good for it.", (int[]){0, 0, 0, 0, 0, 0}), AFTER,
                "\"switch.\"", "on the other side 0.000 s");
}

static void test_an_abbreviation_does_not_end_the_sentence(void **state)
{
    (void)state;
    assert_slip(with_edge("it was plug vs.", "switch. Good for it.", (int[]){0, 0, 0, 0, 0, 0, 0}), AFTER,
                "\"switch.\"", "on the other side 0.000 s");
}

static void test_ordinary_edges(void **state)
{
    (void)state;
    assert_slip(with_edge("saw it again?", "Well. I did not.", (int[]){0, 0, 900, 800, 0, 0}), 0, NULL, NULL);
    assert_slip(with_edge("so do it.", "Right. So the box.", (int[]){0, 0, 30, 350, 0, 0}), 0, NULL, NULL);
    assert_slip(with_edge("I agree. Yes.", "It was dust.", (int[]){0, 400, 0, 0, 0}), 0, NULL, NULL);
    assert_slip(with_edge("to start with", "Tobias Hearn. I climb.", (int[]){0, 0, 0, 0, 300, 0}), 0, NULL,
                NULL);
    assert_slip(with_edge("no capitals here", "at all and no marks", (int[]){0, 0, 0, 0, 400, 0, 0}), 0, NULL,
                NULL);
}

static void test_a_pause_at_the_edge_parts_speakers(void **state)
{
    (void)state;
    assert_slip(with_edge("in a woollen", "jumper. It was nice.", (int[]){0, 0, 400, 350, 0, 0}), 0, NULL,
                NULL);
    assert_slip(with_edge("in a woollen", "jumper. It was nice.", (int[]){0, 0, 120, 40, 0, 0}), 0, NULL,
                NULL);
}

static void test_many_words_take_a_pause(void **state)
{
    const char *before = "for a thing", *after = "that we had once. Then it ended.";
    (void)state;

    assert_slip(with_edge(before, after, (int[]){0, 0, 0, 0, 0, 0, 0, 0, 0}), 0, NULL, NULL);
    assert_slip(with_edge(before, after, (int[]){0, 0, 0, 0, 0, 0, 200, 0, 0}), AFTER,
                "Its first 4 words, \"that we had once.\"", "0.200 s");
}

static void test_the_longer_pause_decides_the_side(void **state)
{
    const char *before = "It ended. You know", *after = "you would. We went.";
    (void)state;

    assert_slip(with_edge(before, after, (int[]){0, 300, 0, 0, 0, 90, 0}), BEFORE, "\"You know\"", "0.300 s");
    assert_slip(with_edge(before, after, (int[]){0, 90, 0, 0, 0, 300, 0}), AFTER, "\"you would.\"",
                "0.300 s");
}

/* Ben Wilson's stamp is 00:00:11. His "So" is in that second; "Here." is before it. */
static sb_alignment *with_stamp(sb_time shift_of_others, int pause_ms)
{
    sb_alignment *a = with_edge("all done", "Here. So the box.", (int[]){0, 0, pause_ms, 0, 0});

    for (size_t i = 1; i < AFTER; i++)
        a->turns[i].stamp += shift_of_others;
    a->turns[AFTER].stamp = 11 * S;
    return a;
}

static void test_stamp_and_pause_without_text(void **state)
{
    (void)state;
    assert_slip(with_stamp(0, 450), AFTER, "Its first word, \"Here.\"", "this turn fits its later words.");
    assert_slip(with_stamp(0, 200), 0, NULL, NULL);
}

static void test_stamps_that_are_off_prove_nothing(void **state)
{
    (void)state;
    assert_slip(with_stamp(3 * S, 450), 0, NULL, NULL);
}

static void test_stamps_are_read_through_the_time_map(void **state)
{
    sb_alignment *a = with_stamp(3 * S, 450);
    (void)state;

    a->n_map = 1;
    a->map = calloc(1, sizeof *a->map);
    a->map[0] = (sb_map_piece){0, SB_TIME_NONE, -3 * S, 0};
    a->turns[0].stamp += 3 * S;
    a->turns[AFTER].stamp += 3 * S;
    assert_slip(a, AFTER, "\"Here.\"", "fits its later words.");
}

static void test_estimated_words_are_no_evidence(void **state)
{
    sb_alignment *a = with_edge("in a woollen", "jumper. It was nice.", (int[]){0, 0, 0, 350, 0, 0});
    (void)state;

    a->turns[BEFORE].words[2].status = a->turns[AFTER].words[0].status = SB_WORD_ESTIMATED;
    assert_slip(a, 0, NULL, NULL);
}

static void test_a_single_speaker_has_no_edges(void **state)
{
    sb_alignment *a = with_edge("in a woollen", "jumper. It was nice.", (int[]){0, 0, 0, 350, 0, 0});
    (void)state;

    free(a->turns[AFTER].speaker);
    a->turns[AFTER].speaker = sb_copy_text("ZO\xc3\x8b", NULL);
    assert_slip(a, 0, NULL, NULL);
}

static void test_an_edge_without_speech_list(void **state)
{
    sb_alignment *a = with_edge("in a woollen", "jumper. It was nice.", (int[]){0, 0, 0, 350, 0, 0});
    (void)state;

    a->n_speech = 0;
    assert_slip(a, 0, NULL, NULL);
}

static void test_every_allocation_may_fail(void **state)
{
    sb_alignment *a = with_edge("in a woollen", "jumper. It was nice.", (int[]){0, 0, 0, 350, 0, 0});
    bool refused = true;
    (void)state;

    for (size_t n = 0; refused; n++) {
        sb_error err = {0};
        sb_drift *d = NULL;
        memory_fail_from(n);
        sb_status status = sb_drift_measure(&d, a, NULL, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        sb_drift_free(&d);
    }
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_words_that_begin_the_next_turn),
        cmocka_unit_test(test_first_word_that_ends_the_turn_before),
        cmocka_unit_test(test_a_sentence_that_runs_on_without_any_pause),
        cmocka_unit_test(test_an_abbreviation_does_not_end_the_sentence),
        cmocka_unit_test(test_ordinary_edges),
        cmocka_unit_test(test_a_pause_at_the_edge_parts_speakers),
        cmocka_unit_test(test_many_words_take_a_pause),
        cmocka_unit_test(test_the_longer_pause_decides_the_side),
        cmocka_unit_test(test_stamp_and_pause_without_text),
        cmocka_unit_test(test_stamps_that_are_off_prove_nothing),
        cmocka_unit_test(test_stamps_are_read_through_the_time_map),
        cmocka_unit_test(test_estimated_words_are_no_evidence),
        cmocka_unit_test(test_a_single_speaker_has_no_edges),
        cmocka_unit_test(test_an_edge_without_speech_list),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
