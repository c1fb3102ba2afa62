/* Where everything lies in a picture. */
#ifndef SB_VIDEO_LAYOUT_H
#define SB_VIDEO_LAYOUT_H

#include "video/shape.h"
#include "video/theme.h"

typedef struct sb_layout {
    int width, height;
    int side;       /* the shorter of both, of which sizes are percents */
    sb_rect zone;   /* that all text keeps within */
    sb_rect cover;  /* without area where none is shown */
    sb_rect header; /* for title and speaker, at its greatest height */
    sb_rect wave, progress;
    int captions_middle;
} sb_layout;

void sb_layout_make(sb_layout *out, const sb_theme *theme, sb_video_shape shape, bool has_cover);

/* For the captions of a picture of another size; the other places are then of no use. */
void sb_layout_scale(sb_layout *layout, int width, int height);

#endif
