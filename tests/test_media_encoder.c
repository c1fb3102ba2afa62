#include "support_sound.h"

#include "soundbite/file.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char *in_folder(const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", group_folder, name);
    return path;
}

static void write_ok(const sound *s, const char *path, const char *extension, const sb_encoder_params *params)
{
    sb_error err = {0};
    if (sound_write(s, path, extension, params, &err))
        fail_msg("%s", err.message);
}

static void check_exact(const char *extension, int channels, int bits)
{
    sound s, back;
    sound_make(&s, channels, 44100, 1.234, 5);
    write_ok(&s, in_folder("exact"), extension, &(sb_encoder_params){.bits = bits});
    sound_decode(&back, in_folder("exact"), channels, 44100);
    assert_int_equal(back.n_samples, s.n_samples);
    for (int c = 0; c < channels; c++)
        for (size_t i = 0; i < s.n_samples; i++)
            assert_true(back.planes[c][i] == s.planes[c][i]);
    sound_finish(&s);
    sound_finish(&back);
}

static void wav_and_flac_are_exact(void **user)
{
    (void)user;
    check_exact("wav", 1, 0);
    check_exact("wav", 2, 24);
    check_exact("wav", 6, 16);
    check_exact("flac", 2, 16);
    check_exact("FLAC", 1, 24);
}

/* ffmpeg plays the whole last AAC frame; the edit list states how much of it is valid. */
static int64_t declared_samples(const char *name, size_t decoded, int rate)
{
    char *line =
        command_line("ffprobe -v error -show_entries format=format_name:stream=duration_ts,time_base "
                     "-of csv=p=0 '%s/%s' | tr '\\n' ,",
                     group_folder, name);
    int base = 0;
    long long duration = -1;
    if (strstr(line, "mov,mp4"))
        sscanf(line, "1/%d,%lld", &base, &duration);
    free(line);
    if (duration < 0)
        return (int64_t)decoded;
    assert_int_equal(base, rate);
    assert_true((int64_t)decoded >= duration && (int64_t)decoded < duration + 1024);
    return duration;
}

static void check_place(const char *extension, int channels, int rate, double seconds)
{
    sound s, back;
    double alike;
    sound_make(&s, channels, rate, seconds, 7);
    write_ok(&s, in_folder("place"), extension, NULL);
    sound_decode(&back, in_folder("place"), channels, rate);
    int shift = sound_shift(&s, &back, 60, &alike);
    if (declared_samples("place", back.n_samples, rate) != (int64_t)s.n_samples || shift != 0 || alike < 0.7)
        fail_msg("%s %d x %d Hz: %zu of %zu samples, shifted by %d, correlation %.3f", extension, channels,
                 rate, back.n_samples, s.n_samples, shift, alike);
    sound_finish(&s);
    sound_finish(&back);
}

static void lossy_formats_keep_length_and_place(void **user)
{
    (void)user;
    check_place("mp3", 2, 44100, 1.7);
    check_place("mp3", 1, 48000, 0.5);
    check_place("mp3", 1, 16000, 1.0003);
    check_place("mp3", 1, 8000, 0.9);
    check_place("m4a", 2, 44100, 1.7);
    check_place("m4a", 1, 16000, 1.3);
    check_place("opus", 2, 48000, 1.7);
    check_place("opus", 1, 48000, 0.123);
    check_place("mp3", 2, 44100, 0.01);
    check_place("m4a", 2, 44100, 0.01);
    check_place("opus", 2, 48000, 0.01);
}

static double power(const sound *s)
{
    double sum = 0;
    for (size_t i = s->n_samples / 10; i < s->n_samples * 9 / 10; i++)
        sum += (double)s->planes[0][i] * s->planes[0][i];
    return sum;
}

static void lossy_formats_keep_the_level(void **user)
{
    (void)user;
    static const struct {
        const char *extension;
        int rate;
        int64_t bit_rate;
    } cases[] = {{"mp3", 44100, 0},      {"mp3", 44100, 160000}, {"mp3", 44100, 192000},
                 {"mp3", 48000, 224000}, {"mp3", 44100, 320000}, {"mp3", 24000, 320000},
                 {"m4a", 44100, 128000}, {"opus", 48000, 96000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sound s, back;
        sound_make(&s, 1, cases[i].rate, 2, 5);
        for (size_t k = 0; k < s.n_samples; k++)
            s.planes[0][k] = 0.25f * (float)sin(2 * M_PI * 700 * (double)k / cases[i].rate);
        write_ok(&s, in_folder("level"), cases[i].extension,
                 &(sb_encoder_params){.bit_rate = cases[i].bit_rate});
        sound_decode(&back, in_folder("level"), 1, cases[i].rate);
        double change_db = 10 * log10(power(&back) / power(&s));
        if (fabs(change_db) > 0.05)
            fail_msg("%s at %lld bit/s: %.3f dB", cases[i].extension, (long long)cases[i].bit_rate,
                     change_db);
        sound_finish(&s);
        sound_finish(&back);
    }
}

static void several_channels(void **user)
{
    (void)user;
    check_place("m4a", 6, 48000, 0.6);
    check_place("opus", 6, 48000, 0.6);
    check_exact("flac", 8, 16);
}

static void m4a_begins_with_its_index(void **user)
{
    (void)user;
    sound s;
    sb_bytes bytes = {0};
    sound_make(&s, 1, 44100, 1, 3);
    write_ok(&s, in_folder("fast"), "m4a", NULL);
    assert_int_equal(sb_file_read(&bytes, in_folder("fast"), 1 << 20, NULL), SB_OK);
    char *moov = memmem(bytes.data, bytes.size, "moov", 4), *mdat = memmem(bytes.data, bytes.size, "mdat", 4);
    assert_non_null(moov);
    assert_non_null(mdat);
    assert_true(moov < mdat);
    sb_bytes_finish(&bytes);
    sound_finish(&s);
}

static void check_tag(const char *key, const char *expected)
{
    char *line =
        command_line("ffprobe -v error -show_entries format_tags=%s:stream_tags=%s -of default=nk=1:nw=1 "
                     "'%s/tags'",
                     key, key, group_folder);
    assert_string_equal(line, expected);
    free(line);
}

static void tags_are_written(void **user)
{
    (void)user;
    static const sb_tag tags[] = {{"title", "Gr\xc3\xbc\xc3\x9f Gott"},
                                  {"artist", "Mar\xc3\xad"
                                             "a"},
                                  {"album", "Episode 7"},
                                  {"comment", "episode.mp3 00:01:02.500-00:01:09.000"}};
    static const char *const extensions[] = {"wav", "flac", "mp3", "m4a", "opus"};
    sound s;
    sound_make(&s, 1, 48000, 0.5, 3);
    for (size_t i = 0; i < 5; i++) {
        write_ok(&s, in_folder("tags"), extensions[i], &(sb_encoder_params){.tags = tags, .n_tags = 4});
        for (size_t k = 0; k < 4; k++)
            check_tag(tags[k].key, tags[k].value);
    }
    sound_finish(&s);
}

static void check_chapters(const char *extension, const sb_chapter *chapters, size_t n, size_t n_tags)
{
    sound s, back;
    char *path = in_folder("chapters");
    sb_tag tag = {"title", "Two quotes"};
    sb_encoder_params params = {.tags = &tag, .n_tags = n_tags, .chapters = chapters, .n_chapters = n};
    int rate = strcmp(extension, "opus") ? 44100 : 48000;
    sound_make(&s, 1, rate, 3, 9);
    write_ok(&s, path, extension, &params);
    for (size_t i = 0; i < n; i++) {
        char expected[200];
        char *line = command_line("ffprobe -v error -show_chapters -print_format compact '%s' | sed -n %zup",
                                  path, i + 1);
        snprintf(expected, sizeof expected, "start_time=%.6f|", sb_time_to_seconds(chapters[i].start));
        if (!strstr(line, expected) || !strstr(line, chapters[i].title))
            fail_msg("%s: %s lacks %s%s", extension, line, expected, chapters[i].title);
        free(line);
    }
    sound_decode(&back, path, 1, rate);
    double correlation;
    int shift = sound_shift(&s, &back, 2000, &correlation);
    assert_true(shift == 0 && correlation > 0.9);
    sound_finish(&back);
    sound_finish(&s);
}

static void chapters_are_kept(void **user)
{
    (void)user;
    static const char *const formats[] = {"mp3", "m4a", "opus", "flac"};
    const sb_chapter chapters[] = {{0, 1750 * SB_TIME_MS, "Ann: one thing"},
                                   {1750 * SB_TIME_MS, 3 * SB_TIME_SECOND, "Bób: ænother = \xe4\xba\x8c"}};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        check_chapters(formats[i], chapters, 2, 1);
        check_chapters(formats[i], chapters, 1, 1);
    }
    check_chapters("flac", chapters, 2, 0);
}

static void same_sound_same_bytes(void **user)
{
    (void)user;
    static const char *const extensions[] = {"wav", "flac", "mp3", "m4a", "opus"};
    sound s;
    sound_make(&s, 2, 48000, 0.7, 11);
    for (size_t i = 0; i < s.n_samples; i++)
        s.planes[0][i] *= 0.7f;
    for (size_t i = 0; i < 5; i++) {
        char first[65], second[65];
        write_ok(&s, in_folder("once"), extensions[i], NULL);
        sb_file_sha256(first, in_folder("once"), NULL);
        if (i > 1)
            sleep(1);
        write_ok(&s, in_folder("once"), extensions[i], NULL);
        sb_file_sha256(second, in_folder("once"), NULL);
        assert_string_equal(first, second);
    }
    sound_finish(&s);
}

static void dither_lies_between_the_steps(void **user)
{
    (void)user;
    sound s, back;
    sound_make(&s, 1, 44100, 2, 1);
    for (size_t i = 0; i < s.n_samples; i++)
        s.planes[0][i] = 0.25f / 32768;
    write_ok(&s, in_folder("dither"), "wav", NULL);
    sound_decode(&back, in_folder("dither"), 1, 44100);
    double sum = 0, worst = 0;
    for (size_t i = 0; i < s.n_samples; i++) {
        sum += back.planes[0][i] * 32768;
        worst = fmax(worst, fabs(back.planes[0][i] * 32768.0));
    }
    assert_true(fabs(sum / (double)s.n_samples - 0.25) < 0.02);
    assert_true(worst <= 2);
    sound_finish(&back);
    write_ok(&s, in_folder("dither"), "wav", &(sb_encoder_params){.plain = true});
    sound_decode(&back, in_folder("dither"), 1, 44100);
    for (size_t i = 0; i < s.n_samples; i++)
        assert_true(back.planes[0][i] == 0);
    sound_finish(&back);
    sound_finish(&s);
}

static void invalid_samples_are_safe(void **user)
{
    (void)user;
    static const char *const extensions[] = {"wav", "flac", "mp3", "m4a", "opus"};
    sound s;
    sound_make(&s, 1, 48000, 0.5, 2);
    s.planes[0][100] = NAN;
    s.planes[0][200] = INFINITY;
    s.planes[0][300] = -1e38f;
    for (size_t i = 0; i < 5; i++)
        write_ok(&s, in_folder("poison"), extensions[i], NULL);
    sound_finish(&s);
}

static void unsupported_parameters_are_refused(void **user)
{
    (void)user;
    sound s;
    sb_error err = {0};
    sound_make(&s, 1, 44100, 0.1, 2);
    assert_int_equal(sound_write(&s, in_folder("no"), "xyz", NULL, &err), SB_ERR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "opus"));
    err = (sb_error){0};
    assert_int_equal(sound_write(&s, in_folder("no"), "opus", NULL, &err), SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "48000"));
    sound_finish(&s);
    sound_make(&s, 3, 44100, 0.1, 2);
    assert_int_equal(sound_write(&s, in_folder("no"), "mp3", NULL, NULL), SB_ERR_ARGUMENT);
    sound_finish(&s);
    assert_int_equal(access(in_folder("no"), F_OK), -1);
}

static void rates_go_up_to_the_next(void **user)
{
    (void)user;
    const char *canonical;
    assert_int_equal(sb_encoder_rate("opus", 44100), 48000);
    assert_int_equal(sb_encoder_rate("mp3", 44100), 44100);
    assert_int_equal(sb_encoder_rate("mp3", 37800), 44100);
    assert_int_equal(sb_encoder_rate(".mp3", 96000), 48000);
    assert_int_equal(sb_encoder_rate("m4a", 192000), 96000);
    assert_int_equal(sb_encoder_rate("wav", 12345), 12345);
    assert_true(sb_encoder_knows(".MP3", &canonical));
    assert_string_equal(canonical, "mp3");
    assert_false(sb_encoder_knows("", NULL));
}

static void a_full_disk_is_an_error(void **user)
{
    (void)user;
    static const char *const extensions[] = {"wav", "flac", "mp3", "m4a", "opus"};
    sound s;
    sound_make(&s, 1, 48000, 0.5, 2);
    for (size_t i = 0; i < 5; i++) {
        sb_error err = {0};
        assert_int_equal(sound_write(&s, "/dev/full", extensions[i], NULL, &err), SB_ERR_IO);
        assert_non_null(strstr(err.message, "No space left"));
    }
    sound_finish(&s);
}

static int write_limited(const sound *s, const char *extension)
{
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096});
    sb_error err = {0};
    sb_status status = sound_write(s, in_folder("limited"), extension, NULL, &err);
    return status == SB_ERR_IO && strstr(err.message, "File too large") ? 0 : 1;
}

static void a_file_limit_is_an_error(void **user)
{
    (void)user;
    static const char *const extensions[] = {"wav", "flac", "mp3", "m4a", "opus"};
    sound s;
    sound_make(&s, 1, 48000, 5, 2);
    for (size_t i = 0; i < 5; i++) {
        pid_t child = fork();
        if (child == 0)
            _exit(write_limited(&s, extensions[i]));
        int status = -1;
        waitpid(child, &status, 0);
        assert_int_equal(status, 0);
        assert_int_equal(access(in_folder("limited"), F_OK), -1);
    }
    sound_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wav_and_flac_are_exact),
        cmocka_unit_test(lossy_formats_keep_length_and_place),
        cmocka_unit_test(lossy_formats_keep_the_level),
        cmocka_unit_test(several_channels),
        cmocka_unit_test(m4a_begins_with_its_index),
        cmocka_unit_test(tags_are_written),
        cmocka_unit_test(chapters_are_kept),
        cmocka_unit_test(same_sound_same_bytes),
        cmocka_unit_test(dither_lies_between_the_steps),
        cmocka_unit_test(invalid_samples_are_safe),
        cmocka_unit_test(unsupported_parameters_are_refused),
        cmocka_unit_test(rates_go_up_to_the_next),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(a_file_limit_is_an_error),
    };
    return cmocka_run_group_tests(tests, folder_begin, folder_end);
}
