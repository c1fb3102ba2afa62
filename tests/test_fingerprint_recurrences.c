/* Fingerprints of made sound, and what recurs in them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "soundbite/fingerprint.h"
#include "support_memory.h"
#include "support_skip.h"

#define RATE   11025
#define STEP   1200 /* samples of one note */
#define SECOND 9    /* notes */

/* Notes of a seeded melody with two overtones: sound that differs everywhere. */
static void play(float *out, size_t n_notes, unsigned seed)
{
    for (size_t i = 0; i < n_notes; i++)
        for (int voice = 0; voice < 3; voice++) {
            seed = seed * 1664525u + 1013904223u;
            double hz = 200 * exp2((seed >> 16) % 36 / 12.0);
            for (size_t k = 0; k < STEP; k++)
                out[i * STEP + k] += (float)(0.2 * sin(2 * 3.14159265358979 * hz * (double)k / RATE));
        }
}

/* One passage of a recording: a melody and its length in notes. */
typedef struct passage {
    unsigned seed;
    size_t n_notes;
} passage;

static sb_status print_of(sb_fingerprint *out, const passage *passages, size_t n, float gain, sb_error *err)
{
    size_t n_notes = 0, at = 0;
    for (size_t i = 0; i < n; i++)
        n_notes += passages[i].n_notes;
    float *sound = calloc(n_notes * STEP, sizeof *sound);
    for (size_t i = 0; i < n; at += passages[i++].n_notes)
        play(sound + at * STEP, passages[i].n_notes, passages[i].seed);
    for (size_t i = 0; i < n_notes * STEP; i++)
        sound[i] *= gain;
    sb_fingerprinter *maker = NULL;
    const float *planes[] = {sound};
    *out = (sb_fingerprint){0};
    sb_status status = sb_fingerprinter_create(&maker, RATE, 1, err);
    if (status == SB_OK)
        status = sb_fingerprinter_push(maker, planes, n_notes * STEP, err);
    if (status == SB_OK)
        status = sb_fingerprinter_end(maker, out, err);
    sb_fingerprinter_free(&maker);
    free(sound);
    return status;
}

static void make(sb_fingerprint *out, const passage *passages, size_t n, float gain)
{
    sb_error err = {0};
    sb_status status = print_of(out, passages, n, gain, &err);
    if (status == SB_ERR_UNSUPPORTED)
        skip_because("this build lacks Chromaprint");
    assert_int_equal(status, SB_OK);
}

static void find(sb_recurrences *out, const sb_fingerprint *prints, size_t n)
{
    sb_error err = {0};
    assert_int_equal(sb_recurrences_find(out, prints, n, NULL, &err), SB_OK);
}

static void finish(sb_fingerprint *prints, size_t n, sb_recurrences *found)
{
    for (size_t i = 0; i < n; i++)
        sb_fingerprint_finish(&prints[i]);
    sb_recurrences_finish(found);
}

static double notes_s(size_t n)
{
    return (double)(n * STEP) / RATE;
}

static void assert_near(sb_time time, double seconds)
{
    assert_true(fabs(sb_time_to_seconds(time) - seconds) < 1.0);
}

static void an_ad_in_two_recordings_is_found(void **state)
{
    (void)state;
    passage first[] = {{1, 20 * SECOND}, {7, 10 * SECOND}, {2, 20 * SECOND}};
    passage second[] = {{3, 31 * SECOND}, {7, 10 * SECOND}, {4, 9 * SECOND}};
    sb_fingerprint prints[2];
    sb_recurrences found;
    make(&prints[0], first, 3, 1);
    make(&prints[1], second, 3, 0.3f);
    find(&found, prints, 2);
    assert_int_equal(found.n_items, 1);
    assert_int_equal(found.items[0].n_places, 2);
    assert_int_equal(found.items[0].places[1].recording, 1);
    assert_near(found.items[0].places[0].start, notes_s(20 * SECOND));
    assert_near(found.items[0].places[0].end, notes_s(30 * SECOND));
    assert_near(found.items[0].places[1].start, notes_s(31 * SECOND));
    assert_near(found.items[0].places[1].end, notes_s(41 * SECOND));
    finish(prints, 2, &found);
}

static void an_ad_after_the_intro_is_a_passage_of_its_own(void **state)
{
    (void)state;
    passage first[] = {{5, 8 * SECOND}, {7, 10 * SECOND}, {1, 20 * SECOND}};
    passage second[] = {{5, 8 * SECOND}, {7, 10 * SECOND}, {2, 20 * SECOND}};
    passage third[] = {{5, 8 * SECOND}, {3, 20 * SECOND}};
    sb_fingerprint prints[3];
    sb_recurrences found;
    make(&prints[0], first, 3, 1);
    make(&prints[1], second, 3, 1);
    make(&prints[2], third, 2, 1);
    find(&found, prints, 3);
    assert_int_equal(found.n_items, 2);
    assert_int_equal(found.items[0].n_places, 3);
    assert_int_equal(found.items[1].n_places, 2);
    assert_int_equal(found.items[0].places[0].start, 0);
    assert_near(found.items[0].places[2].end, notes_s(8 * SECOND));
    assert_near(found.items[1].places[0].start, notes_s(8 * SECOND));
    assert_near(found.items[1].places[0].end, notes_s(18 * SECOND));
    finish(prints, 3, &found);
}

static void other_sound_silence_and_held_tones_do_not_recur(void **state)
{
    (void)state;
    passage first[] = {{1, 40 * SECOND}}, second[] = {{2, 40 * SECOND}};
    sb_fingerprint prints[4];
    sb_recurrences found;
    make(&prints[0], first, 1, 1);
    make(&prints[1], second, 1, 1);
    make(&prints[2], second, 1, 0);
    make(&prints[3], first, 1, 0);
    find(&found, prints, 4);
    assert_int_equal(found.n_items, 0);
    finish(prints, 4, &found);
}

static void a_passage_twice_in_one_recording_is_no_recurrence(void **state)
{
    (void)state;
    passage only[] = {{7, 10 * SECOND}, {1, 10 * SECOND}, {7, 10 * SECOND}};
    sb_fingerprint print;
    sb_recurrences found;
    make(&print, only, 3, 1);
    find(&found, &print, 1);
    assert_int_equal(found.n_items, 0);
    finish(&print, 1, &found);
}

static void recordings_without_sound_have_nothing(void **state)
{
    (void)state;
    sb_fingerprint prints[2] = {0};
    sb_recurrences found;
    find(&found, prints, 2);
    assert_int_equal(found.n_items, 0);
    finish(prints, 2, &found);
}

static void invalid_sound_is_refused(void **state)
{
    (void)state;
    sb_fingerprinter *maker = NULL;
    sb_error err = {0};
    sb_status status = sb_fingerprinter_create(&maker, 0, 1, &err);
    if (status == SB_ERR_UNSUPPORTED)
        skip_because("this build lacks Chromaprint");
    assert_int_equal(status, SB_ERR_ARGUMENT);
    assert_null(maker);
}

static void failing_allocations_are_reported(void **state)
{
    (void)state;
    passage first[] = {{7, 8 * SECOND}, {1, 6 * SECOND}}, second[] = {{2, 6 * SECOND}, {7, 8 * SECOND}};
    sb_fingerprint prints[2];
    make(&prints[0], first, 2, 1);
    make(&prints[1], second, 2, 1);
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_recurrences found;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_recurrences_find(&found, prints, 2, NULL, &err);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(found.n_items, refused ? 0 : 1);
        sb_recurrences_finish(&found);
    }
    for (size_t i = 0; i < 2; i++)
        sb_fingerprint_finish(&prints[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ad_in_two_recordings_is_found),
        cmocka_unit_test(an_ad_after_the_intro_is_a_passage_of_its_own),
        cmocka_unit_test(other_sound_silence_and_held_tones_do_not_recur),
        cmocka_unit_test(a_passage_twice_in_one_recording_is_no_recurrence),
        cmocka_unit_test(recordings_without_sound_have_nothing),
        cmocka_unit_test(invalid_sound_is_refused),
        cmocka_unit_test(failing_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
