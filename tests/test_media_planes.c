#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/cpu.h>

#include <cmocka.h>

#include "media/media.h"

#define N 3

static float **planes_of(int channels)
{
    float **planes = sb_planes_alloc(channels, N);
    for (int c = 0; c < channels; c++)
        for (int i = 0; i < N; i++)
            planes[c][i] = (float)(1 << c) + (float)i / 4;
    return planes;
}

static void assert_mixed(int channels_in, int channels_out, uint64_t speakers, const double expected[])
{
    float **in = planes_of(channels_in), **out = sb_planes_alloc(channels_out, N);
    out[0][0] = 1000;
    sb_mix_channels(out, channels_out, (const float *const *)in, channels_in, speakers, N);
    for (int c = 0; c < channels_out; c++)
        assert_true(fabs((double)out[c][0] - expected[c]) < 1e-6);
    sb_planes_free(in);
    sb_planes_free(out);
}

static void channels_are_mixed(void **state)
{
    const double own = 1 / (1 + 2 * M_SQRT1_2), other = own * M_SQRT1_2;
    (void)state;
    assert_mixed(1, 1, 0, (double[]){1});
    assert_mixed(1, 3, 0, (double[]){1, 1, 1});
    assert_mixed(2, 1, 0x3, (double[]){1.5});
    assert_mixed(4, 1, 0x33, (double[]){15.0 / 4});
    assert_mixed(3, 3, 0, (double[]){1, 2, 4});
    assert_mixed(2, 4, 0, (double[]){1, 2, 0, 0});
    assert_mixed(6, 2, 0x3f, (double[]){own + (4 + 16) * other, 2 * own + (4 + 32) * other});
    assert_mixed(6, 2, 0x60f, (double[]){own + (4 + 16) * other, 2 * own + (4 + 32) * other});
    assert_mixed(3, 2, 0x7,
                 (double[]){(1 + 4 * M_SQRT1_2) / (1 + M_SQRT1_2), (2 + 4 * M_SQRT1_2) / (1 + M_SQRT1_2)});
    assert_mixed(4, 2, 0x33,
                 (double[]){(1 + 4 * M_SQRT1_2) / (1 + M_SQRT1_2), (2 + 8 * M_SQRT1_2) / (1 + M_SQRT1_2)});
    assert_mixed(3, 2, 0xb, (double[]){1, 2}); /* 2.1 */
}

/* No microphone may be taken for the low loudspeaker, which is left out. */
static void channels_of_unknown_loudspeakers_are_all_mixed(void **state)
{
    (void)state;
    for (int n = 3; n <= 8; n++) {
        double mean = (double)((1 << n) - 1) / n;
        assert_mixed(n, 2, 0, (double[]){mean, mean});
    }
    assert_mixed(6, 2, 0x7, (double[]){63.0 / 6, 63.0 / 6}); /* a mask that does not fit */
}

static void interleaving_goes_both_ways(void **state)
{
    float **planes = planes_of(2), **back = sb_planes_alloc(2, N), mixed[4];
    (void)state;
    sb_interleave(mixed, (const float *const *)planes, 2, 1, 2);
    assert_true(mixed[0] == 1.25f && mixed[1] == 2.25f && mixed[2] == 1.5f && mixed[3] == 2.5f);
    sb_deinterleave(back, 1, mixed, 2, 2);
    assert_true(back[0][0] == 0 && back[0][1] == 1.25f && back[1][2] == 2.5f);
    sb_planes_free(planes);
    sb_planes_free(back);
}

static void the_part_of_a_block_is_found(void **state)
{
    float **planes = planes_of(2);
    const float *part[SB_CHANNELS_MAX];
    sb_pcm block = {
        .planes = (const float *const *)planes, .channels = 2, .n_samples = N, .first_sample = 100};
    int64_t at;
    (void)state;
    assert_int_equal(sb_pcm_part(part, &at, &block, 0, 100), 0);
    assert_int_equal(sb_pcm_part(part, &at, &block, 103, 200), 0);
    assert_int_equal(sb_pcm_part(part, &at, &block, 0, 102), 2);
    assert_true(at == 100 && part[1] == planes[1]);
    assert_int_equal(sb_pcm_part(part, &at, &block, 101, 102), 1);
    assert_true(at == 101 && part[1] == planes[1] + 1);
    assert_int_equal(sb_pcm_part(part, &at, &block, 102, INT64_MAX), 1);
    assert_true(at == 102 && part[0] == planes[0] + 2);
    sb_planes_free(planes);
}

/* Against the sum of the definition. */
static void a_spectrum_has_the_powers_of_its_samples(void **state)
{
    enum { SIZE = 64, USED = 50 };
    float samples[USED], window[USED];
    sb_spectrum *spectrum;
    (void)state;
    for (int i = 0; i < USED; i++) {
        samples[i] = (float)sin(0.7 * i) + (float)(i % 7) / 8;
        window[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * i / USED));
    }
    assert_int_equal(sb_spectrum_create(&spectrum, SIZE, NULL), SB_OK);
    for (int again = 0; again < 2; again++) {
        const double *powers = sb_spectrum_read(spectrum, samples, window, USED);
        for (int k = 0; k <= SIZE / 2; k++) {
            double re = 0, im = 0;
            for (int i = 0; i < USED; i++) {
                re += (double)(window[i] * samples[i]) * cos(2 * M_PI * k * i / SIZE);
                im -= (double)(window[i] * samples[i]) * sin(2 * M_PI * k * i / SIZE);
            }
            assert_true(fabs(powers[k] - (re * re + im * im)) < 1e-9);
        }
    }
    sb_spectrum_free(&spectrum);
    sb_spectrum_free(&spectrum);
}

/* libavutil chooses its code by the processor. */
static void a_spectrum_is_the_same_on_every_processor(void **state)
{
    enum { SIZE = 1024 };
    float samples[SIZE], window[SIZE];
    double plain[SIZE / 2 + 1];
    (void)state;
    for (int i = 0; i < SIZE; i++) {
        samples[i] = (float)sin(0.01 * i * i);
        window[i] = 1;
    }
    for (int any = 0; any < 2; any++) {
        sb_spectrum *spectrum;
        av_force_cpu_flags(any ? -1 : 0);
        assert_int_equal(sb_spectrum_create(&spectrum, SIZE, NULL), SB_OK);
        const double *powers = sb_spectrum_read(spectrum, samples, window, SIZE);
        if (any)
            assert_memory_equal(powers, plain, sizeof plain);
        memcpy(plain, powers, sizeof plain);
        sb_spectrum_free(&spectrum);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(channels_are_mixed),
        cmocka_unit_test(channels_of_unknown_loudspeakers_are_all_mixed),
        cmocka_unit_test(interleaving_goes_both_ways),
        cmocka_unit_test(the_part_of_a_block_is_found),
        cmocka_unit_test(a_spectrum_has_the_powers_of_its_samples),
        cmocka_unit_test(a_spectrum_is_the_same_on_every_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
