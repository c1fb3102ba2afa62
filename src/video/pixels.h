/* The pixels of a drawn picture. */
#ifndef SB_VIDEO_PIXELS_H
#define SB_VIDEO_PIXELS_H

#include "video/shape.h"

#include <stdbool.h>
#include <stdint.h>

/* Rows of 0xffRRGGBB from the top. */
typedef struct sb_pixels {
    uint32_t *rows;
    int stride; /* in pixels, from one row to the next */
    int width, height;
} sb_pixels;

/* Copies the part `rect`. Both pictures have the same size. */
void sb_pixels_copy(const sb_pixels *to, const sb_pixels *from, sb_rect rect);

/* Blurs with a radius in pixels, approximating a Gaussian by three boxes (W3C Filter Effects). Returns false
 * if memory runs out. */
bool sb_pixels_blur(const sb_pixels *pixels, double radius);

/* Returns the part of `rect` that is inside a picture of this size. */
sb_rect sb_rect_within(sb_rect rect, int width, int height);

/* Returns the smallest rectangle that contains both. An empty rectangle is ignored. */
sb_rect sb_rect_join(sb_rect a, sb_rect b);

#endif
