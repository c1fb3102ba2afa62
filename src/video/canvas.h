/* Drawing: cairo and pango behind a few shapes. */
#ifndef SB_VIDEO_CANVAS_H
#define SB_VIDEO_CANVAS_H

#include "media/still.h"
#include "video/colour.h"
#include "video/pixels.h"

typedef struct sb_canvas sb_canvas;

/* Black at first. SB_ERR_MEMORY. */
sb_status sb_canvas_create(sb_canvas **out, int width, int height, sb_error *err);
void sb_canvas_free(sb_canvas **canvas);

/* The canvas's own pixels, which may be changed between calls. */
sb_pixels sb_canvas_pixels(sb_canvas *canvas);

/* Fills all of it, from `top` to `bottom`. */
void sb_canvas_gradient(sb_canvas *canvas, sb_colour top, sb_colour bottom);

/* Lays the middle of a picture over all of `to`, whose corners are rounded. */
void sb_canvas_still(sb_canvas *canvas, const sb_still *still, sb_rect to, double radius);

/* A rectangle with rounded ends. */
void sb_canvas_bar(sb_canvas *canvas, double x, double y, double width, double height, sb_colour colour,
                   double alpha);

typedef struct sb_canvas_text {
    const char *text;
    const char *fonts; /* families with commas between */
    double size;       /* pixels */
    bool bold;
    bool centred; /* else from the side where its script begins */
    int lines;    /* at most; what is longer ends in an ellipsis */
    sb_colour colour;
} sb_canvas_text;

/* Writes into `box` from its top, shaped and ordered as the script of the text asks, and returns the height in pixels. Nothing
 * is drawn where `measure`. `*n_unknown` (may be NULL) grows by the letters that no font has. */
int sb_canvas_write(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box, bool measure, int *n_unknown);

/* The first of the families that is installed, else "sans-serif", into `out`. */
void sb_canvas_find_font(sb_canvas *canvas, const char *fonts, char *out, size_t size);

#endif
