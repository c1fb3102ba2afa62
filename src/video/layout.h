/* The positions of the elements in a picture. */
#ifndef SB_VIDEO_LAYOUT_H
#define SB_VIDEO_LAYOUT_H

#include "video/shape.h"
#include "video/theme.h"

typedef struct sb_layout {
    int width, height;
    int side;       /* the shorter side; sizes are percentages of it */
    sb_rect zone;   /* limits for all text */
    sb_rect cover;  /* empty if none is shown */
    sb_rect header; /* for title and speaker, at its maximum height */
    sb_rect wave, progress;
    int captions_middle;
} sb_layout;

void sb_layout_make(sb_layout *out, const sb_theme *theme, sb_video_shape shape, bool has_cover);

/* Scales the captions to a picture of another size. The other positions are then not valid. */
void sb_layout_scale(sb_layout *layout, int width, int height);

#endif
