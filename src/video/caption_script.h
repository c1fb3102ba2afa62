/* Captions as a script for libass that lights the word being said. */
#ifndef SB_VIDEO_CAPTION_SCRIPT_H
#define SB_VIDEO_CAPTION_SCRIPT_H

#include "export/captions.h"
#include "video/colour.h"
#include "video/shape.h"

typedef struct sb_caption_style {
    const char *font;
    double size; /* pixels from the top of a line to its bottom */
    sb_colour text, lit, edge;
    bool firm_edge;    /* opaque and broad, for pictures of any colour */
    int width, height; /* of the picture */
    sb_rect zone;      /* that the lines keep within */
    int middle;        /* of the lines, pixels from the top */
} sb_caption_style;

/* Every change of what is seen happens at a frame: the one nearest to the instant that the captions name. Check out->failed. */
void sb_caption_script(sb_bytes *out, const sb_captions *captions, const sb_caption_style *style);

#endif
