/* The title and the name of the speaker. */
#ifndef SB_VIDEO_HEADER_H
#define SB_VIDEO_HEADER_H

#include "video/scene/scene.h"

#define TITLE_LINES 3

typedef struct sb_video_header {
    const sb_theme *theme;
    const sb_layout *layout;
    const char *title;  /* NULL or "": none */
    double scale;       /* of a long title and of the name */
    sb_rect plate;      /* of the speaker's name */
    sb_missing missing; /* of what was drawn */
} sb_video_header;

/* Returns the height that a name needs, which depends on its script. `scale` must be set. */
int sb_video_header_name_height(const sb_video_header *header, sb_canvas *canvas, const char *speaker);

/* Draws the title and finds the place of names, below it. `speaker` is the one that needs the most height. */
void sb_video_header_draw(sb_video_header *header, sb_canvas *canvas, const char *speaker);

/* Draws a name. */
void sb_video_header_draw_speaker(sb_video_header *header, sb_canvas *canvas, const char *speaker,
                                  sb_colour colour);

#endif
