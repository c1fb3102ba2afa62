#include "support_clip.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static sb_time ms(int64_t value)
{
    return value * SB_TIME_MS;
}

static void check_against(const sound *whole, const sb_clip_result *result)
{
    sound clip;
    sound_decode(&clip, result->file, whole->channels, CLIP_RATE);
    assert_int_equal(clip.n_samples, result->end_sample - result->start_sample);
    int64_t fade_in = sb_time_to_samples(result->cut.fade_in, CLIP_RATE);
    int64_t fade_out = sb_time_to_samples(result->cut.fade_out, CLIP_RATE);
    assert_true(fade_in > 0 && fade_out > 0);
    for (int c = 0; c < whole->channels; c++) {
        for (int64_t i = fade_in; i < (int64_t)clip.n_samples - fade_out; i++)
            assert_true(clip.planes[c][i] == whole->planes[c][result->start_sample + i]);
        assert_true(fabsf(clip.planes[c][0]) <= 2.0f / 32768);
        assert_true(fabsf(clip.planes[c][clip.n_samples - 1]) <= 2.0f / 32768);
    }
    sound_finish(&clip);
}

static void wav_and_flac_are_sample_exact(void **user)
{
    (void)user;
    static const char *const extensions[] = {"wav", "flac"};
    clip_episode e;
    sb_clip_params params = clip_params_as_it_is();
    clip_episode_make(&e, group_folder, 2, "wav");
    for (int safe = 0; safe < 2; safe++)
        for (int i = 0; i < 2; i++) {
            e.alignment.audio.seek_safe = safe;
            clip_episode_render_ok(&e, CLIP_N_TURNS, "exact", extensions[i], &params);
            for (int k = 0; k < CLIP_N_TURNS; k++)
                check_against(&e.sound, &e.results[k]);
        }
    assert_int_equal(e.results[1].lead, ms(150));
    assert_int_equal(e.results[1].tail, ms(300));
    assert_int_equal(e.results[1].start_sample, (int64_t)CLIP_RATE * 3450 / 1000);
    clip_episode_finish(&e);
}

static void clips_of_lossy_sources_are_the_full_decode(void **user)
{
    (void)user;
    static const char *const extensions[] = {"mp3", "m4a"};
    sb_clip_params params = clip_params_as_it_is();
    for (int i = 0; i < 2; i++) {
        clip_episode e;
        sound whole;
        clip_episode_make(&e, group_folder, 2, extensions[i]);
        sound_decode(&whole, e.path, 2, CLIP_RATE);
        for (int c = 0; c < 2; c++)
            for (size_t k = 0; k < whole.n_samples; k++)
                whole.planes[c][k] = (float)rint(whole.planes[c][k] * 32768.0) / 32768;
        clip_episode_render_ok(&e, 1, "lossy", "wav", &params);
        check_against(&whole, &e.results[0]);
        e.alignment.audio.seek_safe = false;
        clip_episode_render_ok(&e, CLIP_N_TURNS, "lossy", "wav", &params);
        for (int k = 0; k < CLIP_N_TURNS; k++)
            check_against(&whole, &e.results[k]);
        sound_finish(&whole);
        clip_episode_finish(&e);
    }
}

static void check_lossy(const char *extension, int rate, double least)
{
    clip_episode e;
    sb_clip_params params = clip_params_as_it_is();
    clip_episode_make(&e, group_folder, 1, "wav");
    clip_episode_render_ok(&e, 2, "place", extension, &params);
    const sb_clip_result *result = &e.results[1];
    int64_t n = result->end_sample - result->start_sample;
    sound clip, expected = {.channels = 1, .sample_rate = rate};
    sound_decode(&clip, result->file, 1, rate);
    assert_true(llabs((int64_t)clip.n_samples - (n * rate + CLIP_RATE / 2) / CLIP_RATE) <=
                (strcmp(extension, "m4a") ? 0 : 1023));
    expected.n_samples = (size_t)(n * rate / CLIP_RATE);
    expected.planes[0] = malloc(expected.n_samples * sizeof(float));
    for (size_t i = 0; i < expected.n_samples; i++) {
        double at = (double)result->start_sample + (double)i * CLIP_RATE / rate, whole = floor(at);
        const float *source = e.sound.planes[0] + (size_t)whole;
        expected.planes[0][i] = (float)(source[0] + (source[1] - source[0]) * (at - whole));
    }
    double alike;
    int shift = sound_shift(&expected, &clip, 40, &alike);
    if (shift != 0 || alike < least)
        fail_msg("%s is shifted by %d, correlation %.3f", extension, shift, alike);
    sound_finish(&expected);
    sound_finish(&clip);
    clip_episode_finish(&e);
}

static void lossy_clips_have_their_place_and_length(void **user)
{
    (void)user;
    check_lossy("mp3", 44100, 0.8);
    check_lossy("m4a", 44100, 0.8);
    check_lossy("opus", 48000, 0.8);
}

static void results_do_not_depend_on_threads_or_way(void **user)
{
    (void)user;
    clip_episode e;
    char first[CLIP_N_TURNS][65];
    sb_clip_params params = {0};
    clip_episode_make(&e, group_folder, 2, "wav");
    for (int way = 0; way < 4; way++) {
        e.render.jobs = way % 2 ? 4 : 1;
        e.alignment.audio.seek_safe = way / 2;
        clip_episode_render_ok(&e, CLIP_N_TURNS, "same", "mp3", &params);
        for (int i = 0; i < CLIP_N_TURNS; i++) {
            if (way)
                assert_string_equal(e.results[i].sha256, first[i]);
            memcpy(first[i], e.results[i].sha256, 65);
            assert_int_equal(strlen(first[i]), 64);
        }
    }
    clip_episode_finish(&e);
}

static void add_breath(clip_episode *e, int from_ms, int until_ms)
{
    for (size_t i = (size_t)from_ms * CLIP_RATE / 1000; i < (size_t)until_ms * CLIP_RATE / 1000; i++)
        for (int c = 0; c < e->sound.channels; c++)
            e->sound.planes[c][i] = (float)((int)(i * 7919 % 401) - 200) / 32768;
}

/* Tails end at 3 i + 2.7 s; leads start at 3 i + 0.45 s. */
static void breaths_are_whole_or_out(void **user)
{
    (void)user;
    clip_episode e;
    sb_clip_params params = clip_params_as_it_is();
    clip_episode_make(&e, group_folder, 2, "flac");
    add_breath(&e, 2560, 2740); /* its end is nearer */
    add_breath(&e, 5660, 5900); /* its start is nearer */
    add_breath(&e, 3350, 3470); /* the same at a start: left out */
    add_breath(&e, 6430, 6550); /* and included */
    clip_episode_save(&e, "flac");
    for (int way = 0; way < 4; way++) {
        e.alignment.audio.seek_safe = way / 2;
        e.render.dry_run = way % 2;
        clip_episode_render_ok(&e, CLIP_N_TURNS, "breath", "wav", &params);
        const int64_t ms_each = CLIP_RATE / 1000;
        assert_in_range(e.results[0].end_sample, 2740 * ms_each, 2775 * CLIP_RATE / 1000);
        assert_in_range(e.results[1].end_sample, 5640 * ms_each, 5660 * CLIP_RATE / 1000);
        assert_in_range(e.results[1].start_sample, 3470 * ms_each, 3490 * CLIP_RATE / 1000);
        assert_in_range(e.results[2].start_sample, 6400 * ms_each, 6430 * CLIP_RATE / 1000);
        assert_int_equal(e.results[3].start_sample, (int64_t)CLIP_RATE * 9450 / 1000);
        assert_true(e.results[0].tail > ms(335) && e.results[1].tail < ms(260));
        assert_true(e.results[1].cut.fade_in <= e.results[1].lead);
        if (!e.render.dry_run)
            for (int i = 0; i < CLIP_N_TURNS; i++)
                check_against(&e.sound, &e.results[i]);
    }
    clip_episode_finish(&e);
}

static void rate_and_channels_can_be_changed(void **user)
{
    (void)user;
    clip_episode e;
    sound clip;
    sb_clip_params params = clip_params_as_it_is();
    params.sample_rate = 16000;
    params.channels = 1;
    clip_episode_make(&e, group_folder, 2, "wav");
    clip_episode_render_ok(&e, 1, "mixed", "wav", &params);
    int64_t n = e.results[0].end_sample - e.results[0].start_sample;
    sound_decode(&clip, e.results[0].file, 1, 16000);
    assert_int_equal(clip.n_samples, (n * 16000 + CLIP_RATE / 2) / CLIP_RATE);
    assert_int_equal(e.results[0].source_rate, CLIP_RATE);
    sound_finish(&clip);
    clip_episode_finish(&e);
}

static void another_file_is_refused(void **user)
{
    (void)user;
    clip_episode e;
    sb_error err = {0};
    clip_episode_make(&e, group_folder, 1, "wav");
    e.alignment.audio.sha256[0] = e.alignment.audio.sha256[0] == 'a' ? 'b' : 'a';
    e.alignment.audio.path = (char *)"other.wav";
    assert_int_equal(clip_episode_render(&e, 1, "other", "wav", NULL, &err), SB_ERR_MISMATCH);
    assert_non_null(strstr(err.message, "other.wav"));
    assert_non_null(strstr(err.file, "episode.wav"));
    assert_int_equal(access(e.paths[0], F_OK), -1);
    clip_episode_finish(&e);
}

static void no_certificate_passes_where_the_pairing_is_unsure(void **user)
{
    (void)user;
    static const sb_pairing pairings[] = {SB_PAIRING_UNSURE, SB_PAIRING_MISMATCH};
    clip_episode e;
    sb_clip_params params = clip_params_as_it_is();
    clip_episode_make(&e, group_folder, 1, "wav");
    clip_episode_render_ok(&e, 1, "sure", "wav", &params);
    assert_false(e.results[0].certificate.failed & SB_CERTIFICATE_PAIRING);
    size_t n_warnings = e.results[0].n_warnings;
    for (size_t i = 0; i < 2; i++) {
        e.alignment.pairing = pairings[i];
        params.strict = false;
        clip_episode_render_ok(&e, 1, "unsure", "wav", &params);
        assert_true(e.results[0].certificate.failed & SB_CERTIFICATE_PAIRING);
        if (pairings[i] == SB_PAIRING_UNSURE) /* the program warns once for the transcript */
            assert_int_equal(e.results[0].n_warnings, n_warnings);
        params.strict = true;
        sb_error err = {0};
        clip_episode_render(&e, 1, "strict", "wav", &params, &err);
        assert_int_equal(e.results[0].status, SB_ERR_MISMATCH);
        assert_int_equal(access(e.paths[0], F_OK), -1);
    }
    clip_episode_finish(&e);
}

static void existing_files_are_kept(void **user)
{
    (void)user;
    clip_episode e;
    char before[65], after[65];
    sb_clip_params params = {0};
    clip_episode_make(&e, group_folder, 1, "wav");
    clip_episode_render_ok(&e, 1, "kept", "wav", &params);
    e.render.overwrite = false;
    sb_file_sha256(before, e.paths[0], NULL);
    params.cut.lead = ms(20);
    assert_int_equal(clip_episode_render(&e, 2, "kept", "wav", &params, NULL), SB_OK);
    assert_int_equal(e.results[0].status, SB_ERR_EXISTS);
    assert_int_equal(e.results[1].status, SB_OK);
    sb_file_sha256(after, e.paths[0], NULL);
    assert_string_equal(before, after);
    clip_episode_finish(&e);
}

static void conflicts_are_errors_of_their_clip(void **user)
{
    (void)user;
    clip_episode e;
    static const struct {
        sb_clip_params params;
        const char *fields;
    } cases[] = {
        {{.strict = true, .no_certificate = true}, "strict,no_certificate"},
        {{.keep_level = true, .loudness_lufs = -20}, "keep_level,loudness_lufs"},
        {{.keep_level = true, .has_loudness_lufs = true}, "keep_level,loudness_lufs"},
        {{.copy = true, .cut.has_fade = true}, "copy,fade"},
        {{.copy = true, .has_true_peak_db = true}, "copy,true_peak_db"},
    };
    sb_clip_params good = clip_params_as_it_is();
    clip_episode_make(&e, group_folder, 1, "wav");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clip_episode_render_ok(&e, 2, "conflict", "wav", &good);
        sb_clip_result_finish(&e.results[0]);
        sb_clip_result_finish(&e.results[1]);
        e.requests[0].params = &cases[i].params;
        assert_int_equal(
            sb_clip_render(e.results, e.path, &e.alignment, e.requests, 2, &e.render, NULL, NULL), SB_OK);
        assert_int_equal(e.results[0].status, SB_ERR_ARGUMENT);
        assert_string_equal(e.results[0].error.field, cases[i].fields);
        assert_int_equal(e.results[1].status, SB_OK);
    }
    clip_episode_finish(&e);
}

/* 0 is the default, unless the flag beside it is set. */
static void a_flag_says_that_zero_is_meant(void **user)
{
    (void)user;
    clip_episode e;
    sb_clip_params params = {0};
    clip_episode_make(&e, group_folder, 1, "wav");
    clip_episode_render_ok(&e, 1, "zero", "wav", &params);
    assert_true(e.results[0].lead == ms(150) && e.results[0].tail == ms(300));
    assert_true(e.results[0].cut.fade_in == ms(10));
    assert_true(e.results[0].true_peak_db <= -1);
    params.cut.has_lead = params.cut.has_tail = params.cut.has_fade = true;
    params.has_true_peak_db = params.has_loudness_lufs = true;
    clip_episode_render_ok(&e, 1, "zero", "wav", &params);
    assert_true(e.results[0].lead == 0 && e.results[0].tail == 0);
    assert_true(e.results[0].cut.fade_in == ms(2));
    assert_true(e.results[0].true_peak_db > -1 && e.results[0].true_peak_db <= 0);
    clip_episode_finish(&e);
}

static void a_dry_run_writes_nothing(void **user)
{
    (void)user;
    clip_episode e;
    sb_clip_params params = {0};
    clip_episode_make(&e, group_folder, 1, "wav");
    e.render.dry_run = true;
    clip_episode_render_ok(&e, 2, "new/dry", "wav", &params);
    assert_int_equal(e.results[1].start_sample, (int64_t)CLIP_RATE * 3450 / 1000);
    assert_string_equal(e.results[1].codec, "pcm_s16le");
    assert_int_equal(access(e.paths[0], F_OK), -1);
    e.render.dry_run = false;
    clip_episode_render_ok(&e, 2, "new/dry", "wav", &params);
    assert_int_equal(access(e.paths[1], F_OK), 0);
    clip_episode_finish(&e);
}

static void one_failure_does_not_stop_the_rest(void **user)
{
    (void)user;
    clip_episode e;
    sb_clip_params params = clip_params_as_it_is();
    clip_episode_make(&e, group_folder, 1, "wav");
    clip_episode_render_ok(&e, 4, "rest", "flac", &params);
    snprintf(e.paths[0], sizeof e.paths[0], "%s/rest-3.flac/in-a-file.flac", group_folder);
    snprintf(e.paths[1], sizeof e.paths[1], "%s/rest.xyz", group_folder);
    snprintf(e.paths[2], sizeof e.paths[2], "/dev/full");
    for (int i = 0; i < 4; i++)
        sb_clip_result_finish(&e.results[i]);
    assert_int_equal(sb_clip_render(e.results, e.path, &e.alignment, e.requests, 4, &e.render, NULL, NULL),
                     SB_OK);
    assert_int_equal(e.results[0].status, SB_ERR_IO);
    assert_non_null(strstr(e.results[0].error.message, "Not a directory"));
    assert_int_equal(e.results[1].status, SB_ERR_UNSUPPORTED);
    assert_int_equal(e.results[2].status, SB_ERR_UNSUPPORTED);
    assert_int_equal(e.results[3].status, SB_OK);
    clip_episode_finish(&e);
}

static void a_full_disk_leaves_nothing(void **user)
{
    (void)user;
    clip_episode e;
    char link[512];
    clip_episode_make(&e, group_folder, 1, "wav");
    snprintf(link, sizeof link, "%s/full.mp3", group_folder);
    assert_int_equal(symlink("/dev/full", link), 0);
    e.requests[0] = (sb_clip_request){.path = link, .match = &e.matches[0]};
    assert_int_equal(sb_clip_render(e.results, e.path, &e.alignment, e.requests, 1, &e.render, NULL, NULL),
                     SB_OK);
    assert_int_equal(e.results[0].status, SB_ERR_IO);
    assert_true(e.results[0].error.file[0]);
    char *line = command_line("find '%s' -name '.*part'", group_folder);
    assert_string_equal(line, "");
    free(line);
    unlink(link);
    clip_episode_finish(&e);
}

static bool cancel_soon(void *user)
{
    return ++*(int *)user > 3;
}

static void an_interruption_leaves_nothing_half_done(void **user)
{
    (void)user;
    for (int safe = 0; safe < 2; safe++) {
        clip_episode e;
        int calls = 0;
        sb_monitor monitor = {.user = &calls, .cancelled = cancel_soon};
        sb_clip_params params = clip_params_as_it_is();
        clip_episode_make(&e, group_folder, 1, "wav");
        e.render.monitor = &monitor;
        e.alignment.audio.seek_safe = safe;
        assert_int_equal(clip_episode_render(&e, CLIP_N_TURNS, "stopped", "mp3", &params, NULL),
                         SB_ERR_INTERRUPTED);
        char *line = command_line("find '%s' -name '*stopped*part'", group_folder);
        assert_string_equal(line, "");
        free(line);
        for (int i = 0; i < CLIP_N_TURNS; i++)
            assert_true((e.results[i].status == SB_OK) == (access(e.paths[i], F_OK) == 0));
        clip_episode_finish(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wav_and_flac_are_sample_exact),
        cmocka_unit_test(clips_of_lossy_sources_are_the_full_decode),
        cmocka_unit_test(lossy_clips_have_their_place_and_length),
        cmocka_unit_test(results_do_not_depend_on_threads_or_way),
        cmocka_unit_test(breaths_are_whole_or_out),
        cmocka_unit_test(rate_and_channels_can_be_changed),
        cmocka_unit_test(another_file_is_refused),
        cmocka_unit_test(no_certificate_passes_where_the_pairing_is_unsure),
        cmocka_unit_test(existing_files_are_kept),
        cmocka_unit_test(conflicts_are_errors_of_their_clip),
        cmocka_unit_test(a_flag_says_that_zero_is_meant),
        cmocka_unit_test(a_dry_run_writes_nothing),
        cmocka_unit_test(one_failure_does_not_stop_the_rest),
        cmocka_unit_test(a_full_disk_leaves_nothing),
        cmocka_unit_test(an_interruption_leaves_nothing_half_done),
    };
    return cmocka_run_group_tests(tests, folder_begin, folder_end);
}
