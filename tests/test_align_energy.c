#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/align.h"
#include "support_episode.h"
#include "support_memory.h"

static void turns_start_after_their_pauses(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3; seed++) {
        episode e;
        episode_make(&e, seed);
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 98 / 100);
        assert_int_equal(a->n_map, 1);
        assert_int_equal(a->map[0].offset, 0);
        assert_int_equal(a->n_breaks, 0);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

static void words_are_in_order_within_their_turns(void **state)
{
    episode e;
    (void)state;
    episode_make(&e, 7);
    sb_alignment *a = episode_align(&e, SB_OK);
    sb_time last = 0;
    for (size_t t = 0; t < EPISODE_TURNS; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        assert_int_equal(turn->n_words, e.transcript.turns[t].n_words);
        assert_int_equal(turn->start, turn->words[0].start);
        assert_int_equal(turn->end, turn->words[turn->n_words - 1].end);
        for (size_t w = 0; w < turn->n_words; w++) {
            assert_true(turn->words[w].start >= last && turn->words[w].end >= turn->words[w].start);
            last = turn->words[w].end;
        }
    }
    sb_alignment_free(&a);
    episode_free(&e);
}

static void a_constant_offset_is_found(void **state)
{
    static const double offsets[] = {0.4, 7, 61.25, -3.5, 300};
    (void)state;
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        episode e;
        episode_make(&e, 11);
        episode_restamp(&e, offsets[i], 0);
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 95 / 100);
        assert_int_equal(a->n_breaks, 0);
        assert_true(fabs(sb_time_to_seconds(a->map[0].offset) - offsets[i]) <= 0.03);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

static void a_slow_clock_is_found(void **state)
{
    static const double rates[] = {300, -800, 1500};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        episode e;
        episode_make(&e, 12);
        episode_restamp(&e, 0, rates[i]);
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 98 / 100);
        assert_true(fabs(a->map[0].rate_ppm - rates[i]) <= 100);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

/* 25 to 23.976 frames per second, 24 to 25, and a tape. */
static void a_fast_clock_is_found(void **state)
{
    static const double rates[] = {42708.333, -40000, 33000};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        episode e;
        episode_make(&e, 14);
        episode_restamp(&e, i == 2 ? 4 : 0, rates[i]);
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 98 / 100);
        assert_true(fabs(a->map[0].rate_ppm - rates[i]) <= (i == 2 ? 150 : 1));
        assert_int_equal(a->n_breaks, 0);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

static void a_programme_timecode_is_an_offset(void **state)
{
    static const double hours[] = {10, 1};
    (void)state;
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        episode e;
        episode_make(&e, 15);
        episode_restamp(&e, -3600 * hours[i], 0);
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 95 / 100);
        assert_int_equal(a->n_breaks, 0);
        assert_true(fabs(sb_time_to_seconds(a->map[0].offset) + 3600 * hours[i]) <= 0.03);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

static void jittered_stamps_make_no_break(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3; seed++) {
        episode e;
        episode_make(&e, 20 + seed);
        e.transcript.resolution = SB_TIME_MS;
        for (size_t t = 0; t < EPISODE_TURNS; t++)
            e.transcript.turns[t].stamp =
                sb_time_from_seconds(e.starts[t] + episode_between(&e, -0.25, 0.25)) / SB_TIME_MS *
                SB_TIME_MS;
        sb_alignment *a = episode_align(&e, SB_OK);
        assert_int_equal(a->n_breaks, 0);
        assert_true(a->map[0].rate_ppm == 0);
        assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 90 / 100);
        sb_alignment_free(&a);
        episode_free(&e);
    }
}

static void turns_are_placed_without_stamps(void **state)
{
    episode e;
    (void)state;
    episode_make(&e, 14);
    for (size_t t = 0; t < EPISODE_TURNS; t++)
        e.transcript.turns[t].stamp = SB_TIME_NONE;
    e.transcript.resolution = SB_TIME_NONE;
    sb_alignment *a = episode_align(&e, SB_OK);
    assert_true(episode_count_right(&e, a) >= EPISODE_TURNS * 97 / 100);
    assert_int_equal(a->n_map, 0);
    sb_alignment_free(&a);
    episode_free(&e);
}

static void another_episode_is_never_certain(void **state)
{
    (void)state;
    for (uint32_t seed = 20; seed < 23; seed++) {
        episode one, other;
        episode_make(&one, seed);
        episode_make(&other, seed + 100);
        sb_speech own = one.speech;
        one.speech = other.speech;
        sb_alignment *a = episode_align(&one, SB_OK);
        assert_true(a->pairing == SB_PAIRING_UNSURE);
        assert_non_null(a->pairing_note);
        for (size_t t = 0; t < EPISODE_TURNS; t++) {
            sb_time stamp = one.transcript.turns[t].stamp;
            if (a->turns[t].start == SB_TIME_NONE || stamp >= one.speech.duration)
                continue;
            assert_true(a->turns[t].start >= stamp - SB_TIME_SECOND);
            assert_true(a->turns[t].start <= stamp + 2 * SB_TIME_SECOND);
        }
        sb_alignment_free(&a);
        one.speech = own;
        episode_free(&one);
        episode_free(&other);
    }
}

/* Noise in every pause, and gaps in the speech that are as long as the remaining pauses. They contain no
 * information about turns. */
/* Of so many offsets one fits a few stamps well by chance. */
static void a_few_turns_of_another_episode_are_never_certain(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 6; seed++) {
        episode one, other;
        episode_make(&one, 300 + seed);
        episode_make(&other, 400 + seed);
        sb_speech own = one.speech;
        one.speech = other.speech;
        one.transcript.n_turns = 16;
        sb_alignment *a = episode_align(&one, SB_OK);
        if (a->pairing != SB_PAIRING_UNSURE)
            fail_msg("seed %u", seed);
        sb_alignment_free(&a);
        one.speech = own;
        episode_free(&one);
        episode_free(&other);
    }
}

static void add_noise(episode *e)
{
    sb_span *noisy = calloc(EPISODE_TURNS * 40, sizeof *noisy);
    const sb_time hole = 200 * SB_TIME_MS, burst = 40 * SB_TIME_MS, piece = 900 * SB_TIME_MS;
    size_t n = 0;
    sb_time last = 0;
    for (size_t i = 0; i < e->speech.n_speech; i++) {
        sb_span span = e->speech.speech[i];
        for (sb_time at = last + hole; at + burst + 50 * SB_TIME_MS < span.start; at += hole + burst)
            noisy[n++] = (sb_span){at, at + burst};
        for (sb_time at = span.start; at < span.end; at += piece)
            noisy[n++] = (sb_span){at, at + piece < span.end ? at + piece - hole : span.end};
        last = span.end;
    }
    free(e->speech.speech);
    e->speech.speech = noisy;
    e->speech.n_speech = n;
}

static void an_offset_of_few_turns_in_noise_is_found(void **state)
{
    (void)state;
    for (uint32_t seed = 60; seed < 64; seed++) {
        episode e;
        episode_make(&e, seed);
        e.transcript.n_turns = 14;
        for (e.speech.n_speech = 0;
             sb_time_to_seconds(e.speech.speech[e.speech.n_speech].start) + 0.1 < e.starts[14];)
            e.speech.n_speech++;
        e.speech.duration = sb_time_from_seconds(e.starts[14] - 0.1);
        add_noise(&e);
        episode_restamp(&e, -37, 0);
        sb_alignment *a = episode_align(&e, SB_OK);
        for (size_t t = 0; t < 14; t++)
            assert_true(fabs(sb_time_to_seconds(a->turns[t].start) - e.starts[t]) < 1.5);
        sb_alignment_free(&a);
        e.transcript.n_turns = EPISODE_TURNS;
        episode_free(&e);
    }
}

static void a_breath_does_not_outweigh_an_exact_stamp(void **state)
{
    (void)state;
    episode e;
    episode_make(&e, 70);
    e.transcript.resolution = SB_TIME_MS;
    for (size_t t = 0; t < EPISODE_TURNS; t++)
        e.transcript.turns[t].stamp = sb_time_from_seconds(e.starts[t]) / SB_TIME_MS * SB_TIME_MS;
    for (size_t i = 0, t = 0; i < e.speech.n_speech; i++) { /* speech and breath are one stretch */
        for (; t + 1 < EPISODE_TURNS && sb_time_to_seconds(e.speech.speech[i].start) > e.starts[t] + 0.01;)
            t++;
        if (t % 10 == 5 && i && fabs(sb_time_to_seconds(e.speech.speech[i].start) - e.starts[t]) < 0.01 &&
            e.speech.speech[i].start - e.speech.speech[i - 1].end > 700 * SB_TIME_MS)
            e.speech.speech[i].start -= 450 * SB_TIME_MS;
    }
    sb_alignment *a = episode_align(&e, SB_OK);
    for (size_t t = 0; t < EPISODE_TURNS; t++)
        assert_true(fabs(sb_time_to_seconds(a->turns[t].start) - e.starts[t]) <= 0.3);
    sb_alignment_free(&a);
    episode_free(&e);
}

static void errors_have_low_confidence(void **state)
{
    size_t n_wrong = 0, n_doubted = 0;
    (void)state;
    for (uint32_t seed = 40; seed < 45; seed++) {
        episode e;
        episode_make(&e, seed);
        episode_insert_before(&e, 60, 20);
        sb_alignment *a = episode_align(&e, SB_OK);
        for (size_t t = 0; t < EPISODE_TURNS; t++) {
            bool wrong = fabs(sb_time_to_seconds(a->turns[t].start) - e.starts[t]) > 0.05;
            n_wrong += wrong;
            n_doubted += wrong && a->turns[t].confidence < 0.8f;
        }
        sb_alignment_free(&a);
        episode_free(&e);
    }
    assert_true(2 * n_doubted >= n_wrong);
}

static void an_empty_transcript_or_audio_is_an_error(void **state)
{
    episode e;
    (void)state;
    episode_make(&e, 1);
    size_t n_speech = e.speech.n_speech, n_turns = e.transcript.n_turns;
    e.speech.n_speech = 0;
    assert_null(episode_align(&e, SB_ERR_NO_SPEECH));
    e.speech.n_speech = n_speech;
    e.transcript.n_turns = 0;
    assert_null(episode_align(&e, SB_ERR_ARGUMENT));
    e.transcript.n_turns = n_turns;
    episode_free(&e);
}

static bool never_mind(void *user)
{
    return *(bool *)user;
}

static void it_can_be_interrupted(void **state)
{
    episode e;
    bool stop = true;
    sb_monitor monitor = {.user = &stop, .cancelled = never_mind};
    sb_align_params params = {.method = SB_METHOD_ENERGY, .monitor = &monitor};
    sb_alignment *a;
    (void)state;
    episode_make(&e, 1);
    assert_int_equal(sb_alignment_from_speech(&a, &e.speech, &e.transcript, NULL, &params, NULL),
                     SB_ERR_INTERRUPTED);
    assert_null(a);
    episode_free(&e);
}

static void every_allocation_may_fail(void **state)
{
    episode e;
    sb_align_params params = {.method = SB_METHOD_ENERGY};
    (void)state;
    episode_make(&e, 2);
    e.transcript.n_turns = 24;
    episode_insert_before(&e, 12, 30);
    e.speech.n_speech = 100;
    bool failed = true;
    for (size_t n = 0; failed; n += n < 100 ? 1 : n / 8) {
        sb_alignment *a;
        memory_fail_from(n);
        sb_status status = sb_alignment_from_speech(&a, &e.speech, &e.transcript, NULL, &params, NULL);
        failed = memory_fail_end();
        assert_int_equal(status, failed ? SB_ERR_MEMORY : SB_OK);
        assert_true(failed == (a == NULL));
        sb_alignment_free(&a);
    }
    e.transcript.n_turns = EPISODE_TURNS;
    episode_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_start_after_their_pauses),
        cmocka_unit_test(words_are_in_order_within_their_turns),
        cmocka_unit_test(a_constant_offset_is_found),
        cmocka_unit_test(a_slow_clock_is_found),
        cmocka_unit_test(a_fast_clock_is_found),
        cmocka_unit_test(a_programme_timecode_is_an_offset),
        cmocka_unit_test(jittered_stamps_make_no_break),
        cmocka_unit_test(turns_are_placed_without_stamps),
        cmocka_unit_test(another_episode_is_never_certain),
        cmocka_unit_test(a_few_turns_of_another_episode_are_never_certain),
        cmocka_unit_test(an_offset_of_few_turns_in_noise_is_found),
        cmocka_unit_test(a_breath_does_not_outweigh_an_exact_stamp),
        cmocka_unit_test(errors_have_low_confidence),
        cmocka_unit_test(an_empty_transcript_or_audio_is_an_error),
        cmocka_unit_test(it_can_be_interrupted),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
