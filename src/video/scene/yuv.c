#include "video/scene/scene.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

sb_status sb_yuv_init(sb_yuv *yuv, int width, int height, sb_error *err)
{
    size_t luma = (size_t)width * (size_t)height;
    *yuv = (sb_yuv){.strides = {width, width / 2, width / 2}, .width = width, .height = height};
    yuv->planes[0] = malloc(luma + luma / 2);
    if (!yuv->planes[0])
        return sb_error_memory(err, "drawing the video");
    yuv->planes[1] = yuv->planes[0] + luma;
    yuv->planes[2] = yuv->planes[1] + luma / 4;
    return SB_OK;
}

void sb_yuv_finish(sb_yuv *yuv)
{
    free(yuv->planes[0]);
    *yuv = (sb_yuv){0};
}

/* ITU-R BT.709-6, 3.2 to 3.5: E'Y = 0.2126 R + 0.7152 G + 0.0722 B in 219 steps from 16; colour in 224 steps
 * around 128. 16-bit fractions, rounded so that each row is exact for grey. */
enum {
    Y_RED = 11966,
    Y_GREEN = 40254,
    Y_BLUE = 4064,
    U_RED = -6596,
    U_GREEN = -22189,
    U_BLUE = 28785,
    V_RED = 28784,
    V_GREEN = -26145,
    V_BLUE = -2639,
    HALF = 1 << 15,
    /* the inverse */
    Y_STEP = 76309,
    V_TO_RED = 117489,
    U_TO_GREEN = -13975,
    V_TO_GREEN = -34925,
    U_TO_BLUE = 138438,
};

void sb_yuv_copy(const sb_yuv *to, const sb_yuv *from)
{
    for (int p = 0; p < 3; p++) {
        size_t width = (size_t)to->width >> (p > 0);
        for (int y = 0; y < to->height >> (p > 0); y++)
            memcpy(to->planes[p] + (size_t)y * (size_t)to->strides[p],
                   from->planes[p] + (size_t)y * (size_t)from->strides[p], width);
    }
}

static uint32_t to_byte(int value)
{
    value = (value + HALF) >> 16;
    return (uint32_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

void sb_yuv_read(const sb_pixels *to, const sb_yuv *from, sb_rect rect)
{
    rect = sb_rect_within(rect, from->width, from->height);
    for (int y = rect.y; y < rect.y + rect.height; y++)
        for (int x = rect.x; x < rect.x + rect.width; x++) {
            size_t at = (size_t)(y / 2) * (size_t)from->strides[1] + (size_t)(x / 2);
            int luma = (from->planes[0][(size_t)y * (size_t)from->strides[0] + (size_t)x] - 16) * Y_STEP;
            int u = from->planes[1][at] - 128, v = from->planes[2][at] - 128;
            to->rows[(size_t)y * (size_t)to->stride + (size_t)x] =
                0xff000000 | to_byte(luma + V_TO_RED * v) << 16 |
                to_byte(luma + U_TO_GREEN * u + V_TO_GREEN * v) << 8 | to_byte(luma + U_TO_BLUE * u);
        }
}

static void convert_luma(const sb_yuv *to, const sb_pixels *from, sb_rect r)
{
    for (int y = r.y; y < r.y + r.height; y++) {
        const uint32_t *in = from->rows + (size_t)y * (size_t)from->stride + r.x;
        uint8_t *out = to->planes[0] + (size_t)y * (size_t)to->strides[0] + r.x;
        for (int x = 0; x < r.width; x++) {
            uint32_t p = in[x];
            out[x] = (uint8_t)(16 + ((Y_RED * (int)(p >> 16 & 255) + Y_GREEN * (int)(p >> 8 & 255) +
                                      Y_BLUE * (int)(p & 255) + HALF) >>
                                     16));
        }
    }
}

/* Sums one channel over two rows and three columns with weights 1 2 1: eight times the mean. */
static int gather(const uint32_t *upper, const uint32_t *lower, int left, int middle, int right, int shift)
{
    return (int)((upper[left] >> shift & 255) + (lower[left] >> shift & 255) +
                 2 * ((upper[middle] >> shift & 255) + (lower[middle] >> shift & 255)) +
                 (upper[right] >> shift & 255) + (lower[right] >> shift & 255));
}

static void convert_colour(const sb_yuv *to, const sb_pixels *from, sb_rect r)
{
    for (int y = r.y; y < r.y + r.height; y += 2) {
        const uint32_t *upper = from->rows + (size_t)y * (size_t)from->stride, *lower = upper + from->stride;
        size_t row = (size_t)(y / 2) * (size_t)to->strides[1];
        for (int x = r.x; x < r.x + r.width; x += 2) {
            int left = x ? x - 1 : 0, right = x + 1;
            int red = gather(upper, lower, left, x, right, 16),
                green = gather(upper, lower, left, x, right, 8);
            int blue = gather(upper, lower, left, x, right, 0);
            int u = U_RED * red + U_GREEN * green + U_BLUE * blue;
            int v = V_RED * red + V_GREEN * green + V_BLUE * blue;
            to->planes[1][row + (size_t)(x / 2)] = (uint8_t)(128 + ((u + 8 * HALF) >> 19));
            to->planes[2][row + (size_t)(x / 2)] = (uint8_t)(128 + ((v + 8 * HALF) >> 19));
        }
    }
}

/* Extends the rectangle to whole pairs and by the pair to its right, whose colour depends on the column
 * before it. */
static sb_rect in_pairs(sb_rect r, int width, int height)
{
    int left = r.x & ~1, top = r.y & ~1;
    int right = (r.x + r.width + 2) & ~1, bottom = (r.y + r.height + 1) & ~1;
    return sb_rect_within((sb_rect){left, top, right - left, bottom - top}, width, height);
}

void sb_yuv_convert(const sb_yuv *to, const sb_pixels *from, sb_rect rect)
{
    rect = sb_rect_within(rect, to->width, to->height);
    if (rect.width <= 0 || rect.height <= 0)
        return;
    rect = in_pairs(rect, to->width, to->height);
    convert_luma(to, from, rect);
    convert_colour(to, from, rect);
}
