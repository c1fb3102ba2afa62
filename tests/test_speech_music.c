#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/speech.h"

#define RATE    16000
#define SECONDS 110
#define N       ((size_t)RATE * SECONDS)
#define FROM    40 /* seconds of the music, if any */
#define UNTIL   70

static float noise(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (float)(int32_t)*seed / 2147483648.0f;
}

static double chance(uint32_t *seed)
{
    return (double)noise(seed) / 2 + 0.5;
}

/* A hum with harmonics or a hiss, louder and softer within it, as vowels and fricatives are. */
static void add_sound(float *out, double at, double seconds, double level, bool is_vowel, uint32_t *seed)
{
    double pitch = 90 + 60 * chance(seed);
    float last = 0;
    for (size_t i = 0; i < (size_t)(seconds * RATE); i++) {
        double t = (double)i / RATE, shape = sin(3.14159265 * t / seconds), sum = 0;
        size_t sample = (size_t)(at * RATE) + i;
        if (sample >= N)
            return;
        for (int k = 1; is_vowel && k < 12; k++)
            sum += sin(6.2831853 * pitch * k * t) / k;
        float hiss = noise(seed);
        out[sample] += (float)(level * shape * shape * (is_vowel ? sum : 0.25 * (double)(hiss - last)));
        last = hiss;
    }
}

/* Syllables about four times a second, a pause after a few of them. */
static void speak(float *out, double from, double until)
{
    uint32_t seed = 3;
    for (double now = from; now < until - 0.5;) {
        size_t n = 4 + (size_t)(9 * chance(&seed));
        for (size_t i = 0; i < n && now < until - 0.5; i++) {
            double hiss = 0.04 + 0.06 * chance(&seed), vowel = 0.09 + 0.12 * chance(&seed);
            add_sound(out, now, hiss, 0.2, false, &seed);
            add_sound(out, now + hiss, vowel, 0.1 + 0.2 * chance(&seed), true, &seed);
            now += hiss + vowel + 0.02;
        }
        now += 0.2 + 0.5 * chance(&seed);
    }
}

static void add_note(float *out, double at, double seconds, double hz, double level)
{
    for (size_t i = 0; i < (size_t)(seconds * RATE) && (size_t)(at * RATE) + i < N; i++) {
        double t = (double)i / RATE;
        double sum =
            sin(6.2831853 * hz * t) + sin(6.2831853 * 2 * hz * t) / 2 + sin(6.2831853 * 3 * hz * t) / 3;
        out[(size_t)(at * RATE) + i] += (float)(level * sum * exp(-1.2 * t));
    }
}

/* Chords on every second beat, a drum on every beat. */
static void play(float *out, double from, double until, double level)
{
    static const double chords[][3] = {
        {220, 277.2, 329.6}, {174.6, 220, 261.6}, {196, 246.9, 293.7}, {146.8, 185, 220}};
    uint32_t seed = 9;
    size_t beat = 0;
    for (double now = from; now + 0.6 < until; now += 0.5, beat++) {
        for (size_t k = 0; beat % 2 == 0 && k < 3; k++)
            add_note(out, now, until - now < 2 ? until - now : 2, chords[beat / 8 % 4][k], level / 3);
        for (size_t i = 0; i < RATE / 10; i++)
            out[(size_t)(now * RATE) + i] += (float)(level * exp(-(double)i / 300)) * noise(&seed);
    }
}

static sb_speech *analyse(const float *sound)
{
    sb_speech_analyser *a;
    sb_speech *speech;
    assert_int_equal(sb_speech_analyser_create(&a, RATE, 1, NULL, NULL), SB_OK);
    assert_int_equal(sb_speech_analyser_push(a, &sound, N, NULL), SB_OK);
    assert_int_equal(sb_speech_analyser_finish(a, &speech, NULL), SB_OK);
    sb_speech_analyser_free(&a);
    return speech;
}

static float *make_speech(double gap_from, double gap_until)
{
    float *sound = calloc(N, sizeof *sound);
    uint32_t seed = 1;
    for (size_t i = 0; i < N; i++)
        sound[i] = 0.0005f * noise(&seed);
    speak(sound, 0.5, gap_from);
    speak(sound, gap_until, SECONDS);
    return sound;
}

static void assert_one_stretch(const sb_speech *speech)
{
    assert_int_equal(speech->n_music, 1);
    assert_true(fabs(sb_time_to_seconds(speech->music[0].start) - FROM) <= 1);
    assert_true(fabs(sb_time_to_seconds(speech->music[0].end) - UNTIL) <= 1);
}

static void speech_is_no_music(void **state)
{
    (void)state;
    float *sound = make_speech(SECONDS / 2.0, SECONDS / 2.0);
    sb_speech *speech = analyse(sound);
    assert_true(speech->n_speech > 50);
    assert_int_equal(speech->n_music, 0);
    sb_speech_free(&speech);
    free(sound);
}

static void music_is_told_from_speech_at_every_level(void **state)
{
    static const double levels[] = {0.5, 0.15, 0.05};
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        float *sound = make_speech(FROM, UNTIL);
        play(sound, FROM, UNTIL, levels[i]);
        sb_speech *speech = analyse(sound);
        assert_one_stretch(speech);
        sb_speech_free(&speech);
        free(sound);
    }
}

static void noise_is_told_from_speech(void **state)
{
    uint32_t seed = 7;
    (void)state;
    float *sound = make_speech(FROM, UNTIL);
    for (size_t i = (size_t)FROM * RATE; i < (size_t)UNTIL * RATE; i++)
        sound[i] += 0.1f * noise(&seed);
    sb_speech *speech = analyse(sound);
    assert_one_stretch(speech);
    sb_speech_free(&speech);
    free(sound);
}

static void speech_over_soft_music_remains_speech(void **state)
{
    (void)state;
    float *sound = make_speech(SECONDS / 2.0, SECONDS / 2.0);
    play(sound, FROM, UNTIL, 0.02);
    sb_speech *speech = analyse(sound);
    assert_int_equal(speech->n_music, 0);
    sb_speech_free(&speech);
    free(sound);
}

static void a_gain_changes_nothing(void **state)
{
    static const float gains[] = {0.3f, 0.047f};
    (void)state;
    float *sound = make_speech(FROM, UNTIL);
    play(sound, FROM, UNTIL, 0.3);
    sb_speech *one = analyse(sound);
    for (size_t g = 0; g < sizeof gains / sizeof *gains; g++) {
        float *quiet = calloc(N, sizeof *quiet);
        for (size_t i = 0; i < N; i++)
            quiet[i] = gains[g] * sound[i];
        sb_speech *other = analyse(quiet);
        assert_int_equal(other->n_music, one->n_music);
        assert_memory_equal(other->music, one->music, one->n_music * sizeof *one->music);
        sb_speech_free(&other);
        free(quiet);
    }
    sb_speech_free(&one);
    free(sound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speech_is_no_music),
        cmocka_unit_test(music_is_told_from_speech_at_every_level),
        cmocka_unit_test(noise_is_told_from_speech),
        cmocka_unit_test(speech_over_soft_music_remains_speech),
        cmocka_unit_test(a_gain_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
