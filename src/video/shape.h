/* The sizes of the pictures, and what of them an application's own controls leave free. */
#ifndef SB_VIDEO_SHAPE_H
#define SB_VIDEO_SHAPE_H

#include "soundbite/video.h"

/* In pixels from the top left corner. */
typedef struct sb_rect {
    int x, y, width, height;
} sb_rect;

#define SB_VIDEO_FPS 30

/* Of a shape from 9:16 to 16:9; of any other that of 16:9. Sizes are even. */
void sb_video_size(int *width, int *height, sb_video_shape shape);

/* What may be written on: of 9:16 without the top 14 % and the bottom 20 %, of the others without a margin. */
sb_rect sb_video_safe_zone(sb_video_shape shape);

#endif
