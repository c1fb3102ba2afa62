#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/drift.h"
#include "soundbite/file.h"
#include "support_alignment.h"
#include "support_memory.h"

#define S  SB_TIME_SECOND
#define MS SB_TIME_MS

static sb_drift *measure(const sb_alignment *a)
{
    sb_drift *d;

    assert_int_equal(sb_drift_measure(&d, a, NULL, NULL), SB_OK);
    return d;
}

static void shift(sb_alignment *a, size_t first, sb_time by)
{
    a->audio.duration += by;
    for (size_t i = first; i < a->n_turns; i++) {
        a->turns[i].start += by;
        a->turns[i].end += by;
    }
}

static void assert_verdict(sb_alignment *a, sb_verdict verdict, const char *reason)
{
    sb_drift *d = measure(a);

    if (d->verdict != verdict || !strstr(d->reason, reason))
        fail_msg("%s: %s", sb_verdict_name(d->verdict), d->reason);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void test_figures(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    (void)state;

    a->turns[10].start = a->turns[10].stamp - 200 * MS;
    a->turns[20].stamp = SB_TIME_NONE;
    a->turns[30].start = a->turns[30].end = SB_TIME_NONE;
    a->turns[99].start = a->turns[99].stamp + 1400 * MS;
    sb_drift *d = measure(a);
    assert_int_equal(d->n_errors, 100);
    assert_int_equal(d->n_stamps, 98);
    assert_true(d->errors[10] == -200 * MS);
    assert_true(d->errors[20] == SB_TIME_NONE);
    assert_true(d->errors[30] == SB_TIME_NONE);
    assert_true(d->median_abs_error == 100 * MS);
    assert_true(d->p95_abs_error == 100 * MS);
    assert_true(d->max_abs_error == 1400 * MS);
    assert_int_equal(d->n_within_resolution, 96);
    assert_int_equal(d->n_beyond, 0);
    assert_true(d->max_drift == 500 * MS);
    assert_true(d->offset == 100 * MS - S / 2);
    sb_drift_free(&d);
    sb_alignment_free(&a);
}

static void test_good_stamps_are_ok(void **state)
{
    (void)state;
    assert_verdict(alignment_long(100, 8), SB_VERDICT_OK,
                   "apart from their resolution of 1 s, none of 100 is off by more than 0.500 s");
}

static void test_no_stamps_are_ok(void **state)
{
    sb_alignment *a = alignment_long(3, 8);
    (void)state;

    for (size_t i = 0; i < 3; i++)
        a->turns[i].stamp = SB_TIME_NONE;
    sb_drift *d = measure(a);
    assert_true(d->max_abs_error == SB_TIME_NONE);
    assert_int_equal(d->n_stamps, 0);
    sb_drift_free(&d);
    assert_verdict(a, SB_VERDICT_OK, "has no times");
}

static void test_one_sure_turn_beyond_the_limit_is_drift(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    (void)state;

    a->turns[40].start = a->turns[40].end = a->turns[40].stamp + 1500 * MS;
    assert_verdict(a, SB_VERDICT_DRIFT,
                   "1 of 100 times are off by more than 0.500 s; the worst, 00:00:40, is 1.500 s too early");
}

static void test_one_unsure_turn_is_not(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    (void)state;

    a->turns[40].start = a->turns[40].end = a->turns[40].stamp - 3 * S;
    a->turns[40].confidence = 0.2F;
    assert_verdict(a, SB_VERDICT_OK, "99 of 100");
}

static void test_late_for_first_words_not_heard_is_not(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    (void)state;

    alignment_set_text(a, 40, "well then");
    a->turns[40].start = a->turns[40].stamp + 3 * S;
    a->turns[40].words[0].status = SB_WORD_NOT_HEARD;
    a->turns[40].words[0].start = a->turns[40].words[0].end = SB_TIME_NONE;
    assert_verdict(a, SB_VERDICT_OK, "99 of 100");
}

static void test_early_for_first_words_not_heard_is_drift(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    (void)state;

    alignment_set_text(a, 40, "well then");
    a->turns[40].start = a->turns[40].stamp - 3 * S;
    a->turns[40].words[0].status = SB_WORD_NOT_HEARD;
    assert_verdict(a, SB_VERDICT_DRIFT, "1 of 100");
}

static void test_many_unsure_turns_are_drift(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    (void)state;

    for (size_t i = 0; i < 100; i++)
        a->turns[i].confidence = 0.2F;
    shift(a, 94, 2 * S);
    assert_verdict(a, SB_VERDICT_DRIFT, "6 of 100 times");
}

static void test_the_caller_sets_the_limit(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    sb_drift *d;
    (void)state;

    shift(a, 0, 2 * S);
    assert_int_equal(sb_drift_measure(&d, a, &(sb_drift_params){.max_drift = 2 * S}, NULL), SB_OK);
    assert_int_equal(d->verdict, SB_VERDICT_OK);
    sb_drift_free(&d);
    assert_int_equal(sb_drift_measure(&d, a, &(sb_drift_params){.max_drift = 1 * S}, NULL), SB_OK);
    assert_int_equal(d->verdict, SB_VERDICT_DRIFT);
    assert_int_equal(d->n_beyond, 100);
    sb_drift_free(&d);
    assert_int_equal(sb_drift_measure(&d, a, &(sb_drift_params){0}, NULL), SB_OK);
    assert_true(d->max_drift == SB_MAX_DRIFT);
    sb_drift_free(&d);
    assert_int_equal(sb_drift_measure(&d, a, &(sb_drift_params){.has_max_drift = true}, NULL), SB_OK);
    assert_true(d->max_drift == 0);
    sb_drift_free(&d);
    assert_int_equal(sb_drift_measure(&d, a, &(sb_drift_params){.max_drift = -1}, NULL), SB_ERR_ARGUMENT);
    assert_null(d);
    sb_alignment_free(&a);
}

static sb_alignment *with_map(sb_time offset, double rate_ppm)
{
    sb_alignment *a = alignment_long(100, 8);

    a->n_map = 1;
    a->map = calloc(1, sizeof *a->map);
    a->map[0] = (sb_map_piece){0, SB_TIME_NONE, offset, rate_ppm};
    return a;
}

static void test_an_offset_is_named(void **state)
{
    sb_alignment *late = with_map(2 * S, 0), *early = with_map(-3 * S, 0);
    (void)state;

    shift(late, 0, 2 * S);
    assert_verdict(late, SB_VERDICT_DRIFT, "too early by 2.000 s, from the start");
    shift(early, 0, -3 * S);
    assert_verdict(early, SB_VERDICT_DRIFT, "too late by 3.000 s, from the start");
}

static void test_more_breaks_are_counted(void **state)
{
    sb_alignment *a = with_map(0, 0), *late = with_map(2 * S, 0);
    (void)state;

    for (int round = 0; round < 2; round++) {
        sb_alignment *both = round ? late : a;
        both->n_breaks = 3;
        both->breaks = calloc(3, sizeof *both->breaks);
        for (size_t i = 0; i < 3; i++)
            both->breaks[i] = (sb_break){
                10 * S * (sb_time)i, {10 * S * (sb_time)i, 10 * S * (sb_time)i + 5 * S}, 5 * S, 0.9F};
        both->breaks[2].gap = 0;
    }
    assert_verdict(a, SB_VERDICT_DRIFT, "too early by that much. One more break follows.");
    shift(late, 0, 2 * S);
    assert_verdict(late, SB_VERDICT_DRIFT, "from the start. 2 more breaks follow.");
}

static void test_a_rate_is_named(void **state)
{
    sb_alignment *a = with_map(0, 30000);
    (void)state;

    for (size_t i = 0; i < a->n_turns; i++) {
        a->turns[i].start += a->turns[i].stamp / 100 * 3;
        a->turns[i].end += a->turns[i].stamp / 100 * 3;
    }
    assert_verdict(a, SB_VERDICT_DRIFT, "too slow by 30000 parts per million: its times are 3.0 s too early");
}

static sb_alignment *with_break(sb_time gap, float confidence)
{
    sb_alignment *a = alignment_long(100, 8);

    a->n_breaks = 1;
    a->breaks = calloc(1, sizeof *a->breaks);
    a->breaks[0] = (sb_break){50 * S, {50 * S, 50 * S + (gap > 0 ? gap : 0)}, gap, confidence};
    return a;
}

static void test_breaks_are_named(void **state)
{
    (void)state;
    assert_verdict(with_break(30 * S, 0.9F), SB_VERDICT_DRIFT,
                   "The audio has 30.0 s that is not in the transcript, starting at 00:00:50.");
    assert_verdict(with_break(-4 * S, 0.9F), SB_VERDICT_DRIFT,
                   "From 00:00:50 on, 4.000 s of the transcript are missing");
    assert_verdict(with_break(30 * S, 0.3F), SB_VERDICT_OK, "fit the audio");
}

static void test_mismatch(void **state)
{
    sb_alignment *forced = alignment_long(30, 8), *longer = alignment_long(30, 8),
                 *unheard = alignment_long(30, 8);
    (void)state;

    forced->pairing = SB_PAIRING_MISMATCH;
    assert_verdict(forced, SB_VERDICT_MISMATCH, "does not match the transcript");
    longer->audio.duration = 10 * S;
    assert_verdict(longer, SB_VERDICT_MISMATCH, "after the end of the audio (00:00:10)");
    for (size_t i = 0; i < 16; i++)
        for (size_t j = 0; j < 8; j++)
            unheard->turns[i].words[j].status = SB_WORD_NOT_HEARD;
    assert_verdict(unheard, SB_VERDICT_MISMATCH, "were not heard");
    sb_alignment *undecided = alignment_long(30, 8);
    undecided->pairing = SB_PAIRING_UNSURE;
    for (size_t i = 0; i < 16; i++)
        for (size_t j = 0; j < 8; j++)
            undecided->turns[i].words[j].status = SB_WORD_NOT_HEARD;
    assert_verdict(undecided, SB_VERDICT_UNSURE, "too little evidence");
    sb_alignment *noted = alignment_long(30, 8);
    noted->pairing = SB_PAIRING_MISMATCH;
    noted->pairing_note = strdup("German was heard, and nothing of the text.");
    assert_verdict(noted, SB_VERDICT_MISMATCH, "German was heard");
}

/* Of 30 turns, the audio has the first `n_held`. Every `nth` word of these was heard. */
static sb_alignment *cut_short(size_t n_held, size_t nth)
{
    sb_alignment *a = alignment_long(30, 8);
    a->method = SB_METHOD_ACOUSTIC;
    a->audio.damaged = true;
    a->audio.duration = a->turns[n_held].start;
    for (size_t i = 0; i < 30; i++)
        for (size_t w = 0; w < 8; w++) {
            sb_aligned_word *word = &a->turns[i].words[w];
            if (i < n_held && (8 * i + w) % nth == 0)
                continue;
            word->start = word->end = SB_TIME_NONE;
            word->status = SB_WORD_NOT_HEARD;
        }
    for (size_t i = n_held; i < 30; i++) {
        a->turns[i].start = a->turns[i].end = SB_TIME_NONE;
        a->turns[i].status = SB_TURN_NOT_HEARD;
    }
    return a;
}

static void test_only_the_part_that_damaged_audio_holds_is_judged(void **state)
{
    (void)state;
    assert_verdict(cut_short(10, 1), SB_VERDICT_OK, "the audio is damaged and ends at");
    assert_verdict(cut_short(10, 3), SB_VERDICT_MISMATCH, "another");
    sb_alignment *whole = cut_short(10, 1), *untimed = cut_short(10, 1), *early = cut_short(10, 1),
                 *few = cut_short(2, 1), *by_energy = cut_short(10, 1), *other = cut_short(10, 1);
    whole->audio.damaged = false;
    assert_verdict(whole, SB_VERDICT_MISMATCH, "another");
    for (size_t i = 0; i < 30; i++)
        untimed->turns[i].stamp = SB_TIME_NONE;
    assert_verdict(untimed, SB_VERDICT_OK, "the audio is damaged and ends at");
    early->audio.duration = early->turns[29].stamp + 10 * S; /* the audio goes on without the text */
    assert_verdict(early, SB_VERDICT_MISMATCH, "were not heard");
    assert_verdict(few, SB_VERDICT_UNSURE, "too little of it is left");
    assert_verdict(cut_short(10, 2), SB_VERDICT_OK, "before the last 20 turns");
    by_energy->method = SB_METHOD_ENERGY;
    assert_verdict(by_energy, SB_VERDICT_MISMATCH, "after the end of the audio");
    other->pairing = SB_PAIRING_MISMATCH;
    assert_verdict(other, SB_VERDICT_MISMATCH, "");
}

static void test_too_little_evidence_is_unsure(void **state)
{
    sb_alignment *a = alignment_long(30, 8), *late = alignment_long(30, 8), *longer = alignment_long(30, 8);
    (void)state;

    a->pairing = late->pairing = longer->pairing = SB_PAIRING_UNSURE;
    a->pairing_note = strdup("Only 9 words could be listened for.");
    assert_verdict(a, SB_VERDICT_UNSURE, "Only 9 words");
    shift(late, 0, 37 * S);
    assert_verdict(late, SB_VERDICT_UNSURE, "too little evidence");
    longer->audio.duration = 10 * S;
    assert_verdict(longer, SB_VERDICT_MISMATCH, "after the end of the audio");
}

static void test_heard_words_belong_to_the_audio_whatever_their_stamps(void **state)
{
    sb_alignment *shifted = alignment_long(30, 8);
    (void)state;

    shifted->method = SB_METHOD_ACOUSTIC;
    for (size_t i = 0; i < 30; i++)
        shifted->turns[i].stamp += 100 * S;
    assert_verdict(shifted, SB_VERDICT_DRIFT, "");
}

static void test_without_audio_there_is_nothing_to_measure(void **state)
{
    sb_alignment *a = alignment_long(1, 1);
    sb_error err = {0};
    sb_drift *d;
    (void)state;

    a->method = SB_METHOD_NONE;
    assert_int_equal(sb_drift_measure(&d, a, NULL, &err), SB_ERR_ARGUMENT);
    assert_null(d);
    assert_non_null(strstr(err.message, "align the transcript to its audio"));
    sb_alignment_free(&a);
}

static void test_no_turns(void **state)
{
    sb_alignment *a = alignment_long(1, 1);
    (void)state;

    a->n_turns = 0;
    sb_drift *d = measure(a);
    assert_int_equal(d->verdict, SB_VERDICT_OK);
    sb_drift_free(&d);
    a->n_turns = 1;
    sb_alignment_free(&a);
}

static void test_every_allocation_may_fail(void **state)
{
    sb_alignment *a = alignment_sample();
    bool refused = true;
    (void)state;

    alignment_set_text(a, 0, "one two three four five six one two three four five six");
    for (size_t n = 0; refused; n++) {
        sb_drift *d;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_drift_measure(&d, a, NULL, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(d != NULL, !refused);
        sb_drift_free(&d);
    }
    sb_alignment_free(&a);
}

/* Turns of irregular length, each after a pause. */
static sb_alignment *foreign_words(sb_time late)
{
    sb_alignment *a = alignment_long(30, 8);
    sb_time at = 0;

    a->method = SB_METHOD_ACOUSTIC;
    a->pairing = SB_PAIRING_MISMATCH;
    a->transcript.resolution = SB_TIME_MS;
    free(a->speech);
    a->speech = calloc(30, sizeof *a->speech);
    a->n_speech = 30;
    for (size_t t = 0; t < 30; t++) {
        at += 700 * MS;
        a->speech[t] = (sb_span){at, at + S + (sb_time)(t * t % 17) * 200 * MS};
        a->turns[t].stamp = at + late;
        at = a->speech[t].end;
    }
    a->audio.duration = at + S;
    return a;
}

static void test_a_translation_is_distinguished_from_another_recording(void **state)
{
    (void)state;
    assert_verdict(foreign_words(0), SB_VERDICT_MISMATCH,
                   "its times fit the pauses. It may be a translation; the energy");
    assert_verdict(foreign_words(900 * MS), SB_VERDICT_MISMATCH, "belong to another recording");
}

static void set_map(sb_alignment *a, sb_time offset, double rate_ppm)
{
    free(a->map);
    a->map = calloc(1, sizeof *a->map);
    a->map[0] = (sb_map_piece){0, SB_TIME_NONE, offset, rate_ppm};
    a->n_map = 1;
}

static void test_a_conversion_of_frame_rates_is_named(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    double ppm = (25.0 * 1001 / 24000 - 1) * 1e6;
    (void)state;

    set_map(a, 0, ppm);
    for (size_t t = 0; t < a->n_turns; t++)
        a->turns[t].start += sb_time_from_seconds(sb_time_to_seconds(a->turns[t].stamp) * ppm * 1e-6);
    assert_verdict(
        a, SB_VERDICT_DRIFT,
        "made for 25 fps video, but the audio runs at 23.976 fps, so they are 4.3 s too early at the end.");
}

static void test_a_programme_timecode_is_an_offset(void **state)
{
    sb_alignment *a = alignment_long(100, 8);
    (void)state;

    a->method = SB_METHOD_ENERGY;
    set_map(a, -36000 * S, 0);
    for (size_t t = 0; t < a->n_turns; t++)
        a->turns[t].stamp += 36000 * S;
    assert_verdict(a, SB_VERDICT_DRIFT, "too late by 36000.0 s, from the start");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_good_stamps_are_ok),
        cmocka_unit_test(test_no_stamps_are_ok),
        cmocka_unit_test(test_one_sure_turn_beyond_the_limit_is_drift),
        cmocka_unit_test(test_one_unsure_turn_is_not),
        cmocka_unit_test(test_late_for_first_words_not_heard_is_not),
        cmocka_unit_test(test_early_for_first_words_not_heard_is_drift),
        cmocka_unit_test(test_many_unsure_turns_are_drift),
        cmocka_unit_test(test_the_caller_sets_the_limit),
        cmocka_unit_test(test_an_offset_is_named),
        cmocka_unit_test(test_more_breaks_are_counted),
        cmocka_unit_test(test_a_rate_is_named),
        cmocka_unit_test(test_breaks_are_named),
        cmocka_unit_test(test_mismatch),
        cmocka_unit_test(test_only_the_part_that_damaged_audio_holds_is_judged),
        cmocka_unit_test(test_too_little_evidence_is_unsure),
        cmocka_unit_test(test_heard_words_belong_to_the_audio_whatever_their_stamps),
        cmocka_unit_test(test_without_audio_there_is_nothing_to_measure),
        cmocka_unit_test(test_no_turns),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_a_conversion_of_frame_rates_is_named),
        cmocka_unit_test(test_a_programme_timecode_is_an_offset),
        cmocka_unit_test(test_a_translation_is_distinguished_from_another_recording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
