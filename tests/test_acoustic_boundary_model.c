#include "acoustic/boundary/boundary.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sndfile.h>

#include "media/media.h"
#include "support_skip.h"
#include "support_transcript.h"

#define MAX_ROWS 200

typedef struct row {
    char file[64], word[64], edge[8], context[4];
    double aligner_s, refined_s, peak;
} row;

static row rows[MAX_ROWS];
static size_t n_rows;

static void read_rows(FILE *file)
{
    char line[512];
    for (n_rows = 0; n_rows < MAX_ROWS && fgets(line, sizeof line, file);) {
        row *r = &rows[n_rows];
        n_rows += line[0] != '#' && sscanf(line, "%63s %63s %7s %3s %lf %lf %lf", r->file, r->word, r->edge,
                                           r->context, &r->aligner_s, &r->refined_s, &r->peak) == 7;
    }
}

static void push(sb_bands_maker *maker, const float *const *planes, size_t n)
{
    if (n > 0)
        assert_int_equal(sb_bands_push(maker, planes[0], n, NULL), SB_OK);
}

static void read_levels(sb_band_levels *levels, const char *path)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    assert_non_null(file);
    float *samples = malloc((size_t)info.frames * sizeof *samples);
    const float *plane = samples, *const * ready;
    size_t n = (size_t)sf_readf_float(file, samples, info.frames), n_ready;
    sf_close(file);
    sb_remix remix = {0};
    sb_bands_maker *maker;
    assert_int_equal(sb_remix_begin(&remix, info.samplerate, 1, 0, SB_BAND_HZ, 1, NULL), SB_OK);
    assert_int_equal(sb_bands_maker_create(&maker, NULL), SB_OK);
    assert_int_equal(sb_remix_push(&remix, &plane, n, &ready, &n_ready, NULL), SB_OK);
    push(maker, ready, n_ready);
    assert_int_equal(sb_remix_flush(&remix, &ready, &n_ready, NULL), SB_OK);
    push(maker, ready, n_ready);
    assert_int_equal(sb_bands_end(maker, levels, NULL), SB_OK);
    sb_bands_maker_free(&maker);
    sb_remix_finish(&remix);
    free(samples);
}

static sb_refined_edges boundary_of(const row *r)
{
    return (sb_refined_edges){strcmp(r->edge, "end") == 0, r->context[0], r->context[1]};
}

/* Rows come in pairs, the start and the end of a word. */
static size_t collect_words(sb_span *words, size_t first)
{
    size_t n = 0;
    for (size_t i = first; i + 1 < n_rows && strcmp(rows[i].file, rows[first].file) == 0; i += 2)
        words[n++] =
            (sb_span){sb_time_from_seconds(rows[i].aligner_s), sb_time_from_seconds(rows[i + 1].aligner_s)};
    return n;
}

static size_t count_strays(const sb_band_levels *levels, const row *r, const sb_span *words, size_t n_words)
{
    sb_boundary_scale scale;
    size_t n_strays = 0;
    assert_true(sb_boundary_scale_set(&scale, levels, words, n_words));
    for (size_t i = 0; i < 2 * n_words; i++) {
        float peak;
        sb_time t = sb_boundary_refine(NULL, levels, &scale, boundary_of(&r[i]),
                                       sb_time_from_seconds(r[i].aligner_s), &peak);
        double off = sb_time_to_seconds(t) - r[i].refined_s;
        if (fabs(off) > 0.001 || fabs((double)peak - r[i].peak) > 0.02) {
            print_message("%s %s %s: %+.2f ms, peak %.4f for %.4f\n", r[i].file, r[i].word, r[i].edge,
                          1000 * off, (double)peak, r[i].peak);
            n_strays++;
        }
        assert_true(fabs(off) < 0.005);
    }
    return n_strays;
}

static void known_boundaries_are_found(void **state)
{
    (void)state;
    char *table = shared_path("data/boundary_model_check.tsv");
    FILE *file = table ? fopen(table, "r") : NULL;
    if (!file) {
        free(table);
        skip_because("the shared data are absent");
    }
    read_rows(file);
    fclose(file);
    free(table);
    assert_true(n_rows > 50);
    size_t n_strays = 0;
    for (size_t first = 0, n; first < n_rows; first += 2 * n) {
        sb_span words[MAX_ROWS];
        char name[128];
        snprintf(name, sizeof name, "data/emu-ae/%s", rows[first].file);
        char *path = shared_path(name);
        sb_band_levels levels;
        read_levels(&levels, path);
        n = collect_words(words, first);
        assert_true(n > 0);
        n_strays += count_strays(&levels, &rows[first], words, n);
        sb_band_levels_finish(&levels);
        free(path);
    }
    assert_true(n_strays <= n_rows / 20);
}

/* Silence, then a hum of many tones from 0.5 s on. */
static void make_burst(sb_band_levels *levels, float gain)
{
    static float samples[SB_BAND_HZ];
    for (int i = 0; i < SB_BAND_HZ; i++)
        samples[i] = i < SB_BAND_HZ / 2
                         ? 0
                         : gain * (float)(sin(0.1 * i) + sin(0.3 * i) + sin(0.7 * i) + sin(1.3 * i));
    sb_bands_maker *maker;
    assert_int_equal(sb_bands_maker_create(&maker, NULL), SB_OK);
    assert_int_equal(sb_bands_push(maker, samples, SB_BAND_HZ, NULL), SB_OK);
    assert_int_equal(sb_bands_end(maker, levels, NULL), SB_OK);
    sb_bands_maker_free(&maker);
}

static sb_time onset_of_burst(float gain)
{
    sb_band_levels levels;
    sb_boundary_scale scale;
    const sb_span word = {500 * SB_TIME_MS, 1000 * SB_TIME_MS};
    make_burst(&levels, gain);
    assert_true(sb_boundary_scale_set(&scale, &levels, &word, 1));
    sb_time t = sb_boundary_refine(NULL, &levels, &scale, (sb_refined_edges){false, '_', 'V'},
                                   480 * SB_TIME_MS, NULL);
    sb_band_levels_finish(&levels);
    return t;
}

static void an_onset_is_found_at_any_gain(void **state)
{
    (void)state;
    sb_time loud = onset_of_burst(0.2f), soft = onset_of_burst(0.01f);
    assert_true(llabs(loud - 500 * SB_TIME_MS) < 5 * SB_TIME_MS);
    assert_true(llabs(loud - soft) < SB_TIME_MS);
}

static void boundaries_of_unknown_classes_do_not_move(void **state)
{
    (void)state;
    sb_band_levels levels, none = {0};
    sb_boundary_scale scale;
    const sb_span word = {500 * SB_TIME_MS, 1000 * SB_TIME_MS}, silent = {0, 400 * SB_TIME_MS};
    float peak = 1;
    make_burst(&levels, 0.2f);
    assert_true(sb_boundary_scale_set(&scale, &levels, &word, 1));
    assert_int_equal(sb_boundary_refine(NULL, &levels, &scale, (sb_refined_edges){true, '_', 'V'}, 7, &peak),
                     7);
    assert_true(peak == 0);
    assert_int_equal(sb_boundary_refine(NULL, &levels, &scale, (sb_refined_edges){false, 'V', 'X'}, 7, NULL),
                     7);
    assert_int_equal(sb_boundary_refine(NULL, &levels, &scale, (sb_refined_edges){false, 0, 0}, 7, NULL), 7);
    assert_int_equal(sb_boundary_refine(NULL, &levels, &scale, (sb_refined_edges){false, 'V', '_'}, 7, NULL),
                     7);
    assert_int_equal(sb_boundary_refine(NULL, &none, &scale, (sb_refined_edges){false, 'V', 'V'}, 7, NULL),
                     7);
    assert_false(sb_boundary_scale_set(&scale, &levels, &silent, 1));
    assert_false(sb_boundary_scale_set(&scale, &levels, NULL, 0));
    sb_band_levels_finish(&levels);
}

static void times_outside_the_sound_are_safe(void **state)
{
    (void)state;
    sb_band_levels levels;
    sb_boundary_scale scale;
    const sb_span word = {-SB_TIME_SECOND, 9 * SB_TIME_SECOND};
    make_burst(&levels, 0.2f);
    assert_true(sb_boundary_scale_set(&scale, &levels, &word, 1));
    for (int64_t s = -2; s < 9; s++) {
        sb_time t = sb_boundary_refine(NULL, &levels, &scale, (sb_refined_edges){false, 'V', 'N'},
                                       s * SB_TIME_SECOND, NULL);
        assert_true(llabs(t - s * SB_TIME_SECOND) < 80 * SB_TIME_MS);
    }
    sb_band_levels_finish(&levels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_boundaries_are_found),
        cmocka_unit_test(an_onset_is_found_at_any_gain),
        cmocka_unit_test(boundaries_of_unknown_classes_do_not_move),
        cmocka_unit_test(times_outside_the_sound_are_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
