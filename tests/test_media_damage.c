/* Broken files: everything readable is read, and the place of the damage is reported. */
#include "support_media.h"
#include "support_skip.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { SECONDS = 20, RATE = 44100 };

static size_t bytes_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return (size_t)st.st_size;
}

typedef struct broken_case {
    const char *name, *options;
    bool keeps_time; /* timestamps in the file keep the sound after the damage in its place */
} broken_case;

static const broken_case cases[] = {
    {"cbr.mp3", "-b:a 128k", false},
    {"vbr.mp3", "-q:a 2", false},
    {"a.aac", "-b:a 96k", false},
    {"a.m4a", "-b:a 96k -movflags +faststart", true},
    {"a.opus", "-b:a 64k -page_duration 200000", true},
    {"a.ogg", "-c:a libvorbis -page_duration 200000", true},
    {"a.flac", "", true},
    {"a.mkv", "-c:a aac -cluster_time_limit 1000", true},
    {"a.webm", "-c:a libopus -cluster_time_limit 1000", true},
    {"a.ts", "-c:a aac", true},
};

enum { N_CASES = sizeof cases / sizeof *cases };

static void test_corrupt_second(void **state)
{
    (void)state;
    for (int i = 0; i < N_CASES; i++) {
        const broken_case *c = &cases[i];
        media_run("FF -i pulses.wav %s %s", c->options, c->name);
        size_t second = bytes_of(c->name) / SECONDS;
        char broken[64];
        snprintf(broken, sizeof broken, "broken-%s", c->name);
        media_corrupt(c->name, broken, second * 10, second);
        media_sound sound = media_decode(broken);
        const sb_media_event *damage = NULL;
        if (!sound.report.damaged || !media_count_events(&sound.report, SB_MEDIA_DAMAGE, &damage))
            fail_msg("%s: the damage goes unnoticed", broken);
        assert_false(sound.report.seek_safe);
        double at = sb_time_to_seconds(damage->at);
        if (!(at > 8 && at < 12.2))
            fail_msg("%s: damage told at %.3f s", broken, at);
        media_check_pulses(&sound, 0, 8, 0.0125, 0.0135);
        if (c->keeps_time)
            media_check_pulses(&sound, 15, SECONDS - 1, 0.0125, 0.03);
        assert_true(media_check_seeks(broken, &sound, sound.report.seek_safe) == 0);
        media_sound_finish(&sound);
    }
}

static void check_cut(const char *name, bool to_be_noticed)
{
    media_sound sound = media_decode(name);
    const sb_media_event *cut;
    size_t n = media_count_events(&sound.report, SB_MEDIA_TRUNCATED, &cut);
    if (n != to_be_noticed || sound.report.damaged != to_be_noticed)
        fail_msg("%s: %zu cuts told", name, n);
    if (n)
        assert_int_equal(cut->at, sb_time_from_samples(sound.n_samples, sound.rate));
    media_check_pulses(&sound, 0, 10, 0.0125, 0.0135);
    media_sound_finish(&sound);
}

static void test_cut_tail(void **state)
{
    (void)state;
    for (int i = 0; i < N_CASES; i++) {
        char cut[64];
        snprintf(cut, sizeof cut, "cut-%s", cases[i].name);
        media_run("head -c %zu %s > %s", bytes_of(cases[i].name) * 6 / 10 + 7, cases[i].name, cut);
        check_cut(cut, true);
    }
    media_run("head -c %d pulses.wav > cut.wav", 44 + RATE * 4 * 12);
    check_cut("cut.wav", true);
    media_run("FF -i pulses.wav whole.aiff; head -c %d whole.aiff > cut.aiff", RATE * 4 * 12);
    check_cut("cut.aiff", true);
}

static void test_tags_and_padding_are_no_damage(void **state)
{
    (void)state;
    media_run("(printf TAG; head -c 125 /dev/zero) > id3v1; head -c 5000 /dev/zero > zeros");
    media_run("(printf 'APETAGEX\\320\\7\\0\\0\\40\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\200'; head -c 8 /dev/zero) "
              "> ape");
    static const char *const tails[] = {"id3v1", "zeros", "ape"};
    static const char *const files[] = {"cbr.mp3", "a.aac", "a.flac", "pulses.wav"};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 4; k++) {
            media_run("cat %s %s > tail-%s", files[k], tails[i], files[k]);
            char path[64];
            snprintf(path, sizeof path, "tail-%s", files[k]);
            check_cut(path, false);
        }
}

static void test_open_sizes_are_no_cut(void **state)
{
    static const unsigned sizes[] = {0, 0xffffffff, 0x7ffff000, 0x7fffffff};
    (void)state;
    size_t size;
    unsigned char *wav = media_load("pulses.wav", &size);
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 4; k++)
            wav[4 + k] = wav[40 + k] = (unsigned char)(sizes[i] >> (8 * k));
        media_store("open.wav", wav, size);
        media_sound sound = media_decode("open.wav");
        assert_int_equal(sound.n_samples, SECONDS * RATE);
        assert_false(sound.report.damaged);
        media_sound_finish(&sound);
    }
    free(wav);
    media_run(
        "(head -c 12 pulses.wav; printf 'JUNK\\7\\0\\0\\0abcdefg\\0'; tail -c +13 pulses.wav) > odd.wav");
    check_cut("odd.wav", false);
}

static void test_impossible_samples(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -c:a pcm_f32le float.wav");
    size_t size, at = 0;
    unsigned char *wav = media_load("float.wav", &size);
    while (memcmp(wav + at, "data", 4) != 0)
        at++;
    const float values[] = {NAN, INFINITY, -INFINITY, 1e38f, -9, 7.5f};
    for (int i = 0; i < 6; i++)
        memcpy(wav + at + 8 + (1000 + i) * 8, &values[i], 4);
    media_store("float.wav", wav, size);
    free(wav);
    media_sound sound = media_decode("float.wav");
    static const float expected[] = {0, 0, 0, 8, -8, 7.5f};
    for (int i = 0; i < 6; i++)
        assert_true(sound.planes[0][1000 + i] == expected[i]);
    const sb_media_event *event;
    assert_int_equal(media_count_events(&sound.report, SB_MEDIA_NON_FINITE, &event), 1);
    assert_non_null(strstr(event->text, "3 samples"));
    assert_int_equal(media_count_events(&sound.report, SB_MEDIA_OVER_FULL, &event), 1);
    assert_non_null(strstr(event->text, "2 samples"));
    assert_false(sound.report.damaged);
    assert_true(sound.report.seek_safe);
    media_sound_finish(&sound);
}

static int enter(void **state)
{
    (void)state;
    media_enter("test-media-damage");
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
        cmocka_unit_test(test_corrupt_second),
        cmocka_unit_test(test_cut_tail),
        cmocka_unit_test(test_tags_and_padding_are_no_damage),
        cmocka_unit_test(test_open_sizes_are_no_cut),
        cmocka_unit_test(test_impossible_samples),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
