/* Captions as an ASS script for libass that highlights the current word. */
#ifndef SB_VIDEO_CAPTION_SCRIPT_H
#define SB_VIDEO_CAPTION_SCRIPT_H

#include "export/captions.h"
#include "video/colour.h"
#include "video/shape.h"

typedef struct sb_caption_style {
    const char *font;
    double size; /* pixels from the top to the bottom of a line */
    sb_colour text, lit, edge;
    bool firm_edge;    /* opaque and wide outline, for pictures of any colour */
    int width, height; /* of the picture */
    sb_rect zone;      /* limits for the lines */
    int middle;        /* of the lines, in pixels from the top */
} sb_caption_style;

/* Every change happens at a frame: the one nearest to the time in the captions. If an allocation fails,
 * out->failed is set. */
void sb_caption_script(sb_bytes *out, const sb_captions *captions, const sb_caption_style *style);

#endif
