#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "align/stamps/stamps.h"
#include "support_alignment.h"
#include "support_memory.h"

#define S      SB_TIME_SECOND
#define TURNS  10
#define STRONG 40.0f
#define WEAK   2.0f

/* Ten turns of a second each, with correct stamps. Turn `unheard` was not heard. */
static sb_alignment *turns_but(size_t unheard)
{
    sb_alignment *a = alignment_long(TURNS, 4);
    a->transcript.resolution = S;
    for (size_t t = 0; t < a->n_turns; t++)
        a->turns[t].stamp = a->turns[t].start;
    sb_aligned_turn *turn = &a->turns[unheard];
    turn->status = SB_TURN_NOT_HEARD;
    turn->start = turn->end = SB_TIME_NONE;
    for (size_t w = 0; w < turn->n_words; w++) {
        turn->words[w].start = turn->words[w].end = SB_TIME_NONE;
        turn->words[w].status = SB_WORD_NOT_HEARD;
    }
    free(a->speech);
    a->speech = calloc(1, sizeof *a->speech);
    a->n_speech = 1;
    free(a->map);
    a->map = calloc(2, sizeof *a->map);
    a->map[0] = (sb_map_piece){.from = 0, .until = SB_TIME_NONE};
    a->n_map = 1;
    free(a->breaks);
    a->breaks = NULL;
    a->n_breaks = 0;
    return a;
}

static const sb_turn_evidence *heard_all(float odds)
{
    static sb_turn_evidence all[TURNS];
    for (size_t t = 0; t < TURNS; t++)
        all[t] = (sb_turn_evidence){.odds = odds};
    return all;
}

static const sb_turn_evidence *heard_one(size_t turn, sb_turn_evidence of_it)
{
    static sb_turn_evidence all[TURNS];
    for (size_t t = 0; t < TURNS; t++)
        all[t] = t == turn ? of_it : (sb_turn_evidence){.odds = STRONG};
    return all;
}

static void fill(sb_alignment *a, const sb_turn_evidence *evidence)
{
    assert_int_equal(sb_stamp_places_fill(a, evidence, NULL), SB_OK);
}

/* Moves a turn of turns_but and its words to `start` in the audio. */
static void put(sb_alignment *a, size_t t, sb_time start)
{
    sb_aligned_turn *turn = &a->turns[t];
    turn->start = start;
    turn->end = start + S;
    turn->status = SB_TURN_ALIGNED;
    for (size_t w = 0; w < turn->n_words; w++) {
        turn->words[w].start = start + (sb_time)w * S / 4;
        turn->words[w].end = start + (sb_time)(w + 1) * S / 4;
        turn->words[w].status = SB_WORD_ALIGNED;
    }
}

static void a_turn_moves_to_free_speech(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    a->speech[0] = (sb_span){4 * S, 5 * S};
    fill(a, heard_all(STRONG));
    assert_int_equal(a->turns[4].start, 4 * S);
    assert_int_equal(a->turns[4].status, SB_TURN_PARTLY);
    sb_alignment_free(&a);
}

/* Eight seconds at 10 s of the transcript were cut out. The turn has the stamp 14 s, inside the cut; the
 * map gives 6 s, where speech is free. */
static void a_turn_that_was_cut_out_gets_no_place(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(6);
    a->speech[0] = (sb_span){6 * S, 7 * S};
    a->turns[6].stamp = 14 * S;
    a->map[0].until = 10 * S;
    a->map[1] = (sb_map_piece){.from = 10 * S, .until = SB_TIME_NONE, .offset = -8 * S};
    a->n_map = 2;
    a->breaks = calloc(1, sizeof *a->breaks);
    a->breaks[0] = (sb_break){.at = 10 * S, .audio = {10 * S, 10 * S}, .gap = -8 * S, .confidence = 1};
    a->n_breaks = 1;
    fill(a, heard_all(STRONG));
    assert_int_equal(a->turns[6].start, SB_TIME_NONE);
    assert_int_equal(a->turns[6].status, SB_TURN_NOT_HEARD);
    sb_alignment_free(&a);
}

static void a_turn_without_speech_is_placed_within_its_resolution(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    sb_time stamp = a->turns[4].stamp;
    a->speech[0] = (sb_span){0, 100 * SB_TIME_MS};
    fill(a, heard_all(STRONG));
    assert_true(a->turns[4].start >= stamp && a->turns[4].start < stamp + S);
    for (size_t w = 0; w < a->turns[4].n_words; w++) {
        assert_int_equal(a->turns[4].words[w].status, SB_WORD_ESTIMATED);
        assert_true(a->turns[4].words[w].confidence < 0.5f);
    }
    sb_alignment_free(&a);
}

static void a_turn_far_from_its_stamp_needs_strong_evidence(void **state)
{
    (void)state;
    static const struct {
        float odds;
        bool stays;
    } cases[] = {{STRONG, true}, {WEAK, false}, {0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_alignment *a = turns_but(4);
        sb_time stamp = a->turns[4].stamp;
        a->audio.duration = 60 * S;
        put(a, 4, 20 * S);
        fill(a, heard_one(4, (sb_turn_evidence){.odds = cases[i].odds}));
        if (cases[i].stays)
            assert_int_equal(a->turns[4].start, 20 * S);
        else
            assert_true(a->turns[4].start >= stamp && a->turns[4].start < stamp + S);
        assert_int_equal(a->turns[4].status, cases[i].stays ? SB_TURN_ALIGNED : SB_TURN_PARTLY);
        sb_alignment_free(&a);
    }
}

static void a_turn_inside_its_resolution_stays_without_evidence(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    put(a, 4, a->turns[4].stamp + 700 * SB_TIME_MS);
    sb_time start = a->turns[4].start;
    fill(a, heard_one(4, (sb_turn_evidence){.odds = -WEAK}));
    assert_int_equal(a->turns[4].start, start);
    assert_int_equal(a->turns[4].status, SB_TURN_ALIGNED);
    sb_alignment_free(&a);
}

/* The first word of turn 4 is estimated a second before the stamp; the other words are after the stamp. */
static void an_estimated_word_does_not_start_a_turn_before_its_stamp(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    sb_aligned_turn *turn = &a->turns[4];
    a->transcript.resolution = SB_TIME_MS;
    put(a, 4, turn->stamp);
    turn->words[0].start = turn->start = turn->stamp - S;
    turn->words[0].status = SB_WORD_ESTIMATED;
    fill(a, heard_all(STRONG));
    assert_true(turn->start >= turn->stamp && turn->start < turn->words[1].start);
    assert_int_equal(turn->words[0].start, turn->start);
    assert_int_equal(turn->words[0].end, turn->words[1].start);
    sb_alignment_free(&a);
}

/* A dash comes before the first word, which was heard. */
static void text_that_is_not_spoken_does_not_start_a_turn(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    sb_aligned_turn *turn = &a->turns[4];
    alignment_set_text(a, 4, "-- a b c");
    a->transcript.resolution = SB_TIME_MS;
    put(a, 4, turn->stamp - S / 2);
    turn->words[0].status = SB_WORD_ESTIMATED;
    fill(a, heard_all(STRONG));
    assert_int_equal(turn->start, turn->words[1].start);
    sb_alignment_free(&a);
}

/* Twelve of sixteen words, which take nine seconds, were not heard. */
static void a_turn_with_an_unheard_start_starts_at_its_stamp(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    sb_aligned_turn *turn = &a->turns[4];
    alignment_set_text(a, 4,
                       "several considerable mountains surrounded beautiful meadows everywhere somebody "
                       "remembered afterwards yesterday otherwise a b c d");
    a->audio.duration = 60 * S;
    put(a, 4, turn->stamp + 9 * S);
    for (size_t w = 0; w < 12; w++) {
        turn->words[w].status = SB_WORD_NOT_HEARD;
        turn->words[w].start = turn->words[w].end = SB_TIME_NONE;
    }
    fill(a, heard_all(STRONG));
    assert_true(turn->start >= turn->stamp && turn->start < turn->stamp + S);
    sb_alignment_free(&a);
}

static void a_denied_turn_gets_no_place(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    a->speech[0] = (sb_span){4 * S, 5 * S};
    fill(a, heard_one(4, (sb_turn_evidence){.denied = true}));
    assert_int_equal(a->turns[4].start, SB_TIME_NONE);
    assert_int_equal(a->turns[4].status, SB_TURN_NOT_HEARD);
    sb_alignment_free(&a);
}

/* Evidence that is enough for a place four seconds after the stamp is not enough for one four seconds
 * before it, where other turns are. */
static void turns_stay_in_order(void **state)
{
    (void)state;
    const sb_turn_evidence found = {.odds = 12};
    sb_alignment *a = turns_but(6);
    a->audio.duration = 60 * S;
    sb_time stamp = a->turns[6].stamp;
    put(a, 6, stamp + 4 * S);
    fill(a, heard_one(6, found));
    assert_int_equal(a->turns[6].start, stamp + 4 * S);
    put(a, 6, stamp - 4 * S);
    fill(a, heard_one(6, found));
    assert_true(a->turns[6].start >= stamp && a->turns[6].start < stamp + S);
    sb_alignment_free(&a);
}

static void turns_with_descending_stamps_may_be_out_of_order(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(6);
    a->turns[6].stamp = 2 * S;
    put(a, 6, 2 * S + 200 * SB_TIME_MS);
    fill(a, heard_one(6, (sb_turn_evidence){0}));
    assert_int_equal(a->turns[6].start, 2 * S + 200 * SB_TIME_MS);
    sb_alignment_free(&a);
}

static void without_a_map_nothing_changes(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    a->n_map = 0;
    fill(a, heard_all(STRONG));
    assert_int_equal(a->turns[4].start, SB_TIME_NONE);
    sb_alignment_free(&a);
}

static void failing_allocations_are_reported(void **state)
{
    (void)state;
    sb_alignment *a = turns_but(4);
    const sb_turn_evidence *evidence = heard_all(STRONG);
    sb_error err = {0};
    memory_fail_from(0);
    sb_status status = sb_stamp_places_fill(a, evidence, &err);
    assert_true(memory_fail_end());
    assert_int_equal(status, SB_ERR_MEMORY);
    assert_int_equal(a->turns[4].start, SB_TIME_NONE);
    sb_alignment_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_moves_to_free_speech),
        cmocka_unit_test(a_turn_that_was_cut_out_gets_no_place),
        cmocka_unit_test(a_turn_without_speech_is_placed_within_its_resolution),
        cmocka_unit_test(a_turn_far_from_its_stamp_needs_strong_evidence),
        cmocka_unit_test(a_turn_inside_its_resolution_stays_without_evidence),
        cmocka_unit_test(an_estimated_word_does_not_start_a_turn_before_its_stamp),
        cmocka_unit_test(text_that_is_not_spoken_does_not_start_a_turn),
        cmocka_unit_test(a_turn_with_an_unheard_start_starts_at_its_stamp),
        cmocka_unit_test(a_denied_turn_gets_no_place),
        cmocka_unit_test(turns_stay_in_order),
        cmocka_unit_test(turns_with_descending_stamps_may_be_out_of_order),
        cmocka_unit_test(without_a_map_nothing_changes),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
