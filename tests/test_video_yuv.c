#include "video/scene/scene.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WIDTH  48
#define HEIGHT 34

static sb_pixels make_pixels(void)
{
    sb_pixels p = {.stride = WIDTH + 4, .width = WIDTH, .height = HEIGHT};
    p.rows = calloc((size_t)p.stride * HEIGHT, sizeof *p.rows);
    assert_non_null(p.rows);
    return p;
}

static void fill(const sb_pixels *p, sb_rect r, uint32_t colour)
{
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            p->rows[y * p->stride + x] = 0xff000000 | colour;
}

/* ITU-R BT.709-6 in floating point. */
static void wanted(uint32_t c, int out[3])
{
    double r = (c >> 16 & 255) / 255.0, g = (c >> 8 & 255) / 255.0, b = (c & 255) / 255.0;
    double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    out[0] = (int)lround(16 + 219 * y);
    out[1] = (int)lround(128 + 224 * (b - y) / 1.8556);
    out[2] = (int)lround(128 + 224 * (r - y) / 1.5748);
}

static void colours_are_those_of_bt709(void **user)
{
    (void)user;
    static const uint32_t colours[] = {0xffffff, 0,        0xff0000, 0x00ff00,
                                       0x0000ff, 0x808080, 0xffd34d, 0x123456};
    sb_error err = {0};
    sb_yuv yuv;
    sb_pixels p = make_pixels();
    assert_int_equal(sb_yuv_init(&yuv, WIDTH, HEIGHT, &err), SB_OK);
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        int values[3];
        wanted(colours[i], values);
        fill(&p, (sb_rect){0, 0, WIDTH, HEIGHT}, colours[i]);
        sb_yuv_convert(&yuv, &p, (sb_rect){0, 0, WIDTH, HEIGHT});
        for (int plane = 0; plane < 3; plane++)
            assert_int_equal(yuv.planes[plane][5], values[plane]);
    }
    sb_yuv_finish(&yuv);
    free(p.rows);
}

/* Converting only the changed part gives the same as converting everything. */
static void a_part_converts_like_the_whole(void **user)
{
    (void)user;
    sb_error err = {0};
    sb_yuv part, whole;
    sb_pixels p = make_pixels();
    assert_int_equal(sb_yuv_init(&part, WIDTH, HEIGHT, &err), SB_OK);
    assert_int_equal(sb_yuv_init(&whole, WIDTH, HEIGHT, &err), SB_OK);
    sb_yuv_convert(&part, &p, (sb_rect){0, 0, WIDTH, HEIGHT});
    unsigned seed = 3;
    for (int round = 0; round < 500; round++) {
        int v[5];
        for (int i = 0; i < 5; i++)
            v[i] = (int)((seed = seed * 1103515245 + 12345) >> 8 & 0xffffff);
        sb_rect r =
            sb_rect_within((sb_rect){v[0] % WIDTH - 2, v[1] % HEIGHT - 2, v[2] % 9, v[3] % 9}, WIDTH, HEIGHT);
        fill(&p, r, (uint32_t)v[4]);
        sb_yuv_convert(&part, &p, r);
        sb_yuv_convert(&whole, &p, (sb_rect){0, 0, WIDTH, HEIGHT});
        assert_memory_equal(part.planes[0], whole.planes[0], WIDTH * HEIGHT * 3 / 2);
    }
    sb_yuv_finish(&part);
    sb_yuv_finish(&whole);
    free(p.rows);
}

static void blurring_keeps_the_mean_and_takes_the_edge(void **user)
{
    (void)user;
    sb_pixels p = make_pixels();
    fill(&p, (sb_rect){WIDTH / 2, 0, WIDTH / 2, HEIGHT}, 0xffffff);
    assert_true(sb_pixels_blur(&p, 3));
    const uint32_t *row = p.rows + 10 * p.stride;
    for (int x = 1; x < WIDTH; x++)
        assert_true((row[x] & 255) >= (row[x - 1] & 255));
    assert_int_equal(row[0] & 255, 0);
    assert_int_equal(row[WIDTH - 1] & 255, 255);
    int step = (int)(row[WIDTH / 2] & 255) - (int)(row[WIDTH / 2 - 1] & 255);
    assert_true(step > 0 && step < 60);
    free(p.rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_those_of_bt709),
        cmocka_unit_test(a_part_converts_like_the_whole),
        cmocka_unit_test(blurring_keeps_the_mean_and_takes_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
