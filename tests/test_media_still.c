#include "support_media.h"

#include "media/media.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int enter(void **user)
{
    (void)user;
    media_enter("media-still");
    if (!media_has_ffmpeg())
        return 0;
    media_run("FF -f lavfi -i color=red:s=40x20 -frames:v 1 red.png");
    media_run("FF -i red.png red.jpg && FF -i red.png red.bmp && FF -i red.png red.gif");
    media_run("FF -f lavfi -i color=blue:s=300x200 -frames:v 1 blue.png");
    media_run("FF -f lavfi -i color=lime:s=4000x3000 -frames:v 1 large.png");
    media_write_pulses("sound.wav", 44100, 1, 2);
    media_run("FF -i sound.wav -i red.jpg -map 0 -map 1 -c:v copy -disposition:v attached_pic cover.mp3");
    media_run(
        "FF -i sound.wav -i red.jpg -map 0 -map 1 -c:v copy -c:a aac -disposition:v attached_pic cover.m4a");
    media_run("FF -i sound.wav -i red.png -map 0 -map 1 -c:v copy -disposition:v attached_pic cover.flac");
    return 0;
}

static void check_pixel(const sb_still *still, int x, int y, uint32_t wanted)
{
    uint32_t p = still->pixels[y * still->width + x];
    for (int shift = 0; shift < 32; shift += 8)
        if (abs((int)(p >> shift & 255) - (int)(wanted >> shift & 255)) > 3)
            fail_msg("pixel (%d, %d) is %08x, not %08x", x, y, p, wanted);
}

static void pictures_of_every_kind_are_read(void **user)
{
    (void)user;
    media_need_ffmpeg();
    static const char *const names[] = {"red.png", "red.jpg", "red.bmp", "red.gif"};
    for (size_t i = 0; i < 4; i++) {
        sb_still still;
        sb_error err = {0};
        if (sb_still_read(&still, names[i], &err))
            fail_msg("%s: %s", names[i], err.message);
        assert_int_equal(still.width, 40);
        assert_int_equal(still.height, 20);
        check_pixel(&still, 20, 10, 0xfffe0000);
        sb_still_finish(&still);
    }
}

static void large_pictures_are_made_smaller(void **user)
{
    (void)user;
    media_need_ffmpeg();
    sb_still still;
    assert_int_equal(sb_still_read(&still, "large.png", NULL), SB_OK);
    assert_int_equal(still.width, 2560);
    assert_int_equal(still.height, SB_STILL_SIDE);
    check_pixel(&still, 2559, 1919, 0xff00ff00);
    sb_still_finish(&still);
}

static void the_cover_of_a_sound_file_is_found(void **user)
{
    (void)user;
    media_need_ffmpeg();
    static const char *const names[] = {"cover.mp3", "cover.m4a", "cover.flac"};
    for (size_t i = 0; i < 3; i++) {
        sb_still still;
        sb_error err = {0};
        if (sb_still_cover(&still, names[i], &err))
            fail_msg("%s: %s", names[i], err.message);
        assert_int_equal(still.width, 40);
        check_pixel(&still, 20, 10, 0xfffe0000);
        sb_still_finish(&still);
    }
    sb_still none;
    assert_int_equal(sb_still_cover(&none, "sound.wav", NULL), SB_OK);
    assert_null(none.pixels);
}

static void other_files_are_refused(void **user)
{
    (void)user;
    static const char *const texts[] = {"",   "hello", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0 nothing",
                                        "BM", "GIF89a"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sb_still still;
        sb_error err = {0};
        media_store("bad.png", texts[i], strlen(texts[i]));
        assert_int_equal(sb_still_read(&still, "bad.png", &err), SB_ERR_FORMAT);
        assert_string_equal(err.file, "bad.png");
        assert_null(still.pixels);
    }
    sb_still still;
    assert_int_equal(sb_still_read(&still, "missing.png", NULL), SB_ERR_IO);
}

/* A truncated or garbled picture is read or refused. */
static void broken_pictures_do_no_harm(void **user)
{
    (void)user;
    media_need_ffmpeg();
    static const char *const names[] = {"red.png", "red.jpg", "red.bmp", "red.gif"};
    unsigned seed = 5;
    for (size_t i = 0; i < 4; i++) {
        size_t size;
        unsigned char *data = media_load(names[i], &size);
        for (int round = 0; round < 60; round++) {
            sb_still still;
            seed = seed * 1103515245 + 12345;
            data[(seed >> 8) % size] ^= (unsigned char)(seed >> 24);
            media_store("broken", data, round % 2 ? size : (seed >> 4) % size);
            sb_status status = sb_still_read(&still, "broken", NULL);
            assert_true(status == SB_OK || status == SB_ERR_FORMAT);
            sb_still_finish(&still);
        }
        free(data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_of_every_kind_are_read),
        cmocka_unit_test(large_pictures_are_made_smaller),
        cmocka_unit_test(the_cover_of_a_sound_file_is_found),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(broken_pictures_do_no_harm),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
