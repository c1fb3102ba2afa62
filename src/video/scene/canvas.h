/* The canvas for the files that draw on it with cairo and pango. */
#ifndef SB_VIDEO_CANVAS_H
#define SB_VIDEO_CANVAS_H

#include "video/scene/scene.h"

#include <pango/pangocairo.h>

struct sb_canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts; /* its own, because those of a thread end with the thread */
    PangoContext *text;
};

/* A description of the font for this text. The caller frees it. */
PangoFontDescription *sb_canvas_font(const sb_canvas_text *text);

void sb_canvas_set_colour(cairo_t *cairo, sb_colour colour, double alpha);

/* Adds the characters of a layout that no font has. `missing` may be NULL. */
void sb_missing_add(sb_missing *missing, PangoLayout *layout);

#endif
