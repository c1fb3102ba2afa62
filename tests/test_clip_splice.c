#include "support_memory.h"

#include "clip/clip.h"
#include "clip/sound/sound.h"

#include "soundbite/drop.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE 44100
#define N    (4 * RATE)
#define ROOM 0.002

/* A voice in a room that changes its pitch and vowel five times per second. It is silent in `pauses`. */
typedef struct voice {
    float *samples;
    sb_clip_spool spool;
    sb_splicer splicer;
} voice;

static double syllable(double t, double pitch, double vowel)
{
    double sum = 0;
    for (int k = 1; k < 20; k++) {
        double f = pitch * k, near = (f - vowel) / 300;
        sum += sin(2 * M_PI * f * t) * (0.02 + exp(-near * near)) / 4;
    }
    return sum;
}

static void make_voice(voice *v, int64_t pause_from, int64_t pause_until)
{
    *v = (voice){.samples = malloc(N * sizeof(float))};
    uint32_t noise = 7;
    for (int64_t i = 0; i < N; i++) {
        double t = (double)i / RATE, beat = fmod(t * 5, 1);
        int number = (int)(t * 5);
        double level = i >= pause_from && i < pause_until ? 0 : 0.3 * sin(M_PI * beat);
        noise = noise * 1664525 + 1013904223;
        v->samples[i] = (float)(level * syllable(t, 110 + 7 * (number % 5), 400 + 350 * (number % 4)) +
                                ROOM * ((double)noise / UINT32_MAX * 2 - 1));
    }
    assert_int_equal(sb_clip_spool_init(&v->spool, 1, N, true, NULL), SB_OK);
    sb_clip_spool_append(&v->spool, (const float *const[]){v->samples}, N, NULL);
    assert_int_equal(sb_splicer_init(&v->splicer, &v->spool, RATE, NULL), SB_OK);
}

static void finish_voice(voice *v)
{
    sb_splicer_finish(&v->splicer);
    sb_clip_spool_finish(&v->spool);
    free(v->samples);
}

static double largest_step(const float *samples, int64_t from, int64_t until)
{
    double largest = 0;
    for (int64_t i = from; i + 1 < until; i++)
        largest = fmax(largest, fabs((double)samples[i + 1] - (double)samples[i]));
    return largest;
}

static void check_made(voice *v, const sb_splice *splice)
{
    double own = largest_step(v->samples, 0, N);
    int64_t n = N - (splice->until - splice->from) + splice->fill;
    float *out = malloc((size_t)n * sizeof *out);
    assert_int_equal(sb_splices_make(&v->splicer, splice, 1, NULL), SB_OK);
    assert_int_equal(v->spool.n_samples, n);
    for (int64_t at = 0; at < n; at += SB_CLIP_BLOCK)
        sb_clip_spool_read(&v->spool, (float *const[]){out + at}, (size_t)at,
                           (size_t)(n - at < SB_CLIP_BLOCK ? n - at : SB_CLIP_BLOCK), NULL);
    for (int64_t i = 0; i < splice->from - splice->fade / 2; i++)
        assert_true(out[i] == v->samples[i]);
    for (int64_t i = 1; i < n - splice->from - splice->fill - splice->fade / 2; i++)
        assert_true(out[n - i] == v->samples[N - i]);
    assert_true(largest_step(out, 0, n) <= own);
    free(out);
}

/* Two syllables in running speech. */
static void a_join_in_speech_makes_no_step(void **user)
{
    (void)user;
    voice v;
    sb_splice splice;
    make_voice(&v, 0, 0);
    sb_splice_spot spot = {.before = 2 * RATE, .first = 2 * RATE, .last = 2 * RATE + RATE * 2 / 5};
    spot.after = spot.last;
    assert_int_equal(sb_splice_find(&splice, &v.splicer, &spot, NULL), SB_OK);
    assert_true(llabs(splice.from - spot.first) < RATE / 40 && llabs(splice.until - spot.last) < RATE / 40);
    if (splice.quality < SB_DROP_LEAST_QUALITY || splice.fill)
        fail_msg("quality %.3f, fill %lld", splice.quality, (long long)splice.fill);
    check_made(&v, &splice);
    finish_voice(&v);
}

static void the_wanted_pause_is_left(void **user)
{
    (void)user;
    voice v;
    sb_splice splice;
    make_voice(&v, RATE * 3 / 5, RATE * 8 / 5);
    /* A quiet word in the middle of a pause of one second. */
    sb_splice_spot spot = {
        .before = RATE * 3 / 5, .first = RATE, .last = RATE * 6 / 5, .after = RATE * 8 / 5};
    spot.pause = RATE * 3 / 10;
    assert_int_equal(sb_splice_find(&splice, &v.splicer, &spot, NULL), SB_OK);
    double kept = (double)(splice.from - spot.before + spot.after - splice.until) / RATE;
    assert_float_equal(kept, 0.3, 0.07);
    assert_true(splice.quality > 0.3);
    check_made(&v, &splice);
    finish_voice(&v);
}

static void a_missing_pause_is_filled_with_tone(void **user)
{
    (void)user;
    voice v;
    sb_splice splice;
    sb_room_tone *tone;
    make_voice(&v, RATE * 3 / 5, RATE * 8 / 5);
    const float *quiet = v.samples + RATE * 3 / 5;
    assert_int_equal(sb_room_tone_make(&tone, &quiet, RATE, 1, RATE, NULL, 0, NULL), SB_OK);
    v.splicer.tone = tone;
    sb_splice_spot spot = {.before = 2 * RATE, .first = 2 * RATE, .last = 2 * RATE + RATE * 2 / 5};
    spot.after = spot.last;
    spot.pause = RATE / 4;
    assert_int_equal(sb_splice_find(&splice, &v.splicer, &spot, NULL), SB_OK);
    assert_int_equal(splice.fill, RATE / 4);
    check_made(&v, &splice);
    sb_room_tone_free(&tone);
    finish_voice(&v);
}

/* The same syllable twice: the join is inside the two, where they are in phase. */
static void two_copies_of_a_word_are_joined_where_they_are_similar(void **user)
{
    (void)user;
    voice v;
    sb_splice splice;
    make_voice(&v, 0, 0);
    int64_t first = 2 * RATE, length = RATE / 5;
    memcpy(v.samples + first + length + 300, v.samples + first, (size_t)length * sizeof(float));
    for (int64_t i = 0; i < 300; i++)
        v.samples[first + length + i] = v.samples[first];
    memcpy(v.spool.samples, v.samples, N * sizeof(float));
    sb_splice_spot spot = {.before = first,
                           .first = first,
                           .last = first + length,
                           .after = first + length + 300,
                           .twins = {{first, first + length, first + length + 300}},
                           .n_twins = 1};
    assert_int_equal(sb_splice_find(&splice, &v.splicer, &spot, NULL), SB_OK);
    assert_true(splice.quality > 0.3);
    check_made(&v, &splice);
    finish_voice(&v);
}

/* A word that ends in a hiss, next to a loud vowel that is cut in the middle. */
static void an_audible_join_has_a_low_quality(void **user)
{
    (void)user;
    voice v;
    sb_splice splice;
    make_voice(&v, 0, 0);
    uint32_t noise = 3;
    for (int64_t i = RATE; i < 2 * RATE; i++) {
        noise = noise * 1664525 + 1013904223;
        v.spool.samples[i] = (float)(0.0004 * ((double)noise / UINT32_MAX * 2 - 1));
    }
    for (int64_t i = 2 * RATE; i < 3 * RATE; i++)
        v.spool.samples[i] = (float)(0.8 * sin(2 * M_PI * 3000 * (double)i / RATE));
    sb_splice_spot spot = {.before = RATE * 3 / 2, .first = RATE * 3 / 2, .last = RATE * 5 / 2};
    spot.after = spot.last;
    assert_int_equal(sb_splice_find(&splice, &v.splicer, &spot, NULL), SB_OK);
    assert_true(splice.quality < 0.05);
    finish_voice(&v);
}

static void every_allocation_may_fail(void **user)
{
    (void)user;
    voice v;
    make_voice(&v, 0, 0);
    sb_splice_spot spot = {.before = 2 * RATE, .first = 2 * RATE, .last = 2 * RATE + RATE / 5};
    spot.after = spot.last;
    sb_status status = SB_ERR_MEMORY;
    for (size_t n = 0; status; n++) {
        sb_splicer splicer = {0};
        sb_splice splice = {0};
        memory_fail_from(n);
        status = sb_splicer_init(&splicer, &v.spool, RATE, NULL);
        if (!status)
            status = sb_splice_find(&splice, &splicer, &spot, NULL);
        if (!status)
            status = sb_splices_make(&splicer, &splice, 1, NULL);
        memory_fail_end();
        assert_true(status == SB_OK || status == SB_ERR_MEMORY);
        sb_splicer_finish(&splicer);
    }
    assert_true(v.spool.n_samples < N);
    finish_voice(&v);
}

static void places_are_mapped(void **user)
{
    (void)user;
    const sb_splice splices[] = {
        {.from = 0, .until = 50}, {.from = 100, .until = 200, .fill = 30}, {.from = 300, .until = 400}};
    static const int64_t expected[][2] = {{0, 0},    {25, 0},    {50, 0},    {100, 50},  {150, 50},
                                          {200, 80}, {300, 180}, {350, 180}, {400, 180}, {500, 280}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_int_equal(sb_splices_map(splices, 3, expected[i][0]), expected[i][1]);
}

static void weights_keep_the_power(void **user)
{
    (void)user;
    for (double r = 0; r <= 1; r += 0.25)
        for (int64_t i = 0; i < 100; i++) {
            sb_splice_weights w = sb_splice_weigh(i, 100, r);
            double power = (double)(w.out * w.out + w.in * w.in) + 2 * r * (double)(w.out * w.in);
            assert_float_equal(power, 1, 1e-5);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_join_in_speech_makes_no_step),
        cmocka_unit_test(the_wanted_pause_is_left),
        cmocka_unit_test(a_missing_pause_is_filled_with_tone),
        cmocka_unit_test(two_copies_of_a_word_are_joined_where_they_are_similar),
        cmocka_unit_test(an_audible_join_has_a_low_quality),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(places_are_mapped),
        cmocka_unit_test(weights_keep_the_power),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
