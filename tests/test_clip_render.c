#include "support_sound.h"

#include "media/loudness.h"
#include "soundbite/clip.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define N_TURNS 8
#define RATE    44100
#define SECONDS 24

static char *folder;

/* An episode of N_TURNS turns of two words; turn i speaks from 3 i + 0.6 s to 3 i + 2.4 s. */
typedef struct episode {
    sound sound;
    char path[512];
    sb_alignment alignment;
    sb_aligned_turn turns[N_TURNS];
    sb_aligned_word words[N_TURNS][2];
    sb_span speech[N_TURNS];
    sb_match matches[N_TURNS];
    char paths[N_TURNS][512];
    sb_clip_request requests[N_TURNS];
    sb_clip_result results[N_TURNS];
} episode;

static sb_time ms(int64_t value)
{
    return value * SB_TIME_MS;
}

static void fill_alignment(episode *e)
{
    sb_alignment *a = &e->alignment;
    a->audio.path = e->path;
    a->audio.sample_rate = RATE;
    a->audio.seek_safe = true;
    a->audio.duration = SECONDS * SB_TIME_SECOND;
    a->method = SB_METHOD_ENERGY;
    a->turns = e->turns;
    a->speech = e->speech;
    a->n_turns = a->n_speech = N_TURNS;
    for (int i = 0; i < N_TURNS; i++) {
        sb_time start = ms(3000 * i + 600), end = ms(3000 * i + 2400), middle = ms(3000 * i + 1500);
        e->words[i][0] =
            (sb_aligned_word){.text = (char *)"one", .start = start, .end = middle, .confidence = 1};
        e->words[i][1] =
            (sb_aligned_word){.text = (char *)"two.", .start = middle, .end = end, .confidence = 1};
        e->speech[i] = (sb_span){start, end};
        e->turns[i] = (sb_aligned_turn){.speaker = (char *)"Ada",
                                        .stamp = start,
                                        .start = start,
                                        .end = end,
                                        .confidence = 1,
                                        .words = e->words[i],
                                        .n_words = 2};
        e->matches[i] = (sb_match){.number = (size_t)i + 1,
                                   .first_turn = (size_t)i,
                                   .last_turn = (size_t)i,
                                   .last_word = 1,
                                   .speaker = "Ada",
                                   .text = (char *)"one two.",
                                   .span = {start, end},
                                   .confidence = 1};
    }
}

/* Silence between the turns, where the pauses are; `extension` is the format of the episode. */
static void make_episode(episode *e, int channels, const char *extension)
{
    memset(e, 0, sizeof *e);
    sound_make(&e->sound, channels, RATE, SECONDS, 77);
    for (size_t i = 0; i < e->sound.n_samples; i++) {
        size_t in_turn = i % (3 * RATE);
        for (int c = 0; c < channels; c++)
            if (in_turn < RATE * 6 / 10 || in_turn >= RATE * 24 / 10)
                e->sound.planes[c][i] = (float)((int)(i * 7919 % 9) - 4) / 32768;
    }
    snprintf(e->path, sizeof e->path, "%s/episode.%s", folder, extension);
    assert_int_equal(sound_write(&e->sound, e->path, extension, NULL, NULL), SB_OK);
    fill_alignment(e);
    e->alignment.audio.channels = channels;
    assert_int_equal(sb_file_sha256(e->alignment.audio.sha256, e->path, NULL), SB_OK);
}

static void finish_episode(episode *e)
{
    for (int i = 0; i < N_TURNS; i++)
        sb_clip_result_finish(&e->results[i]);
    sound_finish(&e->sound);
    unlink(e->path);
}

static sb_status render(episode *e, size_t n, const char *name, const char *extension,
                        const sb_clip_params *params, sb_error *err)
{
    for (size_t i = 0; i < n; i++) {
        sb_clip_result_finish(&e->results[i]);
        snprintf(e->paths[i], sizeof e->paths[i], "%s/%s-%zu.%s", folder, name, i, extension);
        e->requests[i] = (sb_clip_request){.path = e->paths[i], .match = &e->matches[i]};
    }
    return sb_clip_render(e->results, e->path, &e->alignment, e->requests, n, params, NULL, err);
}

static void render_ok(episode *e, size_t n, const char *name, const char *extension,
                      const sb_clip_params *params)
{
    sb_error err = {0};
    if (render(e, n, name, extension, params, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < n; i++)
        if (e->results[i].status)
            fail_msg("clip %zu: %s", i, e->results[i].error.message);
}

static sb_clip_params as_it_is(void)
{
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.loudness_lufs = NAN;
    params.overwrite = true;
    return params;
}

static void check_against(const sound *whole, const sb_clip_result *result)
{
    sound clip;
    sound_decode(&clip, result->file, whole->channels, RATE);
    assert_int_equal(clip.n_samples, result->end_sample - result->start_sample);
    int64_t fade_in = sb_time_to_samples(result->cut.fade_in, RATE);
    int64_t fade_out = sb_time_to_samples(result->cut.fade_out, RATE);
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
    episode e;
    sb_clip_params params = as_it_is();
    make_episode(&e, 2, "wav");
    for (int safe = 0; safe < 2; safe++)
        for (int i = 0; i < 2; i++) {
            e.alignment.audio.seek_safe = safe;
            render_ok(&e, N_TURNS, "exact", extensions[i], &params);
            for (int k = 0; k < N_TURNS; k++)
                check_against(&e.sound, &e.results[k]);
        }
    assert_int_equal(e.results[1].lead, ms(150));
    assert_int_equal(e.results[1].tail, ms(300));
    assert_int_equal(e.results[1].start_sample, (int64_t)RATE * 3450 / 1000);
    finish_episode(&e);
}

static void clips_of_lossy_sources_are_the_full_decode(void **user)
{
    (void)user;
    static const char *const extensions[] = {"mp3", "m4a"};
    sb_clip_params params = as_it_is();
    for (int i = 0; i < 2; i++) {
        episode e;
        sound whole;
        make_episode(&e, 2, extensions[i]);
        sound_decode(&whole, e.path, 2, RATE);
        for (int c = 0; c < 2; c++)
            for (size_t k = 0; k < whole.n_samples; k++)
                whole.planes[c][k] = (float)rint(whole.planes[c][k] * 32768.0) / 32768;
        render_ok(&e, 1, "lossy", "wav", &params);
        check_against(&whole, &e.results[0]);
        e.alignment.audio.seek_safe = false;
        render_ok(&e, N_TURNS, "lossy", "wav", &params);
        for (int k = 0; k < N_TURNS; k++)
            check_against(&whole, &e.results[k]);
        sound_finish(&whole);
        finish_episode(&e);
    }
}

static void check_lossy(const char *extension, int rate, double least)
{
    episode e;
    sb_clip_params params = as_it_is();
    make_episode(&e, 1, "wav");
    render_ok(&e, 2, "place", extension, &params);
    const sb_clip_result *result = &e.results[1];
    int64_t n = result->end_sample - result->start_sample;
    sound clip, expected = {.channels = 1, .sample_rate = rate};
    sound_decode(&clip, result->file, 1, rate);
    assert_true(llabs((int64_t)clip.n_samples - (n * rate + RATE / 2) / RATE) <=
                (strcmp(extension, "m4a") ? 0 : 1023));
    expected.n_samples = (size_t)(n * rate / RATE);
    expected.planes[0] = malloc(expected.n_samples * sizeof(float));
    for (size_t i = 0; i < expected.n_samples; i++) {
        double at = (double)result->start_sample + (double)i * RATE / rate, whole = floor(at);
        const float *source = e.sound.planes[0] + (size_t)whole;
        expected.planes[0][i] = (float)(source[0] + (source[1] - source[0]) * (at - whole));
    }
    double alike;
    int shift = sound_shift(&expected, &clip, 40, &alike);
    if (shift != 0 || alike < least)
        fail_msg("%s is shifted by %d, correlation %.3f", extension, shift, alike);
    sound_finish(&expected);
    sound_finish(&clip);
    finish_episode(&e);
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
    episode e;
    char first[N_TURNS][65];
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.overwrite = true;
    make_episode(&e, 2, "wav");
    for (int way = 0; way < 4; way++) {
        params.jobs = way % 2 ? 4 : 1;
        e.alignment.audio.seek_safe = way / 2;
        render_ok(&e, N_TURNS, "same", "mp3", &params);
        for (int i = 0; i < N_TURNS; i++) {
            if (way)
                assert_string_equal(e.results[i].sha256, first[i]);
            memcpy(first[i], e.results[i].sha256, 65);
            assert_int_equal(strlen(first[i]), 64);
        }
    }
    finish_episode(&e);
}

static void add_breath(episode *e, int from_ms, int until_ms)
{
    for (size_t i = (size_t)from_ms * RATE / 1000; i < (size_t)until_ms * RATE / 1000; i++)
        for (int c = 0; c < e->sound.channels; c++)
            e->sound.planes[c][i] = (float)((int)(i * 7919 % 401) - 200) / 32768;
}

/* Tails end at 3 i + 2.7 s, leads begin at 3 i + 0.45 s. */
static void breaths_are_whole_or_out(void **user)
{
    (void)user;
    episode e;
    sb_clip_params params = as_it_is();
    make_episode(&e, 2, "flac");
    add_breath(&e, 2560, 2740); /* its end is nearer */
    add_breath(&e, 5660, 5900); /* its beginning is nearer */
    add_breath(&e, 3350, 3470); /* the same at a start: out */
    add_breath(&e, 6430, 6550); /* and in */
    assert_int_equal(sound_write(&e.sound, e.path, "flac", NULL, NULL), SB_OK);
    assert_int_equal(sb_file_sha256(e.alignment.audio.sha256, e.path, NULL), SB_OK);
    for (int way = 0; way < 4; way++) {
        e.alignment.audio.seek_safe = way / 2;
        params.dry_run = way % 2;
        render_ok(&e, N_TURNS, "breath", "wav", &params);
        const int64_t ms_each = RATE / 1000;
        assert_in_range(e.results[0].end_sample, 2740 * ms_each, 2775 * RATE / 1000);
        assert_in_range(e.results[1].end_sample, 5640 * ms_each, 5660 * RATE / 1000);
        assert_in_range(e.results[1].start_sample, 3470 * ms_each, 3490 * RATE / 1000);
        assert_in_range(e.results[2].start_sample, 6400 * ms_each, 6430 * RATE / 1000);
        assert_int_equal(e.results[3].start_sample, (int64_t)RATE * 9450 / 1000);
        assert_true(e.results[0].tail > ms(335) && e.results[1].tail < ms(260));
        assert_true(e.results[1].cut.fade_in <= e.results[1].lead);
        if (!params.dry_run)
            for (int i = 0; i < N_TURNS; i++)
                check_against(&e.sound, &e.results[i]);
    }
    finish_episode(&e);
}

static double ffmpeg_loudness(const char *path)
{
    char *line = command_line(
        "ffmpeg -nostdin -hide_banner -i '%s' -af ebur128 -f null - 2>&1 | grep -A2 Integrated | "
        "grep 'I:' | tail -1 | awk '{print $2}'",
        path);
    double lufs = strtod(line, NULL);
    free(line);
    return lufs;
}

static void loudness_reaches_its_target(void **user)
{
    (void)user;
    episode e;
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.overwrite = true;
    make_episode(&e, 2, "wav");
    e.matches[0].last_turn = 2;
    e.matches[0].span.end = e.matches[2].span.end;
    static const char *const extensions[] = {"wav", "mp3", "m4a", "opus"};
    for (int i = 0; i < 4; i++) {
        render_ok(&e, 1, "loud", extensions[i], &params);
        const sb_clip_result *result = &e.results[0];
        assert_true(fabs(ffmpeg_loudness(result->file) - -16) <= 0.5);
        assert_true(fabs(result->loudness_lufs - -16) <= 0.15);
        assert_true(result->true_peak_db <= -1);
        assert_int_equal(result->n_warnings, 0);
    }
    params.loudness_lufs = -9;
    render_ok(&e, 1, "loud", "wav", &params);
    assert_true(e.results[0].true_peak_db <= -1 && e.results[0].true_peak_db > -2);
    assert_true(fabs(ffmpeg_loudness(e.results[0].file) - e.results[0].loudness_lufs) <= 0.2);
    finish_episode(&e);
}

/* ffmpeg's own meters, on the decoded file. */
static double ffmpeg_true_peak(const char *path)
{
    char *line = command_line("ffmpeg -nostdin -hide_banner -i '%s' -af ebur128=peak=true -f null - 2>&1 | "
                              "grep -A20 Summary | grep 'Peak:' | awk '{print $2}'",
                              path);
    double db = strtod(line, NULL);
    free(line);
    return db;
}

/* From an MP3, which has nothing at the upper end of its band, where no two meters of true peaks agree. */
static void the_figures_are_those_of_the_decoded_file(void **user)
{
    (void)user;
    static const char *const extensions[] = {"wav", "flac", "mp3", "m4a", "opus"};
    episode e;
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.overwrite = true;
    params.loudness_lufs = -11;
    make_episode(&e, 1, "mp3");
    e.matches[0].last_turn = 2;
    e.matches[0].span.end = e.matches[2].span.end;
    for (int i = 0; i < 5; i++) {
        render_ok(&e, 1, "figures", extensions[i], &params);
        const sb_clip_result *result = &e.results[0];
        double peak_db = ffmpeg_true_peak(result->file), lufs = ffmpeg_loudness(result->file) + 3.01;
        if (result->true_peak_db > -1 || peak_db > -1 || fabs(peak_db - result->true_peak_db) > 0.15)
            fail_msg("%s: %.2f dBTP in the manifest, %.2f by ffmpeg", extensions[i], result->true_peak_db,
                     peak_db);
        if (fabs(result->loudness_lufs - -11) > 0.3 || fabs(lufs - result->loudness_lufs) > 0.1)
            fail_msg("%s: %.2f LUFS in the manifest, %.2f by ffmpeg", extensions[i], result->loudness_lufs,
                     lufs);
        assert_int_equal(result->n_warnings, 0);
    }
    finish_episode(&e);
}

static void short_clips_say_how_they_were_measured(void **user)
{
    (void)user;
    episode e;
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.overwrite = true;
    make_episode(&e, 1, "wav");
    render_ok(&e, 1, "short", "wav", &params);
    assert_int_equal(e.results[0].n_warnings, 1);
    assert_non_null(strstr(e.results[0].warnings[0], "400 ms"));
    finish_episode(&e);
}

/* Ada says the first half, Ben the rest more softly; every other turn is 12 dB under the one before. */
static void make_dialogue(episode *e)
{
    make_episode(e, 2, "wav");
    for (size_t i = 0; i < e->sound.n_samples; i++) {
        size_t turn = i / (3 * RATE);
        float gain = (turn % 2 ? 0.25f : 1) * (turn < N_TURNS / 2 ? 0.5f : 0.2f);
        for (int c = 0; c < 2; c++)
            e->sound.planes[c][i] *= gain;
    }
    assert_int_equal(sound_write(&e->sound, e->path, "wav", NULL, NULL), SB_OK);
    assert_int_equal(sb_file_sha256(e->alignment.audio.sha256, e->path, NULL), SB_OK);
    for (int i = N_TURNS / 2; i < N_TURNS; i++) {
        e->turns[i].speaker = (char *)"Ben";
        e->matches[i].speaker = "Ben";
    }
}

/* The loudness of turns [first, until) on end, or of everything. */
static double loudness_of(const episode *e, int first, int until, bool everything)
{
    sb_loudness_meter *meter;
    sb_loudness_kind kind;
    assert_int_equal(sb_loudness_meter_create(&meter, RATE, 2, NULL), SB_OK);
    for (int i = first; i < until; i++) {
        size_t from = (size_t)(3 * RATE * i), n = 3 * RATE;
        if (!everything) {
            from += RATE * 6 / 10;
            n = RATE * 18 / 10;
        }
        const float *at[2] = {e->sound.planes[0] + from, e->sound.planes[1] + from};
        assert_int_equal(sb_loudness_meter_push(meter, at, n, NULL), SB_OK);
    }
    double lufs = sb_loudness_meter_read(meter, &kind);
    sb_loudness_meter_free(&meter);
    return lufs;
}

static void clips_keep_their_relations_where_that_is_wanted(void **user)
{
    (void)user;
    episode e;
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.overwrite = true;
    params.loudness_lufs = -24;
    make_dialogue(&e);
    double ada = -24 - loudness_of(&e, 0, N_TURNS / 2, false);
    double ben = -24 - loudness_of(&e, N_TURNS / 2, N_TURNS, false);
    double all = -24 - loudness_of(&e, 0, N_TURNS, true);
    assert_true(ben > ada + 5);
    for (int safe = 0; safe < 2; safe++) {
        e.alignment.audio.seek_safe = safe;
        params.loudness_of = SB_LOUDNESS_OF_SPEAKER;
        render_ok(&e, N_TURNS, "relations", "wav", &params);
        for (int i = 0; i < N_TURNS; i++) {
            assert_true(fabs(e.results[i].gain_db - (i < N_TURNS / 2 ? ada : ben)) < 0.05);
            assert_int_equal(e.results[i].n_warnings, 0);
        }
        assert_true(e.results[0].loudness_lufs > e.results[1].loudness_lufs + 10);
        params.loudness_of = SB_LOUDNESS_OF_EPISODE;
        render_ok(&e, N_TURNS, "relations", "wav", &params);
        for (int i = 0; i < N_TURNS; i++)
            assert_true(fabs(e.results[i].gain_db - all) < 0.05);
    }
    finish_episode(&e);
}

static void a_reference_of_silence_leaves_the_level_and_says_so(void **user)
{
    (void)user;
    episode e;
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.loudness_of = SB_LOUDNESS_OF_EPISODE;
    params.no_certificate = true;
    make_episode(&e, 1, "wav");
    memset(e.sound.planes[0], 0, e.sound.n_samples * sizeof(float));
    assert_int_equal(sound_write(&e.sound, e.path, "wav", NULL, NULL), SB_OK);
    assert_int_equal(sb_file_sha256(e.alignment.audio.sha256, e.path, NULL), SB_OK);
    render_ok(&e, 1, "silent", "mp3", &params);
    assert_true(e.results[0].gain_db == 0 && isnan(e.results[0].loudness_lufs));
    assert_int_equal(e.results[0].n_warnings, 1);
    assert_non_null(strstr(e.results[0].warnings[0], "episode's loudness"));
    finish_episode(&e);
}

static void rate_and_channels_can_be_changed(void **user)
{
    (void)user;
    episode e;
    sound clip;
    sb_clip_params params = as_it_is();
    params.sample_rate = 16000;
    params.channels = 1;
    make_episode(&e, 2, "wav");
    render_ok(&e, 1, "mixed", "wav", &params);
    int64_t n = e.results[0].end_sample - e.results[0].start_sample;
    sound_decode(&clip, e.results[0].file, 1, 16000);
    assert_int_equal(clip.n_samples, (n * 16000 + RATE / 2) / RATE);
    assert_int_equal(e.results[0].source_rate, RATE);
    sound_finish(&clip);
    finish_episode(&e);
}

static void another_file_is_refused(void **user)
{
    (void)user;
    episode e;
    sb_error err = {0};
    make_episode(&e, 1, "wav");
    e.alignment.audio.sha256[0] = e.alignment.audio.sha256[0] == 'a' ? 'b' : 'a';
    e.alignment.audio.path = (char *)"other.wav";
    assert_int_equal(render(&e, 1, "other", "wav", NULL, &err), SB_ERR_MISMATCH);
    assert_non_null(strstr(err.message, "other.wav"));
    assert_non_null(strstr(err.file, "episode.wav"));
    assert_int_equal(access(e.paths[0], F_OK), -1);
    finish_episode(&e);
}

static void existing_files_are_kept(void **user)
{
    (void)user;
    episode e;
    char before[65], after[65];
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    make_episode(&e, 1, "wav");
    render_ok(&e, 1, "kept", "wav", &params);
    sb_file_sha256(before, e.paths[0], NULL);
    params.cut.lead = ms(20);
    assert_int_equal(render(&e, 2, "kept", "wav", &params, NULL), SB_OK);
    assert_int_equal(e.results[0].status, SB_ERR_EXISTS);
    assert_int_equal(e.results[1].status, SB_OK);
    sb_file_sha256(after, e.paths[0], NULL);
    assert_string_equal(before, after);
    finish_episode(&e);
}

static void a_dry_run_writes_nothing(void **user)
{
    (void)user;
    episode e;
    sb_clip_params params = SB_CLIP_PARAMS_DEFAULT;
    params.dry_run = true;
    make_episode(&e, 1, "wav");
    render_ok(&e, 2, "new/dry", "wav", &params);
    assert_int_equal(e.results[1].start_sample, (int64_t)RATE * 3450 / 1000);
    assert_string_equal(e.results[1].codec, "pcm_s16le");
    assert_int_equal(access(e.paths[0], F_OK), -1);
    params.dry_run = false;
    render_ok(&e, 2, "new/dry", "wav", &params);
    assert_int_equal(access(e.paths[1], F_OK), 0);
    finish_episode(&e);
}

static void one_failure_does_not_stop_the_rest(void **user)
{
    (void)user;
    episode e;
    sb_clip_params params = as_it_is();
    make_episode(&e, 1, "wav");
    render_ok(&e, 4, "rest", "flac", &params);
    snprintf(e.paths[0], sizeof e.paths[0], "%s/rest-3.flac/in-a-file.flac", folder);
    snprintf(e.paths[1], sizeof e.paths[1], "%s/rest.xyz", folder);
    snprintf(e.paths[2], sizeof e.paths[2], "/dev/full");
    for (int i = 0; i < 4; i++)
        sb_clip_result_finish(&e.results[i]);
    assert_int_equal(sb_clip_render(e.results, e.path, &e.alignment, e.requests, 4, &params, NULL, NULL),
                     SB_OK);
    assert_int_equal(e.results[0].status, SB_ERR_IO);
    assert_non_null(strstr(e.results[0].error.message, "Not a directory"));
    assert_int_equal(e.results[1].status, SB_ERR_UNSUPPORTED);
    assert_int_equal(e.results[2].status, SB_ERR_UNSUPPORTED);
    assert_int_equal(e.results[3].status, SB_OK);
    finish_episode(&e);
}

static void a_full_disk_leaves_nothing(void **user)
{
    (void)user;
    episode e;
    char link[512];
    make_episode(&e, 1, "wav");
    snprintf(link, sizeof link, "%s/full.mp3", folder);
    assert_int_equal(symlink("/dev/full", link), 0);
    e.requests[0] = (sb_clip_request){.path = link, .match = &e.matches[0]};
    sb_clip_params params = as_it_is();
    assert_int_equal(sb_clip_render(e.results, e.path, &e.alignment, e.requests, 1, &params, NULL, NULL),
                     SB_OK);
    assert_int_equal(e.results[0].status, SB_ERR_IO);
    assert_true(e.results[0].error.file[0]);
    char *line = command_line("find '%s' -name '.*part'", folder);
    assert_string_equal(line, "");
    free(line);
    unlink(link);
    finish_episode(&e);
}

static bool cancel_soon(void *user)
{
    return ++*(int *)user > 3;
}

static void an_interruption_leaves_nothing_half_done(void **user)
{
    (void)user;
    for (int safe = 0; safe < 2; safe++) {
        episode e;
        int calls = 0;
        sb_monitor monitor = {.user = &calls, .cancelled = cancel_soon};
        sb_clip_params params = as_it_is();
        params.monitor = &monitor;
        make_episode(&e, 1, "wav");
        e.alignment.audio.seek_safe = safe;
        assert_int_equal(render(&e, N_TURNS, "stopped", "mp3", &params, NULL), SB_ERR_INTERRUPTED);
        char *line = command_line("find '%s' -name '*stopped*part'", folder);
        assert_string_equal(line, "");
        free(line);
        for (int i = 0; i < N_TURNS; i++)
            assert_true((e.results[i].status == SB_OK) == (access(e.paths[i], F_OK) == 0));
        finish_episode(&e);
    }
}

static int make_folder(void **user)
{
    (void)user;
    folder = folder_make();
    return 0;
}

static int remove_folder(void **user)
{
    (void)user;
    folder_remove(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wav_and_flac_are_sample_exact),
        cmocka_unit_test(clips_of_lossy_sources_are_the_full_decode),
        cmocka_unit_test(lossy_clips_have_their_place_and_length),
        cmocka_unit_test(results_do_not_depend_on_threads_or_way),
        cmocka_unit_test(breaths_are_whole_or_out),
        cmocka_unit_test(loudness_reaches_its_target),
        cmocka_unit_test(the_figures_are_those_of_the_decoded_file),
        cmocka_unit_test(short_clips_say_how_they_were_measured),
        cmocka_unit_test(clips_keep_their_relations_where_that_is_wanted),
        cmocka_unit_test(a_reference_of_silence_leaves_the_level_and_says_so),
        cmocka_unit_test(rate_and_channels_can_be_changed),
        cmocka_unit_test(another_file_is_refused),
        cmocka_unit_test(existing_files_are_kept),
        cmocka_unit_test(a_dry_run_writes_nothing),
        cmocka_unit_test(one_failure_does_not_stop_the_rest),
        cmocka_unit_test(a_full_disk_leaves_nothing),
        cmocka_unit_test(an_interruption_leaves_nothing_half_done),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
