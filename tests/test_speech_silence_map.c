#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/speech.h"

#define SECONDS 40

/* Bursts of noise [start, end) in seconds over room tone, in place of speech. */
static const double bursts[][2] = {{1.0, 2.2},  {2.5, 4.0},   {4.08, 5.5},  {7.0, 7.4},
                                   {9.0, 14.0}, {16.0, 21.0}, {23.5, 30.0}, {33.0, 38.25}};
#define N_BURSTS (sizeof bursts / sizeof *bursts)

typedef struct sound {
    float *planes[2];
    size_t n;
    int rate;
} sound;

static float noise(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (float)(int32_t)*seed / 2147483648.0f;
}

static void make_sound(sound *s, int rate, float level, float room, float dc)
{
    uint32_t seed = 1;
    *s = (sound){.n = (size_t)rate * SECONDS, .rate = rate};
    for (size_t c = 0; c < 2; c++)
        s->planes[c] = calloc(s->n, sizeof(float));
    for (size_t i = 0; i < s->n; i++)
        s->planes[0][i] = dc + room * noise(&seed);
    for (size_t b = 0; b < N_BURSTS; b++)
        for (size_t i = (size_t)lround(bursts[b][0] * rate); i < (size_t)lround(bursts[b][1] * rate); i++)
            s->planes[0][i] += level * noise(&seed);
}

static void free_sound(sound *s)
{
    free(s->planes[0]);
    free(s->planes[1]);
}

static sb_speech *analyse(const sound *s, int channels, size_t block)
{
    sb_speech_analyser *a;
    sb_speech *speech;
    assert_int_equal(sb_speech_analyser_create(&a, s->rate, channels, NULL, NULL), SB_OK);
    for (size_t at = 0; at < s->n; at += block) {
        const float *planes[2] = {s->planes[0] + at, s->planes[1] + at};
        size_t n = s->n - at < block ? s->n - at : block;
        assert_int_equal(sb_speech_analyser_push(a, planes, n, NULL), SB_OK);
    }
    assert_int_equal(sb_speech_analyser_finish(a, &speech, NULL), SB_OK);
    sb_speech_analyser_free(&a);
    return speech;
}

static void assert_bursts(const sb_speech *speech)
{
    assert_int_equal(speech->n_speech, N_BURSTS);
    for (size_t b = 0; b < N_BURSTS; b++) {
        assert_true(fabs(sb_time_to_seconds(speech->speech[b].start) - bursts[b][0]) <= 0.0101);
        assert_true(fabs(sb_time_to_seconds(speech->speech[b].end) - bursts[b][1]) <= 0.0101);
    }
}

static void edges_are_found_at_every_rate(void **state)
{
    static const int rates[] = {8000, 11025, 16000, 22050, 44100, 48000, 96000};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        sound s;
        make_sound(&s, rates[i], 0.2f, 0.001f, 0);
        sb_speech *speech = analyse(&s, 1, 4096);
        assert_bursts(speech);
        assert_int_equal(speech->duration, SECONDS * SB_TIME_SECOND);
        sb_speech_free(&speech);
        free_sound(&s);
    }
}

static void level_does_not_matter(void **state)
{
    static const float gains[] = {1.0f, 0.03f, 0.003f, 0.0003f};
    (void)state;
    for (size_t i = 0; i < sizeof gains / sizeof *gains; i++) {
        sound s;
        make_sound(&s, 16000, 0.5f * gains[i], 0.004f * gains[i], 0);
        sb_speech *speech = analyse(&s, 1, 4096);
        assert_bursts(speech);
        sb_speech_free(&speech);
        free_sound(&s);
    }
}

static void silence_around_does_not_matter(void **state)
{
    sound s, longer;
    (void)state;
    make_sound(&s, 16000, 0.05f, 0.004f, 0);
    for (size_t i = 0; i < s.n; i++) /* a room that becomes louder, under a voice that becomes louder too */
        s.planes[0][i] *= (float)(0.02 + 0.98 * (double)i / (double)s.n);
    make_sound(&longer, 16000, 0, 0, 0);
    size_t lead = 16000 * 7, n = s.n + 2 * lead;
    longer.planes[0] = realloc(longer.planes[0], n * sizeof(float));
    longer.planes[1] = realloc(longer.planes[1], n * sizeof(float));
    memset(longer.planes[0], 0, n * sizeof(float));
    for (size_t i = 0; i < s.n; i++)
        longer.planes[0][lead + i] = s.planes[0][i];
    longer.n = n;
    sb_speech *one = analyse(&s, 1, 4096), *other = analyse(&longer, 1, 4096);
    assert_true(one->n_speech > 0);
    assert_int_equal(one->n_speech, other->n_speech);
    for (size_t i = 0; i < one->n_speech; i++) {
        assert_int_equal(other->speech[i].start, one->speech[i].start + 7 * SB_TIME_SECOND);
        assert_int_equal(other->speech[i].end, one->speech[i].end + 7 * SB_TIME_SECOND);
    }
    sb_speech_free(&one);
    sb_speech_free(&other);
    free_sound(&s);
    free_sound(&longer);
}

static void opposite_phase_and_one_channel_count(void **state)
{
    (void)state;
    for (int c = 0; c < 2; c++) {
        sound s;
        make_sound(&s, 44100, 0.2f, 0.001f, 0);
        for (size_t i = 0; i < s.n && c == 0; i++)
            s.planes[1][i] = -s.planes[0][i];
        sb_speech *speech = analyse(&s, 2, 4096);
        assert_bursts(speech);
        sb_speech_free(&speech);
        free_sound(&s);
    }
}

static void blocks_do_not_matter(void **state)
{
    sound s;
    (void)state;
    make_sound(&s, 44100, 0.2f, 0.001f, 0.1f);
    sb_speech *one = analyse(&s, 2, s.n), *many = analyse(&s, 2, 331);
    assert_int_equal(one->n_levels, many->n_levels);
    assert_int_equal(one->n_speech, many->n_speech);
    assert_memory_equal(one->speech, many->speech, one->n_speech * sizeof *one->speech);
    sb_speech_free(&one);
    sb_speech_free(&many);
    free_sound(&s);
}

static void silence_dc_and_hiss_are_no_speech(void **state)
{
    static const float cases[][2] = {{0, 0}, {0, 0.4f}, {0.1f, 0}, {0.00001f, 0.4f}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sound s;
        make_sound(&s, 16000, 0, cases[i][0], cases[i][1]);
        sb_speech *speech = analyse(&s, 1, 4096);
        assert_int_equal(speech->n_speech, 0);
        assert_int_equal(speech->n_pauses, 1);
        sb_speech_free(&speech);
        free_sound(&s);
    }
}

static void digital_silence_between_words_is_silence(void **state)
{
    sound s;
    (void)state;
    make_sound(&s, 16000, 0.2f, 0, 0);
    sb_speech *speech = analyse(&s, 1, 4096);
    assert_bursts(speech);
    sb_speech_free(&speech);
    free_sound(&s);
}

static void pauses_fill_the_rest(void **state)
{
    sound s;
    (void)state;
    make_sound(&s, 16000, 0.2f, 0.001f, 0);
    sb_speech *speech = analyse(&s, 1, 4096);
    assert_int_equal(speech->n_pauses, N_BURSTS + 1);
    assert_int_equal(speech->pauses[0].span.start, 0);
    assert_int_equal(speech->pauses[N_BURSTS].span.end, speech->duration);
    for (size_t p = 0; p < speech->n_pauses; p++) {
        assert_true(speech->pauses[p].depth_db > 30);
        assert_in_range(speech->pauses[p].quietest, speech->pauses[p].span.start, speech->pauses[p].span.end);
    }
    sb_speech_free(&speech);
    free_sound(&s);
}

static void clicks_are_dropped_and_short_holes_closed(void **state)
{
    sound s;
    (void)state;
    make_sound(&s, 16000, 0.2f, 0.001f, 0);
    for (size_t i = 0; i < 80; i++) /* 5 ms */
        s.planes[0][16000 * 6 + i] += 0.3f;
    memset(s.planes[0] + 16000 * 11, 0, 320 * sizeof(float)); /* 20 ms */
    sb_speech *speech = analyse(&s, 1, 4096);
    assert_bursts(speech);
    sb_speech_free(&speech);
    free_sound(&s);
}

/* A breath of half a second before the onset, 30 dB below the voice, and a louder room in one pause. */
static void sound_before_an_onset_is_not_the_onset(void **state)
{
    static const double noises[][2] = {{8.5, 9.0}, {14.3, 16.0}, {21.4, 23.5}};
    uint32_t seed = 5;
    sound s;
    (void)state;
    make_sound(&s, 16000, 0.2f, 0.0002f, 0);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = (size_t)(noises[k][0] * 16000); i < (size_t)(noises[k][1] * 16000); i++)
            s.planes[0][i] += 0.006f * noise(&seed);
    sb_speech *speech = analyse(&s, 1, 4096);
    assert_bursts(speech);
    sb_speech_free(&speech);
    free_sound(&s);
}

static void a_thump_before_an_onset_is_not_the_onset(void **state)
{
    sound s;
    (void)state;
    make_sound(&s, 16000, 0.2f, 0.0002f, 0);
    for (size_t i = 0; i < 6400; i++) {
        double t = (double)i / 16000;
        s.planes[0][(size_t)(8.6 * 16000) + i] +=
            0.3f * (float)(exp(-t / 0.1) * sin(2 * 3.14159265 * 25 * t));
    }
    sb_speech *speech = analyse(&s, 1, 4096);
    assert_bursts(speech);
    sb_speech_free(&speech);
    free_sound(&s);
}

/* Longer than a click of one hop, in a pause that is too short to measure its noise. */
static void a_click_shortly_before_an_onset_is_not_the_onset(void **state)
{
    uint32_t seed = 9;
    sound s;
    (void)state;
    make_sound(&s, 16000, 0.2f, 0.0002f, 0);
    for (size_t i = 0; i < 640; i++) /* 40 ms */
        s.planes[0][(size_t)(8.8 * 16000) + i] += 0.04f * noise(&seed);
    sound part = {
        .planes = {s.planes[0] + (size_t)(8.75 * 16000), s.planes[1]}, .n = 16000 * 6, .rate = 16000};
    sb_speech *speech = analyse(&part, 1, 4096); /* starts with a click, 0.21 s before the onset */
    assert_true(fabs(sb_time_to_seconds(speech->speech[0].start) - 0.25) <= 0.0101);
    sb_speech_free(&speech);
    free_sound(&s);
}

static void a_gain_moves_no_edge(void **state)
{
    static const float gains[] = {0.25f, 0.73f, 0.031f};
    sound s;
    (void)state;
    make_sound(&s, 16000, 0.2f, 0.03f, 0);
    for (size_t i = 0; i < s.n; i++) /* three cycles per second, so that levels cross the thresholds */
        s.planes[0][i] *= 0.55f + 0.45f * (float)sin((double)i * 3 * 6.2831853 / 16000);
    sb_speech *one = analyse(&s, 1, 4096);
    for (size_t g = 0; g < sizeof gains / sizeof *gains; g++) {
        sound quiet;
        make_sound(&quiet, 16000, 0, 0, 0);
        for (size_t i = 0; i < s.n; i++)
            quiet.planes[0][i] = gains[g] * s.planes[0][i];
        sb_speech *other = analyse(&quiet, 1, 4096);
        assert_int_equal(one->n_speech, other->n_speech);
        assert_memory_equal(one->speech, other->speech, one->n_speech * sizeof *one->speech);
        sb_speech_free(&other);
        free_sound(&quiet);
    }
    sb_speech_free(&one);
    free_sound(&s);
}

static void an_empty_sound_has_no_speech(void **state)
{
    sound s = {.rate = 16000};
    (void)state;
    sb_speech *speech = analyse(&s, 1, 4096);
    assert_int_equal(speech->n_speech, 0);
    assert_int_equal(speech->duration, 0);
    sb_speech_free(&speech);
}

static void invalid_rates_are_refused(void **state)
{
    sb_speech_analyser *a = NULL;
    (void)state;
    assert_int_equal(sb_speech_analyser_create(&a, 100, 1, NULL, NULL), SB_ERR_ARGUMENT);
    assert_int_equal(sb_speech_analyser_create(&a, 44100, 0, NULL, NULL), SB_ERR_ARGUMENT);
    assert_null(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_are_found_at_every_rate),
        cmocka_unit_test(level_does_not_matter),
        cmocka_unit_test(silence_around_does_not_matter),
        cmocka_unit_test(opposite_phase_and_one_channel_count),
        cmocka_unit_test(blocks_do_not_matter),
        cmocka_unit_test(silence_dc_and_hiss_are_no_speech),
        cmocka_unit_test(digital_silence_between_words_is_silence),
        cmocka_unit_test(pauses_fill_the_rest),
        cmocka_unit_test(clicks_are_dropped_and_short_holes_closed),
        cmocka_unit_test(sound_before_an_onset_is_not_the_onset),
        cmocka_unit_test(a_thump_before_an_onset_is_not_the_onset),
        cmocka_unit_test(a_click_shortly_before_an_onset_is_not_the_onset),
        cmocka_unit_test(a_gain_moves_no_edge),
        cmocka_unit_test(an_empty_sound_has_no_speech),
        cmocka_unit_test(invalid_rates_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
