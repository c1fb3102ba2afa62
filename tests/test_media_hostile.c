/* Files that are not audio, or only look like audio: the message is clear, and no other file is opened. */
#include "support_media.h"
#include "support_memory.h"
#include "support_skip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void check_refused(const char *path, sb_status expected, const char *says)
{
    char message[512];
    sb_status status = media_open_fails(path, message);
    if (status != expected || !strstr(message, says))
        fail_msg("%s: %s: %s", path, sb_status_name(status), message);
}

static void write_text(const char *path, const char *text)
{
    media_store(path, text, strlen(text));
}

static void test_files_that_cannot_be_read(void **state)
{
    (void)state;
    mkdir("folder", 0755);
    write_text("empty.mp3", "");
    write_text("secret.mp3", "x");
    chmod("secret.mp3", 0);
    check_refused("missing.mp3", SB_ERR_IO, "no such file");
    check_refused("folder", SB_ERR_IO, "folder");
    check_refused("empty.mp3", SB_ERR_FORMAT, "empty");
    if (geteuid() != 0)
        check_refused("secret.mp3", SB_ERR_IO, "permission");
}

static void test_text_files_named_as_audio(void **state)
{
    (void)state;
    write_text("concat.mp3", "ffconcat version 1.0\nfile 'pulses.wav'\n");
    write_text("list.mp3", "file 'pulses.wav'\n");
    write_text("hls.mp3", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\npulses.wav\n#EXT-X-ENDLIST\n");
    write_text("page.mp3", "<!DOCTYPE html>\n<html><body>404</body></html>\n");
    write_text("transcript.mp3", "[00:00:01] Host: Welcome to the show.\n[00:00:05] Guest: Thank you.\n");
    write_text("captions.mp3", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n");
    write_text("feed.mp3", "<?xml version=\"1.0\"?><rss/>\n");
    check_refused("concat.mp3", SB_ERR_FORMAT, "concat script");
    check_refused("list.mp3", SB_ERR_FORMAT, "concat script");
    check_refused("hls.mp3", SB_ERR_FORMAT, "playlist");
    check_refused("page.mp3", SB_ERR_FORMAT, "web page");
    check_refused("transcript.mp3", SB_ERR_FORMAT, "text, not audio");
    check_refused("captions.mp3", SB_ERR_FORMAT, "transcript");
    check_refused("feed.mp3", SB_ERR_FORMAT, "XML");
}

static void test_other_kinds_of_file(void **state)
{
    (void)state;
    media_run("FF -f lavfi -i color=s=16x16 -frames:v 1 picture.png");
    media_run("FF -f lavfi -i testsrc=s=64x48:d=1 -c:v mpeg4 silent.mp4");
    media_corrupt("pulses.wav", "noise.mp3", 0, 10 * 44100 * 4 + 44);
    write_text("paper.mp3", "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
    check_refused("picture.png", SB_ERR_FORMAT, "picture");
    check_refused("paper.mp3", SB_ERR_FORMAT, "PDF");
    check_refused("silent.mp4", SB_ERR_NO_AUDIO, "no audio");
    char message[512];
    assert_int_not_equal(media_open_fails("noise.mp3", message), SB_OK);
}

static void test_protocols_are_file_names(void **state)
{
    (void)state;
    check_refused("concat:pulses.wav|pulses.wav", SB_ERR_IO, "no such file");
    check_refused("subfile,,start,0,end,0,,:pulses.wav", SB_ERR_IO, "no such file");
    check_refused("http://127.0.0.1:1/x.mp3", SB_ERR_IO, "no such file");
    media_run("cp pulses.wav 'a:b.wav'");
    media_sound sound = media_decode("a:b.wav");
    assert_true(sound.n_samples > 0);
    media_sound_finish(&sound);
}

static void test_mp4_without_its_index(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav whole.m4a; head -c 20000 whole.m4a > headless.m4a");
    check_refused("headless.m4a", SB_ERR_FORMAT, "moov");
    int keep = dup(STDIN_FILENO);
    FILE *pipe = popen("cat whole.m4a", "r");
    assert_non_null(pipe);
    assert_true(dup2(fileno(pipe), STDIN_FILENO) >= 0);
    check_refused("-", SB_ERR_FORMAT, "faststart");
    dup2(keep, STDIN_FILENO);
    close(keep);
    pclose(pipe);
}

static void test_limits(void **state)
{
    (void)state;
    size_t size;
    unsigned char *wav = media_load("pulses.wav", &size);
    unsigned char original[44];
    memcpy(original, wav, 44);
    wav[22] = 255;
    wav[32] = 254;
    wav[33] = 1;
    media_store("wide.wav", wav, size);
    check_refused("wide.wav", SB_ERR_LIMIT, "255 channels");
    memcpy(wav, original, 44);
    wav[24] = 100;
    wav[25] = 0;
    media_store("slow.wav", wav, size);
    check_refused("slow.wav", SB_ERR_LIMIT, "100 Hz");
    free(wav);
}

static void test_noise_never_crashes(void **state)
{
    static const char *const kinds[] = {"mp3", "m4a", "opus", "ogg", "flac", "mkv", "ts", "aac", "wav"};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char path[32];
        snprintf(path, sizeof path, "fuzz.%s", kinds[i]);
        media_run("FF -i pulses.wav -t 3 %s", path);
        size_t size;
        unsigned char *data = media_load(path, &size);
        unsigned noise = 77;
        for (int round = 0; round < 12; round++) {
            for (int k = 0; k < 20; k++) {
                noise = noise * 1664525u + 1013904223u;
                size_t reach = round % 2 ? size : size < 600 ? size : 600;
                data[(noise >> 8) % reach] = (unsigned char)(noise >> 4);
            }
            media_store(path, data, size);
            sb_decoder *d;
            sb_error err = {0};
            if (sb_decoder_open(&d, path, NULL, &err))
                continue;
            sb_pcm block = {.n_samples = 1};
            while (block.n_samples && sb_decoder_report(d)->n_samples < 10000000)
                if (sb_decoder_read(d, &block, &err))
                    break;
            sb_decoder_free(&d);
        }
        free(data);
    }
}

static sb_status decode_glued(sb_error *err)
{
    sb_decoder *d = NULL;
    sb_pcm block = {.n_samples = 1};
    sb_status status = sb_decoder_open(&d, "glued.mp3", NULL, err);
    while (!status && block.n_samples)
        status = sb_decoder_read(d, &block, err);
    sb_decoder_free(&d);
    return status;
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    media_run("FF -i pulses.wav -t 1 one.mp3; FF -i pulses.wav -t 1 -ar 22050 -ac 1 two.mp3");
    media_run("cat one.mp3 two.mp3 > glued.mp3");
    bool refused = true;
    for (size_t n = 0; refused && n < 200; n++) {
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = decode_glued(&err);
        refused = memory_fail_end();
        if (status != SB_OK)
            assert_int_equal(status, SB_ERR_MEMORY);
    }
    assert_false(refused);
}

static bool stop(void *user)
{
    return ++*(int *)user > 3;
}

static void test_interruption(void **state)
{
    (void)state;
    int n = 0;
    sb_monitor monitor = {.user = &n, .cancelled = stop};
    sb_media_params params = {0};
    params.monitor = &monitor;
    sb_error err = {0};
    sb_decoder *d;
    sb_status status = sb_decoder_open(&d, "pulses.wav", &params, &err);
    sb_pcm block = {.n_samples = 1};
    while (!status && block.n_samples)
        status = sb_decoder_read(d, &block, &err);
    assert_int_equal(status, SB_ERR_INTERRUPTED);
    sb_decoder_free(&d);
}

static void test_a_stalled_pipe(void **state)
{
    (void)state;
    int ends[2], keep = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[0], STDIN_FILENO);
    sb_media_params params = {0};
    params.deadline = 0.3;
    sb_error err = {0};
    sb_decoder *d;
    assert_int_equal(sb_decoder_open(&d, "-", &params, &err), SB_ERR_IO);
    assert_non_null(strstr(err.message, "0.3 s"));
    dup2(keep, STDIN_FILENO);
    close(keep);
    close(ends[0]);
    close(ends[1]);
}

/* As if the program were stopped for a while. */
static bool sleep_once(void *user)
{
    bool *slept = user;
    if (!*slept)
        nanosleep(&(struct timespec){.tv_sec = 3}, NULL);
    *slept = true;
    return false;
}

static void test_a_stopped_program_goes_on(void **state)
{
    (void)state;
    bool slept = false;
    sb_monitor monitor = {.user = &slept, .cancelled = sleep_once};
    sb_media_params params = {.deadline = 2, .monitor = &monitor};
    sb_error err = {0};
    sb_decoder *d;
    if (sb_decoder_open(&d, "pulses.wav", &params, &err))
        fail_msg("%s", err.message);
    assert_true(slept);
    sb_decoder_free(&d);
}

static int left_before_stuck = -1; /* reads; -1: none gets stuck */

/* Reads of a network file system that is gone do not return. */
ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
    while (left_before_stuck == 0)
        nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
    if (left_before_stuck > 0)
        left_before_stuck--;
    struct iovec part = {data, size};
    return preadv(fd, &part, 1, offset);
}

/* Called from the second read on. */
static bool stop_at_once(void *user)
{
    (void)user;
    return left_before_stuck == 0;
}

static void test_a_stuck_file(void **state)
{
    (void)state;
    sb_monitor monitor = {.cancelled = stop_at_once};
    for (int n = 0; n < 4; n += 3) {
        sb_media_params late = {.deadline = 0.2}, cancelled = {.monitor = &monitor};
        for (int k = 0; k < 2; k++) {
            sb_error err = {0};
            sb_decoder *d;
            left_before_stuck = n;
            sb_status status = sb_decoder_open(&d, "pulses.wav", k ? &cancelled : &late, &err);
            sb_pcm block = {.n_samples = 1};
            while (!status && block.n_samples)
                status = sb_decoder_read(d, &block, &err);
            if (status != (k ? SB_ERR_INTERRUPTED : SB_ERR_IO) ||
                (!k && !strstr(err.message, "no data came for 0.2 s")))
                fail_msg("%d reads: %s, %s", n, sb_status_name(status), err.message);
            sb_decoder_free(&d);
            left_before_stuck = -1;
        }
    }
}

static int enter(void **state)
{
    (void)state;
    media_enter("test-media-hostile");
    media_write_pulses("pulses.wav", 44100, 2, 10);
    return 0;
}

int main(void)
{
    if (!media_has_ffmpeg()) {
        puts("skipped: ffmpeg is not installed");
        return SKIP_CODE;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_that_cannot_be_read),
        cmocka_unit_test(test_text_files_named_as_audio),
        cmocka_unit_test(test_other_kinds_of_file),
        cmocka_unit_test(test_protocols_are_file_names),
        cmocka_unit_test(test_mp4_without_its_index),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_noise_never_crashes),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_interruption),
        cmocka_unit_test(test_a_stalled_pipe),
        cmocka_unit_test(test_a_stopped_program_goes_on),
        cmocka_unit_test(test_a_stuck_file),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
