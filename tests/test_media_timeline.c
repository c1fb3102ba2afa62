/* Files whose timestamps and sample counts disagree. */
#include "support_media.h"
#include "support_skip.h"

#include "media/decode/decode.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECONDS = 12, RATE = 44100 };

static void test_jitter_is_counted_over(void **state)
{
    (void)state;
    sb_timeline t;
    int64_t jump;
    sb_timeline_init(&t, 48000, true, false);
    sb_timeline_count(&t, 48000);
    assert_int_equal(sb_timeline_place(&t, 48000 + 4800, false, &jump), SB_PLACED);
    assert_int_equal(sb_timeline_place(&t, 48000 - 4800, false, &jump), SB_PLACED);
    assert_int_equal(sb_timeline_place(&t, 48000 + 4801, false, &jump), SB_PLACED_GAP);
    assert_int_equal(jump, 4801);
    assert_int_equal(sb_timeline_place(&t, 48000 - 4801, false, &jump), SB_PLACED_RESET);
    assert_int_equal(jump, 4801);
    assert_int_equal(sb_timeline_place(&t, 48000 - 4801, false, &jump), SB_PLACED);
}

static void test_ten_minutes_are_the_longest_gap(void **state)
{
    (void)state;
    sb_timeline t;
    int64_t jump;
    sb_timeline_init(&t, 8000, true, false);
    assert_int_equal(sb_timeline_place(&t, 600 * 8000, false, &jump), SB_PLACED_GAP);
    assert_int_equal(sb_timeline_place(&t, 600 * 8000 + 1, false, &jump), SB_PLACED_DISCONTINUITY);
    assert_int_equal(sb_timeline_place(&t, 600 * 8000 + 1, false, &jump), SB_PLACED);
    assert_int_equal(sb_timeline_place(&t, INT64_MAX, false, &jump), SB_PLACED_DISCONTINUITY);
    assert_int_equal(t.counted, 0);
    sb_timeline_init(&t, 8000, true, false);
    assert_int_equal(sb_timeline_place(&t, INT64_MIN + 1, false, &jump), SB_PLACED_RESET);
    assert_int_equal(sb_timeline_place(&t, INT64_MAX, false, &jump),
                     SB_PLACED); /* outside the range: counted */
}

static void test_unstamped_files_are_counted(void **state)
{
    (void)state;
    sb_timeline t;
    int64_t jump;
    sb_timeline_init(&t, 8000, false, false);
    assert_int_equal(sb_timeline_place(&t, 100 * 8000, false, &jump), SB_PLACED);
}

static void test_coarse_stamps_snap_to_the_grid_of_frames(void **state)
{
    (void)state;
    sb_timeline t;
    sb_timeline_init(&t, 44100, true, true);
    for (int i = 0; i < 40; i++) {
        sb_timeline_learn(&t, t.counted / 44 * 44 + 300, 1024); /* late by 7 ms, cut to 1 ms */
        sb_timeline_count(&t, 1024);
    }
    sb_timeline_land(&t, (int64_t)1024 * 1000 / 44 * 44 + 300, 1024);
    assert_int_equal(t.counted, 1024 * 1000);
}

/* Two recordings of other formats appended to the first, as ad servers do. */
static void test_glued_mp3(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -b:a 128k first.mp3");
    media_run("FF -i pulses.wav -ar 48000 -ac 1 -b:a 64k second.mp3");
    media_run("FF -i pulses.wav -ar 22050 -ac 1 -b:a 64k -write_id3v1 1 third.mp3");
    media_run("cat first.mp3 second.mp3 third.mp3 first.mp3 > glued.mp3");
    media_sound sound = media_decode("glued.mp3");
    assert_int_equal(sound.rate, RATE);
    assert_int_equal(sound.channels, 2);
    assert_false(sound.report.damaged || sound.report.seek_safe);
    const sb_media_event *seam;
    assert_true(media_count_events(&sound.report, SB_MEDIA_SEAM, &seam) >= 3);
    assert_true(fabs(sb_time_to_seconds(seam->at) - SECONDS) < 0.05);
    media_check_pulses(&sound, 0, SECONDS - 1, 0, 0.001);

    /* each part starts with a header frame and an encoder delay after the last sample of the part before */
    double at = sb_time_to_seconds(sound.report.events[sound.report.n_events - 2].at);
    double last = NAN;
    for (double part = 0; part < 4; part++) {
        double found = media_find_pulse(sound.planes[0], sound.n_samples, RATE, part * 12.03 + 0.35);
        assert_true(isnan(last) || fabs(found - last - 12.04) < 0.06);
        last = found;
    }
    assert_true(at > 30);
    assert_true(media_check_seeks("glued.mp3", &sound, sound.report.seek_safe) == 0);
    media_sound_finish(&sound);
}

static void test_channels_change_at_unity_gain(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -t 6 -b:a 128k -write_xing 0 stereo.mp3");
    media_run("FF -i pulses.wav -t 6 -ac 1 -b:a 64k -write_xing 0 mono.mp3");
    media_run("cat stereo.mp3 mono.mp3 > stereo-mono.mp3; cat mono.mp3 stereo.mp3 > mono-stereo.mp3");
    static const char *const files[] = {"stereo-mono.mp3", "mono-stereo.mp3"};
    for (int i = 0; i < 2; i++) {
        media_sound sound = media_decode(files[i]);
        assert_int_equal(sound.channels, 2 - i);
        for (int part = 0; part < 2; part++) {
            double at = media_find_pulse(sound.planes[0], sound.n_samples, RATE, 2.33 + 6.03 * part);
            assert_false(isnan(at));
            float peak = sound.planes[0][(int64_t)(at * RATE + 0.5)];
            assert_true(peak > 0.62f && peak < 0.78f);
        }
        media_sound_finish(&sound);
    }
}

static void test_lying_headers(void **state)
{
    (void)state;
    size_t size, at = 0;
    media_run("FF -i pulses.wav -b:a 128k honest.mp3");
    unsigned char *mp3 = media_load("honest.mp3", &size);
    while (memcmp(mp3 + at, "Info", 4) != 0)
        at++;
    unsigned n_frames = (unsigned)mp3[at + 10] << 8 | mp3[at + 11];
    for (int twice = 0; twice < 2; twice++) {
        unsigned lie = twice ? n_frames * 2 : n_frames / 2;
        mp3[at + 10] = (unsigned char)(lie >> 8);
        mp3[at + 11] = (unsigned char)lie;
        media_store("lying.mp3", mp3, size);
        media_sound sound = media_decode("lying.mp3");
        assert_true(sound.n_samples - SECONDS * RATE >= 0 && sound.n_samples - SECONDS * RATE < 1152);
        assert_int_equal(media_count_events(&sound.report, SB_MEDIA_DURATION, NULL), 1);
        assert_false(sound.report.damaged);
        media_check_pulses(&sound, 0, SECONDS - 1, 0, 0.0005);
        assert_true(media_check_seeks("lying.mp3", &sound, true) < 1e-6);
        media_sound_finish(&sound);
    }
    free(mp3);
}

static void test_junk_before_the_first_frame(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -b:a 128k -id3v2_version 0 -write_xing 0 bare.mp3");
    media_run("head -c 3000 bare.mp3 > head.mp3");
    media_corrupt("head.mp3", "junk", 0, 3000);
    media_run("cat junk bare.mp3 > junk.mp3");
    media_sound plain = media_decode("bare.mp3"), junk = media_decode("junk.mp3");
    assert_int_equal(junk.n_samples, plain.n_samples);
    assert_false(junk.report.damaged);
    media_check_pulses(&junk, 0, SECONDS - 1, 0.02506, 0.0005);
    media_sound_finish(&plain);
    media_sound_finish(&junk);
}

static void test_big_tag_full_of_false_frames(void **state)
{
    (void)state;
    size_t n_frames, tag = 5800000;
    unsigned char *frames = media_load("bare.mp3", &n_frames);
    unsigned char *file = malloc(10 + tag + n_frames);
    assert_non_null(file);
    memcpy(file, "ID3\4\0\0", 6);
    for (int i = 0; i < 4; i++)
        file[6 + i] = tag >> (21 - 7 * i) & 127;
    memcpy(file + 10, "PRIV", 4);
    for (int i = 0; i < 4; i++)
        file[14 + i] = (tag - 10) >> (21 - 7 * i) & 127;
    file[18] = file[19] = 0;
    for (size_t i = 20; i < 10 + tag; i++)
        file[i] = frames[(i - 20) % (n_frames / 2 + 77)];
    memcpy(file + 10 + tag, frames, n_frames);
    media_store("tagged.mp3", file, 10 + tag + n_frames);
    media_sound sound = media_decode("tagged.mp3");
    media_check_pulses(&sound, 0, SECONDS - 1, 0.02506, 0.0005);
    assert_false(sound.report.damaged);
    media_sound_finish(&sound);
    free(file);
    free(frames);
}

static void test_sound_begins_after_the_pictures(void **state)
{
    static const char *const kinds[] = {"mp4", "mkv", "ts"};
    (void)state;
    media_run(
        "FF -f lavfi -i testsrc=s=64x48:r=25:d=14 -itsoffset 2 -i pulses.wav -c:v mpeg4 -c:a aac late.mp4");
    media_run("FF -i late.mp4 -c copy late.mkv; FF -i late.mp4 -c copy late.ts");
    for (int i = 0; i < 3; i++) {
        char path[32];
        snprintf(path, sizeof path, "late.%s", kinds[i]);
        media_sound sound = media_decode(path);
        assert_true(sound.info.has_video);
        assert_true(sound.report.seek_safe);
        media_check_pulses(&sound, 0, SECONDS - 1, 2, 0.002);
        assert_true(media_check_seeks(path, &sound, true) < 0.02);
        media_sound_finish(&sound);
    }
}

static void test_edit_list_hides_the_beginning(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -c:a aac whole.m4a; FF -ss 5 -i whole.m4a -c copy hidden.m4a");
    media_sound sound = media_decode("hidden.m4a");
    double found = media_find_pulse(sound.planes[0], sound.n_samples, RATE, media_pulse_s(7) - 5);
    assert_true(fabs(found - (media_pulse_s(7) - 5)) < 0.025);
    assert_true(media_check_seeks("hidden.m4a", &sound, true) < 0.02);
    media_sound_finish(&sound);
}

static void test_stamps_begin_late_or_wrap(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -c:a mp2 -output_ts_offset 10 ten.ts");
    media_run("FF -i pulses.wav -c:a mp2 -output_ts_offset 95436 wrap.ts");
    static const char *const files[] = {"ten.ts", "wrap.ts"};
    for (int i = 0; i < 2; i++) {
        media_sound sound = media_decode(files[i]);
        media_check_pulses(&sound, 0, SECONDS - 1, 481.0 / RATE, 0.001);
        media_sound_finish(&sound);
    }
}

static void test_glued_ts(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -c:a mp2 one.ts; cat one.ts one.ts > two.ts");
    media_sound two = media_decode("two.ts");
    const sb_media_event *reset;
    assert_int_equal(media_count_events(&two.report, SB_MEDIA_RESET, &reset), 1);
    assert_false(two.report.seek_safe);
    media_check_pulses(&two, 0, SECONDS - 1, 481.0 / RATE, 0.001);
    media_check_pulses(&two, 0, 1, sb_time_to_seconds(reset->at) + 481.0 / RATE, 0.001);
    media_sound_finish(&two);
}

static void test_missing_packets_become_silence(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -af \"aselect='not(between(t,4,7.99))'\" -c:a libopus gap.mkv");
    media_sound sound = media_decode("gap.mkv");
    const sb_media_event *gap;
    assert_int_equal(media_count_events(&sound.report, SB_MEDIA_GAP, &gap), 1);
    assert_false(sound.report.damaged || sound.report.seek_safe);
    assert_true(fabs(sb_time_to_seconds(gap->at) - 4) < 0.1 &&
                fabs(sb_time_to_seconds(gap->length) - 4) < 0.1);
    media_check_pulses(&sound, 0, 4, 0, 0.001);
    media_check_pulses(&sound, 8, SECONDS - 1, 0, 0.01);
    for (int64_t i = (int64_t)(4.2 * sound.rate); i < (int64_t)(7.8 * sound.rate); i++)
        assert_true(sound.planes[0][i] == 0);
    media_sound_finish(&sound);
}

static void test_chained_ogg(void **state)
{
    (void)state;
    media_run(
        "FF -i pulses.wav -c:a libvorbis -ar 44100 a.ogg; FF -i pulses.wav -c:a libvorbis -ar 22050 b.ogg");
    media_run("cat a.ogg b.ogg > ab.ogg; cat b.ogg a.ogg > ba.ogg");
    static const char *const files[] = {"ab.ogg", "ba.ogg"};
    for (int i = 0; i < 2; i++) {
        media_sound sound = media_decode(files[i]);
        media_check_pulses(&sound, 0, SECONDS - 1, 0, 0.001);
        for (int k = 0; k < SECONDS - 1; k++) {
            double expected = SECONDS + media_pulse_s(k);
            double found = media_find_pulse(sound.planes[0], sound.n_samples, sound.rate, expected);
            assert_true(fabs(found - expected) < 0.03);
        }
        assert_true(media_check_seeks(files[i], &sound, sound.report.seek_safe) == 0);
        media_sound_finish(&sound);
    }
}

static void test_several_streams_and_a_cover(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -f lavfi -i sine=d=12 -map 0 -map 1 -c:a aac two.m4a");
    media_run("FF -i pulses.wav -f lavfi -i color=s=64x64:d=0.04 -map 0 -map 1 -frames:v 1 -c:v png "
              "-disposition:v attached_pic cover.mp3");
    media_sound cover = media_decode("cover.mp3");
    assert_true(cover.info.has_cover);
    assert_false(cover.info.has_video);
    media_check_pulses(&cover, 0, SECONDS - 1, 0, 0.0005);
    media_sound_finish(&cover);

    sb_decoder *d;
    sb_error err = {0};
    sb_media_params params = {0};
    params.stream = 1;
    assert_int_equal(sb_decoder_open(&d, "two.m4a", &params, &err), SB_OK);
    assert_int_equal(sb_decoder_info(d)->stream, 1);
    assert_int_equal(sb_decoder_info(d)->n_audio_streams, 2);
    sb_decoder_free(&d);
    params = (sb_media_params){.has_stream = true};
    assert_int_equal(sb_decoder_open(&d, "two.m4a", &params, &err), SB_OK);
    assert_int_equal(sb_decoder_info(d)->stream, 0);
    sb_decoder_free(&d);
    params.stream = -1;
    assert_int_equal(sb_decoder_open(&d, "two.m4a", &params, &err), SB_ERR_ARGUMENT);
    assert_string_equal(err.field, "stream");
    err = (sb_error){0};
    params.stream = 7;
    assert_int_equal(sb_decoder_open(&d, "two.m4a", &params, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "0, 1"));
}

static int enter(void **state)
{
    (void)state;
    media_enter("test-media-timeline");
    media_write_pulses("pulses.wav", RATE, 2, SECONDS);
    return 0;
}

int main(void)
{
    if (!media_has_ffmpeg()) {
        puts("skipped: ffmpeg is not installed");
        return SKIP_CODE;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jitter_is_counted_over),
        cmocka_unit_test(test_ten_minutes_are_the_longest_gap),
        cmocka_unit_test(test_unstamped_files_are_counted),
        cmocka_unit_test(test_coarse_stamps_snap_to_the_grid_of_frames),
        cmocka_unit_test(test_glued_mp3),
        cmocka_unit_test(test_channels_change_at_unity_gain),
        cmocka_unit_test(test_lying_headers),
        cmocka_unit_test(test_junk_before_the_first_frame),
        cmocka_unit_test(test_big_tag_full_of_false_frames),
        cmocka_unit_test(test_sound_begins_after_the_pictures),
        cmocka_unit_test(test_edit_list_hides_the_beginning),
        cmocka_unit_test(test_stamps_begin_late_or_wrap),
        cmocka_unit_test(test_glued_ts),
        cmocka_unit_test(test_missing_packets_become_silence),
        cmocka_unit_test(test_chained_ogg),
        cmocka_unit_test(test_several_streams_and_a_cover),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
