/* The pixels of a picture being drawn. */
#ifndef SB_VIDEO_PIXELS_H
#define SB_VIDEO_PIXELS_H

#include "video/shape.h"

#include <stdbool.h>
#include <stdint.h>

/* Rows of 0xffRRGGBB from the top. */
typedef struct sb_pixels {
    uint32_t *rows;
    int stride; /* pixels from one row to the next */
    int width, height;
} sb_pixels;

/* Copies the part `rect`; both have the same size. */
void sb_pixels_copy(const sb_pixels *to, const sb_pixels *from, sb_rect rect);

/* Blurs with a radius in pixels, nearly as a Gaussian does (three boxes, W3C filter effects). False when out of memory. */
bool sb_pixels_blur(const sb_pixels *pixels, double radius);

/* What of `rect` lies in a picture of this size. */
sb_rect sb_rect_within(sb_rect rect, int width, int height);

/* The least rectangle that holds both; one without area adds nothing. */
sb_rect sb_rect_join(sb_rect a, sb_rect b);

#endif
