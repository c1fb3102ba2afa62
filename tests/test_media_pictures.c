#include "support_media.h"

#include "media/media.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WIDTH  160
#define HEIGHT 48

/* The upper half shows the number of the picture, one bit per ten columns. The lower half is a ramp from
 * left to right. */
static void make_video(const char *name, const char *rate, const char *more)
{
    media_run(
        "FF -f lavfi -i \"nullsrc=s=%dx%d:r=%s,format=gray,geq=lum='if(lt(Y,H/2),16+219*mod(floor(N/pow(2,"
        "floor(X/10))),2),16+X)'\" -f lavfi -i sine=440:d=6 -map 0:v -map 1:a -t 6 -pix_fmt yuv420p %s %s",
        WIDTH, HEIGHT, rate, more, name);
}

static int number_of(const sb_yuv *picture)
{
    int number = 0;
    for (int bit = 0; bit < 16; bit++) {
        int x = (bit * 10 + 5) * picture->width / WIDTH;
        number |= (picture->planes[0][picture->height / 4 * picture->strides[0] + x] > 128) << bit;
    }
    return number;
}

static sb_pictures *open_pictures(const char *name, int width, int height)
{
    sb_pictures *p;
    sb_error err = {0};
    if (sb_pictures_open(&p, name, -1, &err) || sb_pictures_set_size(p, width, height, &err))
        fail_msg("%s: %s", name, err.message);
    return p;
}

static void check_numbers(const char *name, double fps, int first_ms, double offset_s)
{
    sb_pictures *p = open_pictures(name, WIDTH, HEIGHT);
    sb_pictures_form form = sb_pictures_get_form(p);
    const sb_yuv *picture;
    assert_true(fabs((double)form.fps / form.fps_den - fps) < 1e-9);
    sb_time start = first_ms * SB_TIME_MS;
    for (int i = 0; i < 40; i++) {
        sb_time at = start + i * form.fps_den * SB_TIME_SECOND / form.fps;
        assert_int_equal(sb_pictures_at(&picture, p, at, NULL), SB_OK);
        int expected = (int)floor((first_ms / 1000.0 - offset_s) * fps + i + 1e-6);
        if (number_of(picture) != (expected < 0 ? 0 : expected))
            fail_msg("%s at %d ms: picture %d is %d, not %d", name, first_ms, i, number_of(picture),
                     expected);
    }
    sb_pictures_free(&p);
}

static void the_picture_is_the_one_that_is_shown(void **user)
{
    (void)user;
    media_need_ffmpeg();
    make_video("a.mp4", "25", "-c:v libx264 -g 50 -bf 3 -c:a aac");
    make_video("b.mp4", "30000/1001", "-c:v libx264 -g 300 -c:a aac");
    make_video("c.mkv", "30", "-c:v libx264 -g 60 -bf 2 -c:a libopus");
    make_video("d.webm", "24", "-c:v libvpx -c:a libopus");
    static const int starts[] = {0, 39, 40, 41, 1000, 1979, 1980, 3017, 4001};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        check_numbers("a.mp4", 25, starts[i], 0);
        check_numbers("b.mp4", 30000 / 1001.0, starts[i], 0);
    }
    /* Not within a millisecond of a change. With Opus, which starts before 0, the pictures were written 7
     * ms later. */
    static const int coarse[] = {12, 60, 1210, 3025};
    for (size_t i = 0; i < sizeof coarse / sizeof *coarse; i++) {
        check_numbers("c.mkv", 30, coarse[i], 0.007);
        check_numbers("d.webm", 24, coarse[i], 0.007);
    }
    media_run("FF -i a.mp4 -itsoffset 0.5 -i a.mp4 -map 1:v -map 0:a -c copy late.mp4");
    check_numbers("late.mp4", 25, 1010, 0.5);
    check_numbers("late.mp4", 25, 100, 0.5);
}

static void beyond_the_end_the_last_stays(void **user)
{
    (void)user;
    media_need_ffmpeg();
    make_video("end.mp4", "25", "-c:v libx264 -c:a aac");
    sb_pictures *p = open_pictures("end.mp4", WIDTH, HEIGHT);
    const sb_yuv *picture;
    assert_int_equal(sb_pictures_at(&picture, p, 60 * SB_TIME_SECOND, NULL), SB_OK);
    assert_int_equal(number_of(picture), 149);
    sb_pictures_free(&p);
}

/* The middle of the ramp, in the lower half. */
static void a_shape_takes_the_middle(void **user)
{
    (void)user;
    media_need_ffmpeg();
    make_video("ramp.mp4", "25", "-c:v libx264 -qp 10 -colorspace bt709 -c:a aac");
    sb_pictures *p = open_pictures("ramp.mp4", 54, 96);
    const sb_yuv *picture;
    assert_int_equal(sb_pictures_at(&picture, p, SB_TIME_SECOND, NULL), SB_OK);
    assert_int_equal(picture->width, 54);
    assert_int_equal(picture->height, 96);
    const uint8_t *row = picture->planes[0] + 72 * picture->strides[0];
    assert_in_range(row[27], 16 + 80 - 4, 16 + 80 + 4);
    assert_in_range(row[1], 16 + 80 - 13 - 4, 16 + 80 - 13 + 5);
    assert_in_range(row[52], 16 + 80 + 13 - 5, 16 + 80 + 13 + 4);
    sb_pictures_free(&p);
}

static void turned_pictures_are_upright(void **user)
{
    (void)user;
    media_need_ffmpeg();
    make_video("lying.mp4", "25", "-c:v libx264 -qp 10 -c:a aac");
    media_run("FF -i lying.mp4 -c copy -metadata:s:v rotate=90 turned.mp4");
    sb_pictures *p;
    assert_int_equal(sb_pictures_open(&p, "turned.mp4", -1, NULL), SB_OK);
    sb_pictures_form form = sb_pictures_get_form(p);
    assert_int_equal(form.width, HEIGHT);
    assert_int_equal(form.height, WIDTH);
    const sb_yuv *picture;
    assert_int_equal(sb_pictures_set_size(p, HEIGHT, WIDTH, NULL), SB_OK);
    assert_int_equal(sb_pictures_at(&picture, p, 0, NULL), SB_OK);
    media_run("FF -i turned.mp4 -frames:v 1 -f rawvideo -pix_fmt gray upright.gray");
    size_t size;
    unsigned char *upright = media_load("upright.gray", &size);
    assert_int_equal(size, WIDTH * HEIGHT);
    for (int y = 4; y < WIDTH; y += 7)
        for (int x = 4; x < HEIGHT; x += 5)
            assert_in_range(picture->planes[0][y * picture->strides[0] + x],
                            upright[y * HEIGHT + x] * 219 / 255 + 8,
                            upright[y * HEIGHT + x] * 219 / 255 + 24);
    free(upright);
    sb_pictures_free(&p);
}

static void sound_alone_has_no_pictures(void **user)
{
    (void)user;
    sb_pictures *p;
    sb_error err = {0};
    media_write_pulses("sound.wav", 44100, 1, 1);
    assert_int_equal(sb_pictures_open(&p, "sound.wav", -1, &err), SB_ERR_UNSUPPORTED);
    assert_null(p);
    assert_non_null(strstr(err.message, "no moving pictures"));
    assert_string_equal(err.field, "shape");
}

static int enter(void **user)
{
    (void)user;
    media_enter("media-pictures");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_is_the_one_that_is_shown),
        cmocka_unit_test(beyond_the_end_the_last_stays),
        cmocka_unit_test(a_shape_takes_the_middle),
        cmocka_unit_test(turned_pictures_are_upright),
        cmocka_unit_test(sound_alone_has_no_pictures),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
