#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"

#define RATE 16000
#define HOP  (RATE / SB_CEPSTRA_RATE)

/* Noise with a gliding tone that swells and fades. */
static void make_sound(float out[RATE])
{
    uint32_t seed = 1;
    for (size_t i = 0; i < RATE; i++) {
        seed = seed * 1664525u + 1013904223u;
        double noise = (double)(seed >> 8) / (1 << 23) - 1, t = (double)i / RATE,
               swell = sin(2 * M_PI * 4 * t);
        out[i] = (float)(0.02 * noise + 0.2 * swell * swell * sin(2 * M_PI * (300 * t + 400 * t * t)));
    }
}

/* In pieces of `piece` samples. */
static sb_cepstra make(const float *samples, size_t n, size_t piece, const sb_front_end *front_end)
{
    sb_cepstra_maker *maker;
    sb_cepstra out;
    assert_int_equal(sb_cepstra_maker_create(&maker, front_end, NULL), SB_OK);
    for (size_t at = 0; at < n; at += piece)
        assert_int_equal(sb_cepstra_push(maker, samples + at, n - at < piece ? n - at : piece, NULL), SB_OK);
    assert_int_equal(sb_cepstra_end(maker, &out, NULL), SB_OK);
    sb_cepstra_maker_free(&maker);
    return out;
}

/* Frames [first, ...) of `a`, with `shift` added to the first cepstrum, are the frames of `b`. */
static void assert_equal(const sb_cepstra *a, size_t first, const sb_cepstra *b, double shift,
                         double tolerance)
{
    assert_int_equal(a->n_frames, b->n_frames + first);
    for (size_t i = 0; i < b->n_frames * SB_CEPSTRA; i++) {
        double wanted = (double)b->values[i] + (i % SB_CEPSTRA == 0 ? shift : 0);
        if (!(fabs((double)a->values[first * SB_CEPSTRA + i] - wanted) <= tolerance))
            fail_msg("frame %zu, cepstrum %zu: %g instead of %g", i / SB_CEPSTRA, i % SB_CEPSTRA,
                     (double)a->values[first * SB_CEPSTRA + i], wanted);
    }
}

/* Frames 0, 50 and 98 of the sound, as sphinxbase 0.8+5prealpha gives them from 16-bit integers. */
static void values_are_those_of_sphinxbase(void **state)
{
    (void)state;
    static const struct {
        const char *transform;
        double frames[3][SB_CEPSTRA];
    } known[] = {
        {"dct",
         {{63.203, -13.285, 5.183, 2.148, 6.012, 9.547, 4.210, -1.339, -13.051, -16.338, -17.911, -19.084,
           -27.217},
          {63.763, -14.195, -3.016, -13.889, -18.371, -22.635, -5.659, 17.908, 24.742, 23.510, 12.920, -2.012,
           -13.552},
          {59.293, -21.854, -11.308, -26.213, -19.728, 6.462, 11.372, 6.608, -14.118, -6.443, -2.924, 12.865,
           20.377}}},
        {"legacy",
         {{17.323, -1.416, -0.046, -0.198, -0.092, -0.078, -0.170, -0.258, -0.387, -0.388, -0.396, -0.407,
           -0.506},
          {17.458, -1.631, -0.391, -0.593, -0.472, -0.449, -0.173, 0.078, 0.126, 0.083, -0.069, -0.230,
           -0.330},
          {16.972, -1.891, -0.456, -0.642, -0.366, 0.041, 0.035, -0.051, -0.262, -0.129, -0.095, 0.064,
           0.093}}},
        {"htk",
         {{91.217, -9.932, 9.858, 7.288, 10.233, 12.351, 7.978, 2.299, -6.194, -9.236, -7.899, -7.808,
           -10.139},
          {90.509, -14.239, -4.111, -15.642, -22.658, -28.451, -13.282, 9.720, 18.763, 21.576, 15.389, 5.320,
           -1.971},
          {83.514, -23.302, -10.855, -25.159, -19.494, 6.115, 15.072, 11.484, -10.161, -10.379, -5.883, 3.343,
           10.109}}},
    };
    static const size_t frames[] = {0, 50, 98};
    float sound[RATE];
    make_sound(sound);
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        sb_front_end f = *sb_front_end_default();
        snprintf(f.transform, sizeof f.transform, "%s", known[k].transform);
        f.double_bandwidth = k == 2;
        if (k == 1) {
            f.n_filters = 40;
            f.lifter = 0;
            f.remove_noise = f.unit_area = f.round_filters = false;
            f.remove_dc = true;
        }
        sb_cepstra c = make(sound, RATE, RATE, &f);
        assert_int_equal(c.n_frames, 99);
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < SB_CEPSTRA; j++)
                if (fabs((double)c.values[frames[i] * SB_CEPSTRA + j] - known[k].frames[i][j]) > 0.02)
                    fail_msg("%s, frame %zu, cepstrum %zu: %g instead of %g", known[k].transform, frames[i],
                             j, (double)c.values[frames[i] * SB_CEPSTRA + j], known[k].frames[i][j]);
        sb_cepstra_finish(&c);
    }
}

static void pieces_do_not_matter(void **state)
{
    (void)state;
    float sound[RATE];
    make_sound(sound);
    sb_cepstra whole = make(sound, RATE, RATE, NULL);
    static const size_t pieces[] = {1, 159, 160, 410, 4096};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        sb_cepstra parts = make(sound, RATE, pieces[i], NULL);
        assert_equal(&parts, 0, &whole, 0, 0);
        sb_cepstra_finish(&parts);
    }
    sb_cepstra_finish(&whole);
}

/* Gain changes the first cepstrum of all frames by the same number, and nothing else. */
static void gain_is_a_constant(void **state)
{
    (void)state;
    float sound[RATE], changed[RATE];
    make_sound(sound);
    sb_cepstra original = make(sound, RATE, RATE, NULL);
    static const double gains[] = {0.25, 0.1, 30};
    for (size_t g = 0; g < 3; g++) {
        for (size_t i = 0; i < RATE; i++)
            changed[i] = (float)(sound[i] * gains[g]);
        sb_cepstra c = make(changed, RATE, RATE, NULL);
        assert_equal(&c, 0, &original, sqrt(25) * log(gains[g] * gains[g]), 0.01);
        sb_cepstra_finish(&c);
    }
    sb_cepstra_finish(&original);
}

static void silence_before_the_sound_changes_nothing(void **state)
{
    (void)state;
    enum { LEAD = 70 };
    float sound[RATE + LEAD * HOP] = {0};
    make_sound(sound + LEAD * HOP);
    sb_cepstra original = make(sound + LEAD * HOP, RATE, RATE, NULL),
               later = make(sound, RATE + LEAD * HOP, 1000, NULL);
    assert_int_equal(original.n_lead, 0);
    assert_int_equal(later.n_lead, LEAD);
    assert_equal(&later, LEAD, &original, 0, 0);
    for (size_t i = 0; i < LEAD; i++)
        assert_memory_equal(later.values + i * SB_CEPSTRA, original.values, SB_CEPSTRA * sizeof(float));
    float mean[SB_CEPSTRA], same[SB_CEPSTRA];
    sb_cepstra_mean(mean, &later, 0, later.n_frames);
    sb_cepstra_mean(same, &original, 0, original.n_frames);
    assert_memory_equal(mean, same, sizeof mean);
    sb_cepstra_finish(&original);
    sb_cepstra_finish(&later);
}

static void damaged_samples_are_silence(void **state)
{
    (void)state;
    static const float damaged[1000] = {0, INFINITY, -INFINITY, NAN};
    sb_cepstra c = make(damaged, 1000, 1000, NULL);
    assert_int_equal(c.n_lead, c.n_frames);
    for (size_t i = 0; i < c.n_frames * SB_CEPSTRA; i++)
        assert_true(isfinite(c.values[i]));
    sb_cepstra_finish(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_those_of_sphinxbase),
        cmocka_unit_test(pieces_do_not_matter),
        cmocka_unit_test(gain_is_a_constant),
        cmocka_unit_test(silence_before_the_sound_changes_nothing),
        cmocka_unit_test(damaged_samples_are_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
