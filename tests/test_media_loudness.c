#include "support_sound.h"

#include "media/media.h"

#include <ebur128.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void make_sine(sound *s, int channels, int rate, double seconds, double hz, double phase, float level)
{
    sound_make(s, channels, rate, seconds, 1);
    for (int c = 0; c < channels; c++)
        for (size_t i = 0; i < s->n_samples; i++)
            s->planes[c][i] = level * (float)sin(2 * M_PI * hz * (double)i / rate + phase);
}

static double measure_for(const sound *s, uint64_t speakers, sb_loudness_kind *kind)
{
    sb_loudness_meter *meter;
    assert_int_equal(sb_loudness_meter_create(&meter, s->sample_rate, s->channels, speakers, NULL), SB_OK);
    for (size_t done = 0; done < s->n_samples; done += 777) {
        const float *at[8];
        for (int c = 0; c < s->channels; c++)
            at[c] = s->planes[c] + done;
        size_t n = s->n_samples - done < 777 ? s->n_samples - done : 777;
        assert_int_equal(sb_loudness_meter_push(meter, at, n, NULL), SB_OK);
    }
    double lufs = sb_loudness_meter_read(meter, kind);
    sb_loudness_meter_free(&meter);
    return lufs;
}

static double measure(const sound *s, sb_loudness_kind *kind)
{
    return measure_for(s, 0, kind);
}

/* A 997 Hz sine of 0 dBFS in one channel reads -3.01 LUFS (BS.1770-4); in both, or as dual mono, 3 dB
 * more. */
static void a_sine_reads_as_the_standard_says(void **user)
{
    (void)user;
    sb_loudness_kind kind;
    for (int channels = 1; channels <= 2; channels++) {
        sound s;
        make_sine(&s, channels, 48000, 5, 997, 0, 0.1f);
        assert_true(fabs(measure(&s, &kind) - -20.0) < 0.05);
        assert_int_equal(kind, SB_LOUDNESS_INTEGRATED);
        sound_finish(&s);
    }
}

/* The loudness of a sine at -20 LUFS (as dual mono) in one of `n` channels. */
static double measure_one_of(int n, int channel, uint64_t speakers)
{
    sb_loudness_kind kind;
    sound s;
    make_sine(&s, n, 48000, 5, 997, 0, 0);
    for (size_t i = 0; i < s.n_samples; i++)
        s.planes[channel][i] = 0.1f * (float)sin(2 * M_PI * 997 * (double)i / 48000);
    double lufs = measure_for(&s, speakers, &kind);
    sound_finish(&s);
    return lufs;
}

static void microphones_are_measured_as_their_sum(void **user)
{
    (void)user;
    for (int n = 3; n <= 8; n++)
        for (int c = 0; c < n; c++)
            assert_true(fabs(measure_one_of(n, c, 0) - -20.0) < 0.05);
}

/* ITU-R BS.1770-4, table 4: 1.5 dB more at the sides, nothing for the channel for low frequencies. */
static void loudspeakers_have_their_weights(void **user)
{
    (void)user;
    static const double front = -23.0, side = -21.5;
    static const struct {
        uint64_t speakers;
        double lufs[8];
    } cases[] = {{0x3f, {front, front, front, NAN, side, side}},
                 {0x60f, {front, front, front, NAN, side, side}},
                 {0x63f, {front, front, front, NAN, front, front, side, side}},
                 {0x33, {front, front, side, side}},
                 {0x107, {front, front, front, front}},
                 {0xb, {front, front, NAN}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int c = 0, n = __builtin_popcountll(cases[i].speakers); c < n; c++) {
            double lufs = measure_one_of(n, c, cases[i].speakers), wanted = cases[i].lufs[c];
            assert_true(isnan(wanted) ? isnan(lufs) : fabs(lufs - wanted) < 0.06);
        }
}

static void short_sound_is_told_apart(void **user)
{
    (void)user;
    sb_loudness_kind kind;
    sound s;
    make_sine(&s, 1, 44100, 1, 997, 0, 0.1f);
    assert_true(fabs(measure(&s, &kind) - -20.0) < 0.1);
    assert_int_equal(kind, SB_LOUDNESS_MOMENTARY);
    sound_finish(&s);
    make_sine(&s, 1, 44100, 0.39, 997, 0, 0.1f);
    assert_true(isnan(measure(&s, &kind)));
    assert_int_equal(kind, SB_LOUDNESS_NONE);
    sound_finish(&s);
    make_sine(&s, 1, 44100, 5, 997, 0, 0);
    assert_true(isnan(measure(&s, &kind)));
    assert_int_equal(kind, SB_LOUDNESS_NONE);
    sound_finish(&s);
}

static void the_gain_is_finite_and_bounded(void **user)
{
    (void)user;
    assert_true(sb_loudness_gain(-20, -16, SB_MAX_GAIN_DB) == 4);
    assert_true(sb_loudness_gain(-60, -16, SB_MAX_GAIN_DB) == SB_MAX_GAIN_DB);
    assert_true(sb_loudness_gain(NAN, -16, SB_MAX_GAIN_DB) == 0);
    assert_true(sb_loudness_gain(-20, NAN, SB_MAX_GAIN_DB) == 0);
    assert_true(sb_loudness_gain(-HUGE_VAL, -16, SB_MAX_GAIN_DB) == 0);
}

static double library_true_peak(const sound *s)
{
    ebur128_state *state =
        ebur128_init((unsigned)s->channels, (unsigned long)s->sample_rate, EBUR128_MODE_TRUE_PEAK);
    for (size_t i = 0; i < s->n_samples; i++) {
        float frame[8];
        for (int c = 0; c < s->channels; c++)
            frame[c] = s->planes[c][i];
        ebur128_add_frames_float(state, frame, 1);
    }
    double peak = 0, largest = 0;
    for (int c = 0; c < s->channels; c++) {
        ebur128_true_peak(state, (unsigned)c, &peak);
        largest = fmax(largest, peak);
    }
    ebur128_destroy(&state);
    return 20 * log10(largest);
}

static void measure_peaks(sb_true_peaks *peaks, const sound *s)
{
    assert_int_equal(sb_true_peaks_init(peaks, s->sample_rate, s->channels, NULL), SB_OK);
    assert_int_equal(sb_true_peaks_push(peaks, (const float *const *)s->planes, s->n_samples, NULL), SB_OK);
    assert_int_equal(sb_true_peaks_end(peaks, NULL), SB_OK);
}

/* Four times oversampling by a sinc of 200 taps. Noise up to the end of the band, which no real sound has,
 * gives other values with shorter filters. */
static double exact_peak(const float *x, size_t n)
{
    double largest = 0;
    for (size_t i = 100; i + 100 < n; i++)
        for (int phase = 0; phase < 4; phase++) {
            double sum = 0;
            for (int k = -99; k <= 100; k++) {
                double away = k - phase / 4.0, window = 0.5 + 0.5 * cos(M_PI * away / 101);
                sum += (double)x[i + (size_t)(k + 100) - 100] * window *
                       (away == 0 ? 1 : sin(M_PI * away) / (M_PI * away));
            }
            largest = fmax(largest, fabs(sum));
        }
    return 20 * log10(largest);
}

/* At a quarter of the rate and 45 degrees every sample misses the crest by 3 dB. */
static void peaks_between_samples_are_seen(void **user)
{
    (void)user;
    sound s;
    sb_true_peaks peaks;
    make_sine(&s, 1, 48000, 0.5, 12000, M_PI / 4, 0.5f);
    measure_peaks(&peaks, &s);
    assert_true(fabs(sb_true_peaks_max_db(&peaks) - library_true_peak(&s)) < 0.01);
    assert_true(fabs(sb_true_peaks_max_db(&peaks) - 20 * log10(0.5)) < 0.5);
    sb_true_peaks_finish(&peaks);
    sound_finish(&s);
    for (unsigned seed = 1; seed < 6; seed++) {
        sound_make(&s, 1, 44100, 0.3, seed);
        for (size_t i = 0; i < 400; i++)
            s.planes[0][i] = s.planes[0][s.n_samples - 1 - i] = 0;
        measure_peaks(&peaks, &s);
        double exact = exact_peak(s.planes[0], s.n_samples);
        if (fabs(sb_true_peaks_max_db(&peaks) - exact) > 0.25)
            fail_msg("%.2f dBTP, not %.2f", sb_true_peaks_max_db(&peaks), exact);
        sb_true_peaks_finish(&peaks);
        sound_finish(&s);
    }
}

static void the_loudest_is_found_wherever_it_is(void **user)
{
    (void)user;
    for (size_t at = 1000; at < 2000; at += 37) {
        sound s;
        sb_true_peaks peaks;
        make_sine(&s, 1, 44100, 0.1, 300, 0, 0.1f);
        s.planes[0][at] = s.planes[0][at + 1] = 0.11f;
        s.planes[0][3000] = 0.5f;
        measure_peaks(&peaks, &s);
        assert_true(fabs(sb_true_peaks_max_db(&peaks) - exact_peak(s.planes[0], s.n_samples)) < 0.05);
        sb_true_peaks_finish(&peaks);
        sound_finish(&s);
    }
}

static void the_limiter_keeps_under_its_ceiling(void **user)
{
    (void)user;
    sound s;
    sb_true_peaks peaks;
    sound_make(&s, 2, 44100, 3, 21);
    measure_peaks(&peaks, &s);
    double before = sb_true_peaks_max_db(&peaks), gain_db = 5 - before;
    assert_true(sb_true_peaks_limit(&peaks, gain_db, -1));
    for (size_t done = 0; done < s.n_samples; done += 1000) {
        float *at[2] = {s.planes[0] + done, s.planes[1] + done};
        size_t n = s.n_samples - done < 1000 ? s.n_samples - done : 1000;
        sb_true_peaks_apply(&peaks, at, (int64_t)done, n, (float)pow(10, gain_db / 20));
    }
    double after = library_true_peak(&s);
    sb_true_peaks_finish(&peaks);
    measure_peaks(&peaks, &s);
    assert_true(sb_true_peaks_max_db(&peaks) <= -1);
    if (after > -0.8 || after < -1.6)
        fail_msg("%.2f dBTP after limiting to -1", after);
    sb_true_peaks_finish(&peaks);
    measure_peaks(&peaks, &s);
    assert_false(sb_true_peaks_limit(&peaks, 0, -1));
    sb_true_peaks_finish(&peaks);
    sound_finish(&s);
}

static void collect(sound *out, const float *const *planes, size_t n)
{
    for (int c = 0; c < out->channels; c++) {
        out->planes[c] = realloc(out->planes[c], (out->n_samples + n + 1) * sizeof(float));
        assert_non_null(out->planes[c]);
        if (n)
            memcpy(out->planes[c] + out->n_samples, planes[c], n * sizeof(float));
    }
    out->n_samples += n;
}

static void resample(sound *out, const sound *s, int rate)
{
    sb_resampler *resampler;
    const float *const *ready;
    size_t n_ready;
    *out = (sound){.channels = s->channels, .sample_rate = rate};
    assert_int_equal(sb_resampler_create(&resampler, s->sample_rate, rate, s->channels, NULL), SB_OK);
    for (size_t done = 0; done < s->n_samples; done += 5000) {
        const float *at[8];
        for (int c = 0; c < s->channels; c++)
            at[c] = s->planes[c] + done;
        size_t n = s->n_samples - done < 5000 ? s->n_samples - done : 5000;
        assert_int_equal(sb_resampler_push(resampler, at, n, &ready, &n_ready, NULL), SB_OK);
        collect(out, ready, n_ready);
    }
    assert_int_equal(sb_resampler_flush(resampler, &ready, &n_ready, NULL), SB_OK);
    collect(out, ready, n_ready);
    sb_resampler_free(&resampler);
}

static void check_resampling(int from, int to, double seconds)
{
    sound s, out, expected;
    make_sine(&s, 2, from, seconds, 440, 0.3, 0.5f);
    resample(&out, &s, to);
    assert_int_equal(out.n_samples, (size_t)llround((double)s.n_samples * to / from));
    make_sine(&expected, 1, to, seconds + 0.01, 440, 0.3, 0.5f);
    for (size_t i = (size_t)to / 20; i + (size_t)to / 20 < out.n_samples; i++)
        assert_true(fabsf(out.planes[0][i] - expected.planes[0][i]) < 1e-3f);
    sound_finish(&s);
    sound_finish(&out);
    sound_finish(&expected);
}

static void resampling_keeps_place_and_length(void **user)
{
    (void)user;
    check_resampling(44100, 48000, 0.777);
    check_resampling(48000, 44100, 0.5);
    check_resampling(8000, 48000, 0.31);
    check_resampling(96000, 8000, 0.4);
    check_resampling(11025, 16000, 0.21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sine_reads_as_the_standard_says),
        cmocka_unit_test(microphones_are_measured_as_their_sum),
        cmocka_unit_test(loudspeakers_have_their_weights),
        cmocka_unit_test(short_sound_is_told_apart),
        cmocka_unit_test(the_gain_is_finite_and_bounded),
        cmocka_unit_test(peaks_between_samples_are_seen),
        cmocka_unit_test(the_loudest_is_found_wherever_it_is),
        cmocka_unit_test(the_limiter_keeps_under_its_ceiling),
        cmocka_unit_test(resampling_keeps_place_and_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
