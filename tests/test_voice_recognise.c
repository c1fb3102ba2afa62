/* Voices from cepstra, and recognising them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_memory.h"
#include "voice/voice.h"

#define N_FRAMES 2000 /* 20 s */

/* Frames of noise whose variances depend on `speaker`, with a constant that a filter would add. */
static void speak(float *values, size_t n, unsigned speaker, unsigned seed, float filter)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < SB_CEPSTRA; k++) {
            double sum = 0;
            for (int d = 0; d < 4; d++) {
                seed = seed * 1664525u + 1013904223u;
                sum += (seed >> 8) / 16777216.0 - 0.5;
            }
            double width = 1 + 0.8 * sin(1.7 * (double)k * speaker + speaker);
            values[i * SB_CEPSTRA + k] = (float)(sum * width) + filter;
        }
}

static char names[2][2] = {"A", "B"};

/* Two turns, of A and B, each with one word of half the frames. */
typedef struct talk {
    sb_cepstra cepstra;
    sb_aligned_word words[2];
    sb_aligned_turn turns[2];
    sb_alignment alignment;
} talk;

static void begin_talk(talk *t, unsigned first, unsigned second, unsigned seed, float filter)
{
    *t = (talk){.cepstra = {.values = calloc(N_FRAMES * SB_CEPSTRA, sizeof(float)), .n_frames = N_FRAMES}};
    speak(t->cepstra.values, N_FRAMES / 2, first, seed, filter);
    speak(t->cepstra.values + N_FRAMES / 2 * SB_CEPSTRA, N_FRAMES / 2, second, seed + 1, filter);
    for (size_t i = 0; i < 2; i++) {
        t->words[i] = (sb_aligned_word){.start = sb_time_from_seconds(10.0 * (double)i),
                                        .end = sb_time_from_seconds(10.0 * (double)(i + 1)),
                                        .status = SB_WORD_ALIGNED};
        t->turns[i] = (sb_aligned_turn){.speaker = names[i], .words = &t->words[i], .n_words = 1};
    }
    t->alignment.turns = t->turns;
    t->alignment.n_turns = 2;
}

static void hear(sb_recording *out, unsigned first, unsigned second, unsigned seed, float filter)
{
    talk t;
    sb_error err = {0};
    begin_talk(&t, first, second, seed, filter);
    *out = (sb_recording){0};
    assert_int_equal(sb_recording_add_voices(out, &t.cepstra, &t.alignment, &err), SB_OK);
    free(t.cepstra.values);
}

static void speakers_are_recognised(void **state)
{
    (void)state;
    sb_recording one, two;
    hear(&one, 1, 2, 5, 0);
    hear(&two, 2, 1, 9, 3.5F);
    assert_int_equal(one.n_voices, 2);
    assert_string_equal(one.voices[1].speaker, "B");
    assert_int_equal(one.voices[0].voice.heard, sb_time_from_seconds(10));
    const sb_voice known[] = {one.voices[0].voice, one.voices[1].voice};
    const size_t speakers[] = {0, 1};
    for (size_t i = 0; i < 2; i++) {
        sb_voice_guess guess;
        sb_voice_recognise(&guess, &two.voices[i].voice, known, speakers, 2);
        assert_true(guess.is_sure);
        assert_int_equal(guess.best, 1 - i);
        assert_true(guess.distance < guess.other);
    }
    sb_recording_finish(&one);
    sb_recording_finish(&two);
}

static void strangers_are_not(void **state)
{
    (void)state;
    sb_recording one, two;
    hear(&one, 1, 2, 5, 0);
    hear(&two, 3, 4, 9, 0);
    const sb_voice known[] = {one.voices[0].voice, one.voices[1].voice};
    const size_t speakers[] = {0, 1};
    for (size_t i = 0; i < 2; i++) {
        sb_voice_guess guess;
        sb_voice_recognise(&guess, &two.voices[i].voice, known, speakers, 2);
        assert_false(guess.is_sure);
    }
    sb_voice_guess guess;
    sb_voice_recognise(&guess, &one.voices[0].voice, NULL, NULL, 0);
    assert_false(guess.is_sure);
    sb_recording_finish(&one);
    sb_recording_finish(&two);
}

/* One speaker with two known voices is not his own rival. */
static void several_voices_of_one_speaker_are_one(void **state)
{
    (void)state;
    sb_recording one, two;
    hear(&one, 1, 1, 5, 0);
    hear(&two, 1, 2, 9, 0);
    const sb_voice known[] = {one.voices[0].voice, one.voices[1].voice, two.voices[1].voice};
    const size_t speakers[] = {7, 7, 8};
    sb_voice_guess guess;
    sb_voice_recognise(&guess, &two.voices[0].voice, known, speakers, 3);
    assert_true(guess.is_sure);
    assert_int_equal(speakers[guess.best], 7);
    sb_recording_finish(&one);
    sb_recording_finish(&two);
}

static void too_little_speech_has_no_voice(void **state)
{
    (void)state;
    talk t;
    sb_recording out = {0};
    sb_error err = {0};
    begin_talk(&t, 1, 2, 5, 0);
    t.words[0].end = sb_time_from_seconds(7.5);
    t.words[1].status = SB_WORD_ESTIMATED;
    assert_int_equal(sb_recording_add_voices(&out, &t.cepstra, &t.alignment, &err), SB_OK);
    assert_int_equal(out.n_voices, 0);
    free(t.cepstra.values);
}

static void a_damaged_voice_is_far_from_all(void **state)
{
    (void)state;
    sb_recording one;
    sb_voice damaged = {0};
    hear(&one, 1, 2, 5, 0);
    assert_true(isinf(sb_voice_distance(&damaged, &one.voices[0].voice)));
    damaged.covariance[0] = NAN;
    assert_true(isinf(sb_voice_distance(&one.voices[0].voice, &damaged)));
    assert_true(sb_voice_distance(&one.voices[0].voice, &one.voices[0].voice) < 1e-9);
    sb_recording_finish(&one);
}

static void failing_allocations_are_reported(void **state)
{
    (void)state;
    talk t;
    begin_talk(&t, 1, 2, 5, 0);
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_recording out = {0};
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_recording_add_voices(&out, &t.cepstra, &t.alignment, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        sb_recording_finish(&out);
    }
    free(t.cepstra.values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speakers_are_recognised),
        cmocka_unit_test(strangers_are_not),
        cmocka_unit_test(several_voices_of_one_speaker_are_one),
        cmocka_unit_test(too_little_speech_has_no_voice),
        cmocka_unit_test(a_damaged_voice_is_far_from_all),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
