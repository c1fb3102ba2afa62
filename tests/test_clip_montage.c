#include "support_memory.h"
#include "support_sound.h"

#include "soundbite/montage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define N_TURNS 4
#define RATE    44100
#define SECONDS 16
#define ROOM    0.002f

/* N_TURNS turns in a room that is never silent. Turn i is from 4 i + 1 s to 4 i + 3 s, 6 dB below the turn
 * before. */
typedef struct episode {
    sound sound;
    char path[512];
    sb_alignment alignment;
    sb_aligned_turn turns[N_TURNS];
    sb_aligned_word words[N_TURNS];
    sb_span speech[N_TURNS];
    sb_match matches[N_TURNS];
    sb_clip_request requests[N_TURNS];
    sb_clip_result results[N_TURNS];
    sb_render_params render;
} episode;

static void fill_sound(episode *e)
{
    sound_make(&e->sound, 1, RATE, SECONDS, 5);
    uint32_t noise = 1;
    for (size_t i = 0; i < e->sound.n_samples; i++) {
        size_t turn = i / (4 * RATE), in_turn = i % (4 * RATE);
        bool speaks = in_turn >= RATE && in_turn < 3 * RATE;
        noise = noise * 1664525 + 1013904223;
        float room = ROOM * (float)((double)noise / UINT32_MAX * 2 - 1);
        double voice = 0.3 * sin(2 * M_PI * 200 * (double)i / RATE) * pow(0.5, (double)turn);
        e->sound.planes[0][i] = room + (speaks ? (float)voice : 0);
    }
}

static void fill_alignment(episode *e)
{
    sb_alignment *a = &e->alignment;
    *a = (sb_alignment){.method = SB_METHOD_ENERGY,
                        .turns = e->turns,
                        .n_turns = N_TURNS,
                        .speech = e->speech,
                        .n_speech = N_TURNS};
    a->audio.path = e->path;
    a->audio.sample_rate = RATE;
    a->audio.channels = 1;
    a->audio.seek_safe = true;
    a->audio.duration = SECONDS * SB_TIME_SECOND;
    for (int i = 0; i < N_TURNS; i++) {
        sb_span span = {(4 * i + 1) * SB_TIME_SECOND, (4 * i + 3) * SB_TIME_SECOND};
        char *speaker = i < 3 ? (char *)"Ada" : (char *)"Bob";
        e->speech[i] = span;
        e->words[i] =
            (sb_aligned_word){.text = (char *)"word", .start = span.start, .end = span.end, .confidence = 1};
        e->turns[i] = (sb_aligned_turn){.speaker = speaker,
                                        .stamp = span.start,
                                        .start = span.start,
                                        .end = span.end,
                                        .confidence = 1,
                                        .words = &e->words[i],
                                        .n_words = 1};
        e->matches[i] = (sb_match){.number = (size_t)i + 1,
                                   .first_turn = (size_t)i,
                                   .last_turn = (size_t)i,
                                   .speaker = speaker,
                                   .text = (char *)"word",
                                   .span = span,
                                   .confidence = 1};
    }
}

static void make_episode(episode *e)
{
    memset(e, 0, sizeof *e);
    fill_sound(e);
    snprintf(e->path, sizeof e->path, "%s/episode.wav", group_folder);
    assert_int_equal(sound_write(&e->sound, e->path, "wav", NULL, NULL), SB_OK);
    fill_alignment(e);
    assert_int_equal(sb_file_sha256(e->alignment.audio.sha256, e->path, NULL), SB_OK);
}

static void finish_episode(episode *e)
{
    for (int i = 0; i < N_TURNS; i++)
        sb_clip_result_finish(&e->results[i]);
    sound_finish(&e->sound);
    unlink(e->path);
}

static char *in_folder(const char *name)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/%s", group_folder, name);
    return path;
}

/* Joins the first n turns, in the order of `order` or of the text. */
static void join(sb_clip_result *out, episode *e, const char *name, size_t n, const size_t *order,
                 const sb_montage_params *params)
{
    sb_error err = {0};
    sb_montage *montage;
    if (sb_montage_create(&montage, in_folder(name), n, params, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < n; i++) {
        sb_clip_result_finish(&e->results[i]);
        e->requests[i] = (sb_clip_request){.match = &e->matches[order ? order[i] : i],
                                           .params = &params->clip,
                                           .montage = montage,
                                           .part = i};
    }
    if (sb_clip_render(e->results, e->path, &e->alignment, e->requests, n, &e->render, NULL, &err) ||
        sb_montage_write(out, montage, &err))
        fail_msg("%s", err.message);
    sb_montage_free(&montage);
}

static double rms(const sound *s, sb_time from, sb_time until)
{
    double sum = 0;
    int64_t a = sb_time_to_samples(from, RATE), b = sb_time_to_samples(until, RATE);
    for (int64_t i = a; i < b; i++)
        sum += (double)s->planes[0][i] * s->planes[0][i];
    return sqrt(sum / (double)(b - a));
}

static sb_montage_params as_it_is(void)
{
    sb_montage_params params = {0};
    params.clip.keep_level = true;
    params.overwrite = true;
    return params;
}

static void quotes_are_separated_by_room_tone(void **user)
{
    (void)user;
    episode e;
    sound s;
    sb_clip_result result = {0};
    sb_montage_params params = as_it_is();
    make_episode(&e);
    params.gap = 700 * SB_TIME_MS;
    join(&result, &e, "gap.wav", 3, NULL, &params);
    assert_int_equal(result.n_joins, 3);
    sound_decode(&s, result.file, 1, RATE);
    sb_time piece = e.results[0].cut.span.end - e.results[0].cut.span.start;
    assert_int_equal(s.n_samples, sb_time_to_samples(3 * piece + 2 * params.gap, RATE));
    assert_int_equal(result.length, sb_time_from_samples((int64_t)s.n_samples, RATE));
    for (size_t i = 0; i < 3; i++) {
        const sb_join *j = &result.joins[i];
        assert_int_equal(j->place.start, (sb_time)i * (piece + params.gap));
        assert_int_equal(j->speech_place.end - j->speech_place.start, 2 * SB_TIME_SECOND);
        assert_float_equal(rms(&s, j->speech_place.start, j->speech_place.end),
                           0.3 / sqrt(2) * pow(0.5, (double)i), 0.001);
        assert_int_equal(j->gap, i ? params.gap : 0);
    }
    for (size_t i = 0; i < 2; i++)
        for (sb_time t = result.joins[i].speech_place.end + 20 * SB_TIME_MS;
             t + 50 * SB_TIME_MS < result.joins[i + 1].speech_place.start; t += 50 * SB_TIME_MS) {
            double level = rms(&s, t, t + 50 * SB_TIME_MS) / (ROOM / sqrt(3));
            if (level < 0.75 || level > 1.3)
                fail_msg("%.3f s: the room is %.2f as loud as it should be", sb_time_to_seconds(t), level);
        }
    sound_finish(&s);
    sb_clip_result_finish(&result);
    finish_episode(&e);
}

static void quotes_are_brought_to_one_level(void **user)
{
    (void)user;
    episode e;
    sound s;
    sb_clip_result result = {0};
    sb_montage_params params = {0};
    params.overwrite = true;
    make_episode(&e);
    join(&result, &e, "even.flac", N_TURNS, NULL, &params);
    assert_float_equal(result.loudness_lufs, -16, 0.1);
    sound_decode(&s, result.file, 1, RATE);
    double first = rms(&s, result.joins[0].speech_place.start, result.joins[0].speech_place.end);
    for (size_t i = 0; i < N_TURNS; i++) {
        const sb_join *j = &result.joins[i];
        assert_float_equal(rms(&s, j->speech_place.start, j->speech_place.end) / first, 1, 0.03);
        assert_float_equal(j->gain_db - result.joins[0].gain_db, 6.02 * (double)i, 0.2);
        assert_float_equal(j->loudness_lufs + j->gain_db, -16, 0.01);
    }
    assert_string_equal(result.speaker, "Ada, Bob");
    assert_int_equal(result.n_speakers, 2);
    assert_string_equal(result.joins[3].speaker, "Bob");
    sound_finish(&s);
    sb_clip_result_finish(&result);
    finish_episode(&e);
}

static void crossfades_stay_in_the_pause(void **user)
{
    (void)user;
    episode e;
    sound s;
    sb_clip_result result = {0};
    sb_montage_params params = as_it_is();
    make_episode(&e);
    params.crossfade = 5 * SB_TIME_SECOND;
    join(&result, &e, "cross.wav", 2, NULL, &params);
    const sb_join *j = &result.joins[1];
    assert_int_equal(j->gap, 0);
    assert_true(llabs(j->crossfade - 150 * SB_TIME_MS) < SB_TIME_MS);
    sound_decode(&s, result.file, 1, RATE);
    assert_float_equal(rms(&s, result.joins[0].speech_place.start, result.joins[0].speech_place.end),
                       0.3 / sqrt(2), 0.001);
    assert_float_equal(rms(&s, j->speech_place.start, j->speech_place.end), 0.15 / sqrt(2), 0.001);
    double level = rms(&s, j->place.start, j->place.start + j->crossfade) / (ROOM / sqrt(3));
    assert_true(level > 0.9 && level < 1.1);
    sound_finish(&s);
    sb_clip_result_finish(&result);
    finish_episode(&e);
}

static void the_order_of_the_parts_is_kept(void **user)
{
    (void)user;
    episode e;
    sb_clip_result result = {0}, again = {0};
    sb_montage_params params = as_it_is();
    const size_t order[] = {2, 0, 3, 1};
    make_episode(&e);
    e.render.jobs = 4;
    join(&result, &e, "order.wav", 4, order, &params);
    e.render.jobs = 1;
    e.alignment.audio.seek_safe = false;
    join(&again, &e, "order2.wav", 4, order, &params);
    assert_string_equal(result.sha256, again.sha256);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(result.joins[i].speech.start, e.matches[order[i]].span.start);
    sb_clip_result_finish(&result);
    sb_clip_result_finish(&again);
    finish_episode(&e);
}

static void a_quote_without_times_is_left_out(void **user)
{
    (void)user;
    episode e;
    sb_clip_result result = {0};
    sb_montage_params params = as_it_is();
    make_episode(&e);
    e.matches[1].span = (sb_span){SB_TIME_NONE, SB_TIME_NONE};
    join(&result, &e, "hole.wav", 3, NULL, &params);
    assert_int_equal(result.n_joins, 2);
    assert_string_equal(result.warnings[0], "quote 2 of 3 could not be cut and is missing; see its error");
    sb_clip_result_finish(&result);
    finish_episode(&e);
}

/* Whichever allocation fails, the result is an error or the whole file. */
static void every_allocation_may_fail(void **user)
{
    (void)user;
    episode e;
    sb_montage_params params = {0};
    params.overwrite = true;
    make_episode(&e);
    e.render.jobs = 1;
    sb_status status = SB_ERR_MEMORY;
    for (size_t n = 0; status; n += 1 + n / 8) {
        sb_montage *montage = NULL;
        sb_clip_result result = {0};
        sb_error err = {0};
        unlink(in_folder("fails.wav"));
        memory_fail_from(n);
        status = sb_montage_create(&montage, in_folder("fails.wav"), 2, &params, &err);
        for (size_t i = 0; i < 2; i++)
            e.requests[i] = (sb_clip_request){.match = &e.matches[i], .montage = montage, .part = i};
        if (!status)
            status = sb_clip_render(e.results, e.path, &e.alignment, e.requests, 2, &e.render, NULL, &err);
        if (!status)
            status = sb_montage_write(&result, montage, &err);
        bool refused = memory_fail_end();
        if (!status && refused)
            status = result.n_warnings ? SB_ERR_MEMORY : SB_OK;
        assert_true(status || access(in_folder("fails.wav"), R_OK) == 0);
        if (!status)
            assert_int_equal(result.n_joins, 2);
        sb_montage_free(&montage);
        sb_clip_result_finish(&result);
        for (size_t i = 0; i < 2; i++)
            sb_clip_result_finish(&e.results[i]);
    }
    finish_episode(&e);
}

static void conflicting_parameters_are_refused(void **user)
{
    (void)user;
    sb_error err = {0};
    sb_montage *montage;
    sb_montage_params params = {0};
    params.gap = params.crossfade = SB_TIME_SECOND;
    assert_int_equal(sb_montage_create(&montage, in_folder("x.wav"), 2, &params, &err), SB_ERR_ARGUMENT);
    assert_null(montage);
    assert_int_equal(sb_montage_create(&montage, in_folder("x.xyz"), 2, NULL, &err), SB_ERR_UNSUPPORTED);
    assert_int_equal(sb_montage_create(&montage, group_folder, 2, NULL, &err), SB_ERR_UNSUPPORTED);
    assert_int_equal(sb_montage_create(&montage, in_folder("x.wav"), 2, NULL, &err), SB_OK);
    sb_clip_result result = {0};
    err = (sb_error){0};
    assert_int_equal(sb_montage_write(&result, montage, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "nothing to join"));
    sb_clip_result_finish(&result);
    sb_montage_free(&montage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_are_separated_by_room_tone),
        cmocka_unit_test(quotes_are_brought_to_one_level),
        cmocka_unit_test(crossfades_stay_in_the_pause),
        cmocka_unit_test(the_order_of_the_parts_is_kept),
        cmocka_unit_test(a_quote_without_times_is_left_out),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(conflicting_parameters_are_refused),
    };
    return cmocka_run_group_tests(tests, folder_begin, folder_end);
}
