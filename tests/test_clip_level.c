#include "support_clip.h"

#include "clip/clip.h"
#include "media/media.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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
    clip_episode e;
    sb_clip_params params = {0};
    clip_episode_make(&e, group_folder, 2, "wav");
    e.matches[0].last_turn = 2;
    e.matches[0].span.end = e.matches[2].span.end;
    static const char *const extensions[] = {"wav", "mp3", "m4a", "opus"};
    for (int i = 0; i < 4; i++) {
        clip_episode_render_ok(&e, 1, "loud", extensions[i], &params);
        const sb_clip_result *result = &e.results[0];
        assert_true(fabs(ffmpeg_loudness(result->file) - -16) <= 0.5);
        assert_true(fabs(result->loudness_lufs - -16) <= 0.15);
        assert_true(result->true_peak_db <= -1);
        assert_int_equal(result->n_warnings, 0);
    }
    params.loudness_lufs = -9;
    clip_episode_render_ok(&e, 1, "loud", "wav", &params);
    assert_true(e.results[0].true_peak_db <= -1 && e.results[0].true_peak_db > -2);
    assert_true(fabs(ffmpeg_loudness(e.results[0].file) - e.results[0].loudness_lufs) <= 0.2);
    clip_episode_finish(&e);
}

static bool adjust(sb_clip_aim *aim, double level_lufs, double heard_lufs, double heard_peak_db, int n_left)
{
    sb_clip_aim wanted = {.target_lufs = -14, .ceiling_db = -1.1};
    sb_clip_level level = {.limited = true, .lufs = level_lufs, .true_peak_db = aim->ceiling_db - 0.05};
    sb_remeasured heard = {.lufs = heard_lufs, .true_peak_db = heard_peak_db};
    return sb_clip_aim_adjust(aim, &wanted, &level, &heard, n_left);
}

/* One peak that the codec raises much. The next encoding raises another peak, but less. */
static void a_ceiling_too_low_for_the_loudness_is_raised_again(void **user)
{
    (void)user;
    sb_clip_aim aim = {.target_lufs = -14, .ceiling_db = -1.1};
    assert_true(adjust(&aim, -14.1, -14.1, 0.9, 4));
    double low = aim.ceiling_db;
    assert_true(low < -3 && low > -3.5);
    assert_false(adjust(&aim, -14.1, -14.1, -3.1, 3));
    assert_false(adjust(&aim, -14.9, -14.9, -3.1, 1));
    assert_true(adjust(&aim, -14.9, -14.9, -3.1, 3));
    assert_true(aim.ceiling_db > low + 0.5 && aim.ceiling_db < -2);
    assert_true(adjust(&aim, -14.4, -14.4, -0.5, 2));
    assert_true(aim.ceiling_db == low);
    assert_false(adjust(&aim, -14.9, -14.9, -3.1, 2));
}

/* Measured by ffmpeg on the decoded file. */
static double ffmpeg_true_peak(const char *path)
{
    char *line = command_line("ffmpeg -nostdin -hide_banner -i '%s' -af ebur128=peak=true -f null - 2>&1 | "
                              "grep -A20 Summary | grep 'Peak:' | awk '{print $2}'",
                              path);
    double db = strtod(line, NULL);
    free(line);
    return db;
}

/* From an MP3: its band has an empty upper end, where true peak meters differ. */
static void the_values_are_measured_in_the_decoded_file(void **user)
{
    (void)user;
    static const char *const extensions[] = {"wav", "flac", "mp3", "m4a", "opus"};
    clip_episode e;
    sb_clip_params params = {0};
    params.loudness_lufs = -11;
    clip_episode_make(&e, group_folder, 1, "mp3");
    e.matches[0].last_turn = 2;
    e.matches[0].span.end = e.matches[2].span.end;
    for (int i = 0; i < 5; i++) {
        clip_episode_render_ok(&e, 1, "figures", extensions[i], &params);
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
    clip_episode_finish(&e);
}

static void a_short_clip_is_no_reason_for_a_warning(void **user)
{
    (void)user;
    clip_episode e;
    sb_clip_params params = {0};
    clip_episode_make(&e, group_folder, 1, "wav");
    clip_episode_render_ok(&e, 1, "short", "wav", &params);
    assert_int_equal(e.results[0].n_warnings, 0);
    clip_episode_finish(&e);
}

/* Ada has the first half; Ben has the rest, at a lower level. Every other turn is 12 dB below the one
 * before. */
static void make_dialogue(clip_episode *e)
{
    clip_episode_make(e, group_folder, 2, "wav");
    for (size_t i = 0; i < e->sound.n_samples; i++) {
        size_t turn = i / (3 * CLIP_RATE);
        float gain = (turn % 2 ? 0.25f : 1) * (turn < CLIP_N_TURNS / 2 ? 0.5f : 0.2f);
        for (int c = 0; c < 2; c++)
            e->sound.planes[c][i] *= gain;
    }
    clip_episode_save(e, "wav");
    for (int i = CLIP_N_TURNS / 2; i < CLIP_N_TURNS; i++) {
        e->turns[i].speaker = (char *)"Ben";
        e->matches[i].speaker = "Ben";
    }
}

/* The loudness of turns [first, until) joined, or of all. */
static double loudness_of(const clip_episode *e, int first, int until, bool everything)
{
    sb_loudness_meter *meter;
    sb_loudness_kind kind;
    assert_int_equal(sb_loudness_meter_create(&meter, CLIP_RATE, 2, 0, NULL), SB_OK);
    for (int i = first; i < until; i++) {
        size_t from = (size_t)(3 * CLIP_RATE * i), n = 3 * CLIP_RATE;
        if (!everything) {
            from += CLIP_RATE * 6 / 10;
            n = CLIP_RATE * 18 / 10;
        }
        const float *at[2] = {e->sound.planes[0] + from, e->sound.planes[1] + from};
        assert_int_equal(sb_loudness_meter_push(meter, at, n, NULL), SB_OK);
    }
    double lufs = sb_loudness_meter_read(meter, &kind);
    sb_loudness_meter_free(&meter);
    return lufs;
}

static void a_common_gain_keeps_level_differences(void **user)
{
    (void)user;
    clip_episode e;
    sb_clip_params params = {0};
    params.loudness_lufs = -24;
    make_dialogue(&e);
    double ada = -24 - loudness_of(&e, 0, CLIP_N_TURNS / 2, false);
    double ben = -24 - loudness_of(&e, CLIP_N_TURNS / 2, CLIP_N_TURNS, false);
    double all = -24 - loudness_of(&e, 0, CLIP_N_TURNS, true);
    assert_true(ben > ada + 5);
    for (int safe = 0; safe < 2; safe++) {
        e.alignment.audio.seek_safe = safe;
        params.loudness_of = SB_LOUDNESS_OF_SPEAKER;
        clip_episode_render_ok(&e, CLIP_N_TURNS, "relations", "wav", &params);
        for (int i = 0; i < CLIP_N_TURNS; i++) {
            assert_true(fabs(e.results[i].gain_db - (i < CLIP_N_TURNS / 2 ? ada : ben)) < 0.05);
            assert_int_equal(e.results[i].n_warnings, 0);
        }
        assert_true(e.results[0].loudness_lufs > e.results[1].loudness_lufs + 10);
        params.loudness_of = SB_LOUDNESS_OF_EPISODE;
        clip_episode_render_ok(&e, CLIP_N_TURNS, "relations", "wav", &params);
        for (int i = 0; i < CLIP_N_TURNS; i++)
            assert_true(fabs(e.results[i].gain_db - all) < 0.05);
    }
    clip_episode_finish(&e);
}

static void a_silent_group_is_not_changed_and_gets_a_warning(void **user)
{
    (void)user;
    clip_episode e;
    sb_clip_params params = {0};
    params.loudness_of = SB_LOUDNESS_OF_EPISODE;
    params.no_certificate = true;
    clip_episode_make(&e, group_folder, 1, "wav");
    memset(e.sound.planes[0], 0, e.sound.n_samples * sizeof(float));
    clip_episode_save(&e, "wav");
    clip_episode_render_ok(&e, 1, "silent", "mp3", &params);
    assert_true(e.results[0].gain_db == 0 && isnan(e.results[0].loudness_lufs));
    assert_int_equal(e.results[0].n_warnings, 1);
    assert_non_null(strstr(e.results[0].warnings[0], "episode's loudness"));
    clip_episode_finish(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loudness_reaches_its_target),
        cmocka_unit_test(a_ceiling_too_low_for_the_loudness_is_raised_again),
        cmocka_unit_test(the_values_are_measured_in_the_decoded_file),
        cmocka_unit_test(a_short_clip_is_no_reason_for_a_warning),
        cmocka_unit_test(a_common_gain_keeps_level_differences),
        cmocka_unit_test(a_silent_group_is_not_changed_and_gets_a_warning),
    };
    return cmocka_run_group_tests(tests, folder_begin, folder_end);
}
