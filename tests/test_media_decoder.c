/* Sample positions and seeks in every kind of clean file. */
#include "support_media.h"
#include "support_skip.h"

#include "soundbite/file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECONDS = 20, RATE = 44100 };

typedef struct clean_case {
    const char *name, *options;
    double offset_s; /* delay that the file does not declare */
    double tolerance_s;
    double seek_error; /* largest difference between a seek and a full decode */
    bool exact_length;
} clean_case;

static const double sample_s = 1.0 / RATE;

static void check_clean(const clean_case *c)
{
    media_run("FF -i pulses.wav %s %s", c->options, c->name);
    media_sound sound = media_decode(c->name);
    if (sound.report.damaged || sound.report.n_events)
        fail_msg("%s: clean, yet: %s", c->name, sound.report.events[0].text);
    assert_true(sound.report.seek_safe);
    media_check_pulses(&sound, 0, SECONDS - 1, c->offset_s, c->tolerance_s);
    if (c->exact_length)
        assert_int_equal(sound.n_samples, (int64_t)SECONDS * sound.rate);
    double worst = media_check_seeks(c->name, &sound, true);
    if (worst > c->seek_error)
        fail_msg("%s: a seek differs from the full decode by %g", c->name, worst);
    assert_true(media_check_seeks(c->name, &sound, false) == 0);
    media_sound_finish(&sound);
}

static void test_lossless_is_exact(void **state)
{
    static const clean_case cases[] = {
        {"u8.wav", "-c:a pcm_u8", 0, 2e-4, 0, true},
        {"s24.wav", "-c:a pcm_s24le", 0, 0, 0, true},
        {"f64.wav", "-c:a pcm_f64le", 0, 0, 0, true},
        {"mulaw.wav", "-c:a pcm_mulaw", 0, 2e-4, 0, true},
        {"rf64.wav", "-rf64 always", 0, 0, 0, true},
        {"a.w64", "", 0, 0, 0, true},
        {"a.aiff", "", 0, 0, 0, true},
        {"a.flac", "", 0, 0, 0, true},
        {"flac.ogg", "-c:a flac", 0, 0, 0, true},
        {"flac.mkv", "-c:a flac", 0, 0, 0, true},
        {"alac.m4a", "-c:a alac", 0, 0, 0, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clean_case c = cases[i];
        c.tolerance_s += 1.1 * sample_s;
        check_clean(&c);
    }
}

static void test_lossy_is_exact_once_the_delay_is_removed(void **state)
{
    static const clean_case cases[] = {
        {"cbr.mp3", "-b:a 128k", 0, 0.0005, 1e-6, true},
        {"vbr.mp3", "-q:a 4", 0, 0.0005, 1e-6, true},
        {"low.mp3", "-ar 24000 -ac 1 -b:a 16k", 0, 0.001, 1e-6, true},
        {"a.m4a", "-b:a 96k", 0, 0.001, 0.02, false},
        {"faststart.m4a", "-b:a 96k -movflags +faststart", 0, 0.001, 0.02, false},
        {"a.opus", "-b:a 64k", 0, 0.001, 1e-3, true},
        {"a.ogg", "-c:a libvorbis -q:a 4", 0, 0.001, 1e-6, true},
        {"opus.webm", "-c:a libopus -b:a 64k", 0, 0.001, 1e-3, true},
        {"vorbis.webm", "-c:a libvorbis", 0, 0.001, 0, false},
        {"opus.mkv", "-c:a libopus -output_ts_offset 10", 0, 0.001, 1e-3, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_clean(&cases[i]);
}

static void test_undeclared_delay_is_steady(void **state)
{
    static const clean_case cases[] = {
        {"untagged.mp3", "-b:a 128k -write_xing 0", 0.02506, 0.0005, 1e-6, false},
        {"a.aac", "-b:a 96k", 0.02322, 0.001, 0.02, false},
        {"fragmented.m4a", "-b:a 96k -movflags frag_keyframe+empty_moov -frag_duration 1000000", 0.02322,
         0.001, 0.02, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_clean(&cases[i]);
}

static void test_rates_and_channels(void **state)
{
    static const struct {
        int rate, channels;
    } kinds[] = {{8000, 1}, {11025, 2}, {48000, 6}, {96000, 2}, {192000, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        media_write_pulses("kind.wav", kinds[i].rate, kinds[i].channels, 5);
        media_sound sound = media_decode("kind.wav");
        assert_int_equal(sound.rate, kinds[i].rate);
        assert_int_equal(sound.channels, kinds[i].channels);
        assert_int_equal(sound.n_samples, 5 * kinds[i].rate);
        media_check_pulses(&sound, 0, 4, 0, 1.1 / kinds[i].rate);
        media_sound_finish(&sound);
    }
}

static void test_samples_keep_their_value(void **state)
{
    (void)state;
    size_t size;
    unsigned char *wav = media_load("pulses.wav", &size);
    media_sound sound = media_decode("pulses.wav");
    for (int64_t i = 0; i < sound.n_samples; i++)
        for (int ch = 0; ch < 2; ch++) {
            const unsigned char *p = wav + 44 + (i * 2 + ch) * 2;
            int16_t x = (int16_t)(p[0] | p[1] << 8);
            if (sound.planes[ch][i] != (float)x / 32768)
                fail_msg("sample %lld is %g", (long long)i, sound.planes[ch][i]);
        }
    media_sound_finish(&sound);
    free(wav);
}

static void test_info(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -b:a 128k -metadata title='Episode ü' -metadata artist=Host info.mp3");
    sb_decoder *d;
    sb_error err = {0};
    assert_int_equal(sb_decoder_open(&d, "info.mp3", NULL, &err), SB_OK);
    const sb_media_info *info = sb_decoder_info(d);
    assert_string_equal(info->path, "info.mp3");
    assert_string_equal(info->container, "mp3");
    assert_string_equal(info->codec, "mp3");
    assert_string_equal(info->title, "Episode ü");
    assert_string_equal(info->artist, "Host");
    assert_null(info->album);
    assert_int_equal(info->bit_rate, 128000);
    assert_int_equal(info->n_audio_streams, 1);
    assert_false(info->has_video || info->has_cover);
    sb_decoder_free(&d);
}

static void test_hash_while_reading(void **state)
{
    (void)state;
    for (int hash = 0; hash < 2; hash++) {
        sb_media_params params = {0};
        params.hash = hash;
        sb_decoder *d;
        sb_error err = {0};
        sb_pcm block;
        char got[65], want[65];
        assert_int_equal(sb_decoder_open(&d, "a.flac", &params, &err), SB_OK);
        for (int i = 0; i < 10; i++)
            assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
        assert_int_equal(sb_decoder_seek(d, 15 * RATE, true, &err), SB_OK);
        assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
        assert_int_equal(sb_decoder_sha256(d, got, &err), SB_OK);
        assert_int_equal(sb_file_sha256(want, "a.flac", &err), SB_OK);
        assert_string_equal(got, want);
        assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
        assert_true(block.n_samples > 0 && block.first_sample > 15 * RATE);
        sb_decoder_free(&d);
    }
}

/* Bytes that this process has read so far, or -1 if the system does not report it. */
static long long bytes_read(void)
{
    long long n = -1;
    FILE *file = fopen("/proc/self/io", "r");
    if (file && fscanf(file, "rchar: %lld", &n) != 1)
        n = -1;
    if (file)
        fclose(file);
    return n;
}

/* MP3 has no index. A position ahead is found by reading on from the last seek, not from the start. */
static void test_seeks_ahead_read_on(void **state)
{
    (void)state;
    media_sound plain = media_decode("cbr.mp3");
    int64_t first = 9 * RATE, second = 16 * RATE;
    sb_decoder *d;
    sb_error err = {0};
    sb_pcm block;
    assert_true(SECONDS >= 17);
    assert_int_equal(sb_decoder_open(&d, "cbr.mp3", NULL, &err), SB_OK);
    assert_int_equal(sb_decoder_seek(d, first, true, &err), SB_OK);
    assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
    long long before = bytes_read();
    assert_int_equal(sb_decoder_seek(d, second, true, &err), SB_OK);
    assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
    long long read = bytes_read() - before;
    assert_int_equal(block.first_sample, second);
    for (size_t i = 0; i < block.n_samples; i++)
        assert_float_equal(block.planes[0][i], plain.planes[0][second + (int64_t)i], 1e-6);
    sb_decoder_free(&d);
    media_sound_finish(&plain);
    if (before < 0)
        skip_because("/proc/self/io does not say what was read");
    assert_true(read < 12 * 128000 / 8);
}

static void test_standard_input(void **state)
{
    static const char *const files[] = {"pulses.wav", "cbr.mp3",       "a.flac",
                                        "a.opus",     "faststart.m4a", "opus.webm"};
    (void)state;
    int keep = dup(STDIN_FILENO);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char command[64];
        snprintf(command, sizeof command, "cat %s", files[i]);
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        assert_true(dup2(fileno(pipe), STDIN_FILENO) >= 0);
        media_sound piped = media_decode("-");
        assert_int_equal(pclose(pipe), 0);
        media_sound plain = media_decode(files[i]);
        /* in a pipe, libav detects the last MP3 frame too late to cut off the encoder's padding */
        assert_true(piped.n_samples >= plain.n_samples && piped.n_samples - plain.n_samples < 1152);
        assert_int_equal(piped.report.n_events, 0);
        for (int64_t k = 0; k < plain.n_samples; k++)
            assert_true(piped.planes[0][k] == plain.planes[0][k]);
        media_sound_finish(&piped);
        media_sound_finish(&plain);
    }
    dup2(keep, STDIN_FILENO);
    close(keep);
}

static void test_a_pipe_cannot_seek_back(void **state)
{
    (void)state;
    int keep = dup(STDIN_FILENO);
    FILE *pipe = popen("cat cbr.mp3", "r");
    assert_non_null(pipe);
    assert_true(dup2(fileno(pipe), STDIN_FILENO) >= 0);
    sb_decoder *d;
    sb_error err = {0};
    sb_pcm block;
    assert_int_equal(sb_decoder_open(&d, "-", NULL, &err), SB_OK);
    assert_int_equal(sb_decoder_seek(d, 10 * RATE, true, &err), SB_OK);
    assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
    assert_int_equal(block.first_sample, 10 * RATE);
    assert_int_equal(sb_decoder_seek(d, 0, true, &err), SB_ERR_UNSUPPORTED);
    sb_decoder_free(&d);
    dup2(keep, STDIN_FILENO);
    close(keep);
    pclose(pipe);
}

static int enter(void **state)
{
    (void)state;
    media_enter("test-media-decoder");
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
        cmocka_unit_test(test_lossless_is_exact),
        cmocka_unit_test(test_lossy_is_exact_once_the_delay_is_removed),
        cmocka_unit_test(test_undeclared_delay_is_steady),
        cmocka_unit_test(test_rates_and_channels),
        cmocka_unit_test(test_samples_keep_their_value),
        cmocka_unit_test(test_info),
        cmocka_unit_test(test_hash_while_reading),
        cmocka_unit_test(test_seeks_ahead_read_on),
        cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_a_pipe_cannot_seek_back),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
