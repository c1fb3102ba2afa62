#include "support_memory.h"
#include "support_sound.h"

#include "clip/clip.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define RATE    44100
#define SECONDS 12

static char *folder;

/* A room with noise at -60 dBFS per channel and three words. Pause i is [3 i + 2, 3 i + 3) s. */
static void make_room(sound *out, int channels, double noise_db)
{
    unsigned seed = 5;
    *out = (sound){.channels = channels, .sample_rate = RATE, .n_samples = RATE * SECONDS};
    double noise = pow(10, noise_db / 20) * sqrt(3);
    for (int c = 0; c < channels; c++) {
        out->planes[c] = calloc(out->n_samples, sizeof(float));
        for (size_t i = 0; i < out->n_samples; i++) {
            seed = seed * 1664525u + 1013904223u;
            bool speaks = i % (3 * RATE) < 2 * RATE;
            out->planes[c][i] = (float)((seed / 2147483648.0 - 1) * (speaks ? 0.2 : noise));
        }
    }
}

static void add_hum(sound *s, double hz, double level_db)
{
    for (int c = 0; c < s->channels; c++)
        for (size_t i = 0; i < s->n_samples; i++)
            s->planes[c][i] +=
                (float)(pow(10, level_db / 20) * M_SQRT2 * sin(2 * M_PI * hz * (double)i / s->sample_rate));
}

/* A breath of 200 ms, 20 dB above the room, in the middle of every pause. */
static void add_breaths(sound *s)
{
    for (int c = 0; c < s->channels; c++)
        for (size_t i = 0; i < s->n_samples; i++)
            if (i % (3 * RATE) >= RATE * 23 / 10 && i % (3 * RATE) < RATE * 25 / 10)
                s->planes[c][i] *= 10;
}

static double rms_db(const float *samples, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)samples[i] * samples[i];
    return 10 * log10(sum / (double)n);
}

static void pauses(sb_sample_span out[SECONDS / 3])
{
    for (size_t i = 0; i < SECONDS / 3; i++)
        out[i] = (sb_sample_span){(3 * i + 2) * RATE, (3 * i + 3) * RATE};
}

static sb_room_tone *tone_of(const sound *s)
{
    sb_room_tone *tone;
    sb_sample_span quiet[SECONDS / 3];
    pauses(quiet);
    assert_int_equal(sb_room_tone_make(&tone, (const float *const *)s->planes, s->n_samples, s->channels,
                                       RATE, quiet, SECONDS / 3, NULL),
                     SB_OK);
    return tone;
}

typedef struct filled {
    float *planes[2];
    size_t n;
} filled;

static filled fill(const sb_room_tone *tone, size_t n, uint64_t number)
{
    filled out = {.n = n};
    for (int c = 0; c < 2; c++)
        out.planes[c] = calloc(n, sizeof(float));
    sb_room_tone_fill(tone, out.planes, n, number);
    return out;
}

static void filled_finish(filled *f)
{
    free(f->planes[0]);
    free(f->planes[1]);
}

/* No window of `ms` differs from `level_db` by more than `tolerance`. */
static void check_even(const filled *f, int channel, int ms, double level_db, double tolerance)
{
    size_t step = (size_t)RATE * (size_t)ms / 1000;
    for (size_t at = 0; at + step <= f->n; at += step / 2) {
        double db = rms_db(f->planes[channel] + at, step);
        if (fabs(db - level_db) > tolerance)
            fail_msg("%.3f s: %.2f dB, the room has %.2f", (double)at / RATE, db, level_db);
    }
}

static void it_has_the_level_of_the_room_everywhere(void **user)
{
    (void)user;
    sound s;
    make_room(&s, 2, -60);
    sb_room_tone *tone = tone_of(&s);
    filled f = fill(tone, 7 * RATE + 11, 0);
    assert_true(fabs(sb_room_tone_level_db(tone) + 60) < 0.5);
    for (int c = 0; c < 2; c++)
        check_even(&f, c, 20, -60, 1.5);
    filled_finish(&f);
    sb_room_tone_free(&tone);
    sound_finish(&s);
}

static void hum_goes_on_in_phase(void **user)
{
    (void)user;
    for (int hz = 50; hz <= 60; hz += 10) {
        sound s;
        make_room(&s, 2, -80);
        add_hum(&s, hz, -50);
        sb_room_tone *tone = tone_of(&s);
        filled f = fill(tone, 5 * RATE, 3);
        check_even(&f, 0, 20, -50, 2);
        check_even(&f, 1, 100, -50, 0.7);
        filled_finish(&f);
        sb_room_tone_free(&tone);
        sound_finish(&s);
    }
}

static void breaths_are_left_out(void **user)
{
    (void)user;
    sound s;
    make_room(&s, 2, -60);
    add_breaths(&s);
    sb_room_tone *tone = tone_of(&s);
    filled f = fill(tone, 5 * RATE, 0);
    check_even(&f, 0, 20, -60, 2);
    filled_finish(&f);
    sb_room_tone_free(&tone);
    sound_finish(&s);
}

static void neighbouring_samples_belong_together(void **user)
{
    (void)user;
    sound s;
    make_room(&s, 2, -110);
    add_hum(&s, 200, -40);
    sb_room_tone *tone = tone_of(&s);
    filled f = fill(tone, 5 * RATE, 1);
    double steepest = 2 * M_PI * 200 / RATE * M_SQRT2 * 0.01;
    for (size_t i = 1; i < f.n; i++)
        assert_true(fabs((double)(f.planes[0][i] - f.planes[0][i - 1])) < 1.3 * steepest);
    filled_finish(&f);
    sb_room_tone_free(&tone);
    sound_finish(&s);
}

static void digital_zero_stays_digital_zero_and_holes_do_not_count(void **user)
{
    (void)user;
    sound s;
    make_room(&s, 2, -60);
    for (size_t i = 0; i < s.n_samples; i++)
        if (i % (3 * RATE) >= RATE * 26 / 10)
            s.planes[0][i] = s.planes[1][i] = 0;
    sb_room_tone *tone = tone_of(&s);
    filled f = fill(tone, RATE, 0);
    check_even(&f, 0, 20, -60, 1.5);
    filled_finish(&f);
    sb_room_tone_free(&tone);
    for (size_t i = 0; i < s.n_samples; i++)
        if (i % (3 * RATE) >= 2 * RATE)
            s.planes[0][i] = s.planes[1][i] = 0;
    tone = tone_of(&s);
    f = fill(tone, RATE, 0);
    for (size_t i = 0; i < f.n; i++)
        assert_true(f.planes[0][i] == 0 && f.planes[1][i] == 0);
    assert_true(sb_room_tone_level_db(tone) == -HUGE_VAL);
    filled_finish(&f);
    sb_room_tone_free(&tone);
    sound_finish(&s);
}

static void the_same_number_gives_the_same_tone(void **user)
{
    (void)user;
    sound s;
    make_room(&s, 2, -60);
    sb_room_tone *tone = tone_of(&s), *again = tone_of(&s);
    filled a = fill(tone, RATE, 7), b = fill(again, RATE, 7), c = fill(tone, RATE, 8);
    filled shorter = fill(tone, RATE / 3, 7);
    assert_memory_equal(a.planes[0], b.planes[0], RATE * sizeof(float));
    assert_memory_not_equal(a.planes[0], c.planes[0], RATE * sizeof(float));
    assert_memory_equal(a.planes[0], shorter.planes[0], RATE / 3 * sizeof(float));
    filled_finish(&a);
    filled_finish(&b);
    filled_finish(&c);
    filled_finish(&shorter);
    sb_room_tone_free(&tone);
    sb_room_tone_free(&again);
    sound_finish(&s);
}

static void without_a_pause_the_quietest_is_taken(void **user)
{
    (void)user;
    sound s;
    sb_room_tone *tone;
    make_room(&s, 1, -40);
    for (size_t n = 0; n < 3000; n += 7) {
        assert_int_equal(sb_room_tone_make(&tone, (const float *const *)s.planes, n, 1, RATE, NULL, 0, NULL),
                         SB_OK);
        filled f = fill(tone, 5000, n);
        for (size_t i = 0; i < f.n; i++)
            assert_true(fabs((double)f.planes[0][i]) < 0.3);
        filled_finish(&f);
        sb_room_tone_free(&tone);
    }
    assert_int_equal(
        sb_room_tone_make(&tone, (const float *const *)s.planes, s.n_samples, 1, RATE, NULL, 0, NULL), SB_OK);
    assert_true(fabs(sb_room_tone_level_db(tone) + 40) < 1);
    sb_room_tone_free(&tone);
    sound_finish(&s);
}

static sb_room_tone *listen(const sound *s, const sb_alignment *a, double near, int rate, int channels)
{
    char path[512];
    sb_decoder *decoder;
    sb_room_tone *tone;
    snprintf(path, sizeof path, "%s/room.wav", folder);
    assert_int_equal(sound_write(s, path, "wav", &(sb_encoder_params){.bits = 24}, NULL), SB_OK);
    assert_int_equal(sb_decoder_open(&decoder, path, NULL, NULL), SB_OK);
    assert_int_equal(sb_room_tone_listen(&tone, decoder, a, sb_time_from_seconds(near), rate, channels, NULL),
                     SB_OK);
    sb_decoder_free(&decoder);
    unlink(path);
    return tone;
}

static void the_nearest_pauses_are_used(void **user)
{
    (void)user;
    enum { N = 40 };
    sound s = {.channels = 2, .sample_rate = RATE, .n_samples = RATE * 3 * N};
    sb_span speech[N];
    unsigned seed = 9;
    for (int i = 0; i < N; i++)
        speech[i] = (sb_span){3 * i * SB_TIME_SECOND, (3 * i + 2) * SB_TIME_SECOND};
    for (int c = 0; c < 2; c++) {
        s.planes[c] = calloc(s.n_samples, sizeof(float));
        for (size_t i = 0; i < s.n_samples; i++) {
            seed = seed * 1664525u + 1013904223u;
            double room = i < s.n_samples / 2 ? 0.001 : 0.01;
            s.planes[c][i] =
                (float)((seed / 2147483648.0 - 1) * (i % (3 * RATE) < 2 * RATE ? 0.3 : room * sqrt(3)));
        }
    }
    sb_alignment a = {.speech = speech, .n_speech = N};
    a.audio.duration = 3 * N * SB_TIME_SECOND;
    a.audio.seek_safe = true;
    static const struct {
        double near, level_db;
        int rate;
    } cases[] = {{20, -60, RATE},  {100, -40, RATE},  {0, -60, RATE},
                 {500, -40, RATE}, {119, -40, 48000}, {30, -60 - 4.4, 16000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_room_tone *tone = listen(&s, &a, cases[i].near, cases[i].rate, 2);
        double got = sb_room_tone_level_db(tone);
        if (fabs(got - cases[i].level_db) > 1)
            fail_msg("near %.0f s: %.2f dB, not %.2f", cases[i].near, got, cases[i].level_db);
        filled f = fill(tone, RATE, 0);
        check_even(&f, 1, 40, got, 2);
        filled_finish(&f);
        sb_room_tone_free(&tone);
    }
    sb_room_tone *mono = listen(&s, &a, 20, RATE, 1);
    assert_true(fabs(sb_room_tone_level_db(mono) + 63) < 1);
    sb_room_tone_free(&mono);
    a.n_speech = 0;
    sb_room_tone *none = listen(&s, &a, 20, RATE, 2);
    assert_true(fabs(sb_room_tone_level_db(none) + 60) < 1);
    sb_room_tone_free(&none);
    sound_finish(&s);
}

static void failing_allocations_are_reported(void **user)
{
    (void)user;
    sound s;
    make_room(&s, 2, -60);
    sb_sample_span quiet[SECONDS / 3];
    pauses(quiet);
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_room_tone *tone;
        memory_fail_from(n);
        sb_status status = sb_room_tone_make(&tone, (const float *const *)s.planes, s.n_samples, 2, RATE,
                                             quiet, SECONDS / 3, NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_true(refused ? tone == NULL : tone != NULL);
        sb_room_tone_free(&tone);
    }
    sound_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_the_level_of_the_room_everywhere),
        cmocka_unit_test(hum_goes_on_in_phase),
        cmocka_unit_test(breaths_are_left_out),
        cmocka_unit_test(neighbouring_samples_belong_together),
        cmocka_unit_test(digital_zero_stays_digital_zero_and_holes_do_not_count),
        cmocka_unit_test(the_same_number_gives_the_same_tone),
        cmocka_unit_test(without_a_pause_the_quietest_is_taken),
        cmocka_unit_test(the_nearest_pauses_are_used),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    folder = folder_make();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    folder_remove(folder);
    return failed;
}
