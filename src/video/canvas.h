/* Drawing with cairo and pango. */
#ifndef SB_VIDEO_CANVAS_H
#define SB_VIDEO_CANVAS_H

#include "media/still.h"
#include "video/colour.h"
#include "video/pixels.h"

typedef struct sb_canvas sb_canvas;

/* The canvas is black at first. Returns SB_ERR_MEMORY. */
sb_status sb_canvas_create(sb_canvas **out, int width, int height, sb_error *err);
void sb_canvas_free(sb_canvas **canvas);

/* Returns the canvas's own pixels. They may be changed between calls. */
sb_pixels sb_canvas_pixels(sb_canvas *canvas);

/* Fills the canvas with a gradient from `top` to `bottom`. */
void sb_canvas_gradient(sb_canvas *canvas, sb_colour top, sb_colour bottom);

/* Draws the middle of a picture so that it fills `to`, with rounded corners. */
void sb_canvas_still(sb_canvas *canvas, const sb_still *still, sb_rect to, double radius);

/* Draws a rectangle with rounded ends. */
void sb_canvas_bar(sb_canvas *canvas, double x, double y, double width, double height, sb_colour colour,
                   double alpha);

typedef struct sb_canvas_text {
    const char *text;
    const char *fonts; /* families separated by commas */
    double size;       /* in pixels */
    bool bold;
    bool centred; /* otherwise aligned to the side on which its script begins */
    int lines;    /* maximum number; longer text ends in an ellipsis */
    sb_colour colour;
} sb_canvas_text;

/* Writes text from the top of `box`, shaped and ordered for its script, and returns its height in pixels.
 * With `measure`, nothing is drawn. Adds the number of characters that no font has to `*n_unknown`, which may
 * be NULL. */
int sb_canvas_write(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box, bool measure, int *n_unknown);

/* Writes the first installed family to `out`, or "sans-serif". */
void sb_canvas_find_font(sb_canvas *canvas, const char *fonts, char *out, size_t size);

#endif
