/* The sizes of pictures, and the areas that the controls of apps do not cover. */
#ifndef SB_VIDEO_SHAPE_H
#define SB_VIDEO_SHAPE_H

#include "soundbite/video.h"

#include <stdbool.h>

/* In pixels from the top left corner. */
typedef struct sb_rect {
    int x, y, width, height;
} sb_rect;

#define SB_VIDEO_FPS 30

/* Returns true for shapes that use the file's own pictures. */
bool sb_video_is_source(sb_video_shape shape);

/* Returns the shape to which pictures are cropped: 9:16 for source:9:16. Other shapes are returned
 * unchanged. */
sb_video_shape sb_video_frame_shape(sb_video_shape shape);

/* Returns the shape whose theme suits a picture of this size. */
sb_video_shape sb_video_nearest_shape(int width, int height);

/* Replaces the size of the source's pictures by that of the video: the size of the shape they are cropped to,
 * or their own, made even and at most 1920 x 1080 in either orientation. */
void sb_video_source_size(int *width, int *height, sb_video_shape shape);

/* Gives the size of a shape from 9:16 to 16:9, and that of 16:9 for other shapes. Sizes are even. */
void sb_video_size(int *width, int *height, sb_video_shape shape);

/* Returns the area for text: for 9:16 without the top 14 % and the bottom 20 %, for other shapes without a
 * margin. */
sb_rect sb_video_safe_zone(sb_video_shape shape);

#endif
