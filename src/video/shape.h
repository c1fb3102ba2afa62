/* The sizes of the pictures, and what of them an application's own controls leave free. */
#ifndef SB_VIDEO_SHAPE_H
#define SB_VIDEO_SHAPE_H

#include "soundbite/video.h"

#include <stdbool.h>

/* In pixels from the top left corner. */
typedef struct sb_rect {
    int x, y, width, height;
} sb_rect;

#define SB_VIDEO_FPS 30

/* The file's own pictures are meant. */
bool sb_video_is_source(sb_video_shape shape);

/* What they are cut to: 9:16 for source:9:16. Other shapes are returned as they are. */
sb_video_shape sb_video_frame_shape(sb_video_shape shape);

/* The shape whose theme suits a picture of this size. */
sb_video_shape sb_video_nearest_shape(int width, int height);

/* Of the video made of pictures of that size: that of the shape they are cut to, or their own, even, and less where it is
 * larger than 1920 x 1080, lying or upright. */
void sb_video_source_size(int *width, int *height, sb_video_shape shape);

/* Of a shape from 9:16 to 16:9; of any other that of 16:9. Sizes are even. */
void sb_video_size(int *width, int *height, sb_video_shape shape);

/* What may be written on: of 9:16 without the top 14 % and the bottom 20 %, of the others without a margin. */
sb_rect sb_video_safe_zone(sb_video_shape shape);

#endif
