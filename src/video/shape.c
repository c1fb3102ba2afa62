#include "video/shape.h"

static const struct shape {
    const char *name;
    int width, height;
    int top, bottom, side; /* parts in a thousand that are left free */
} shapes[] = {
    [SB_VIDEO_9_16] = {"9:16", 1080, 1920, 140, 200, 80},
    [SB_VIDEO_1_1] = {"1:1", 1080, 1080, 60, 60, 70},
    [SB_VIDEO_4_5] = {"4:5", 1080, 1350, 60, 60, 70},
    [SB_VIDEO_16_9] = {"16:9", 1920, 1080, 70, 70, 60},
    [SB_VIDEO_SOURCE] = {"source", 1920, 1080, 70, 70, 60},
};
#define N_SHAPES (sizeof shapes / sizeof shapes[0])

const char *sb_video_shape_name(size_t index)
{
    return index + 1 < N_SHAPES ? shapes[index + 1].name : NULL;
}

static const struct shape *look_up(sb_video_shape shape)
{
    return &shapes[shape > SB_VIDEO_ANY && shape < SB_VIDEO_SOURCE ? shape : SB_VIDEO_16_9];
}

void sb_video_size(int *width, int *height, sb_video_shape shape)
{
    *width = look_up(shape)->width;
    *height = look_up(shape)->height;
}

sb_rect sb_video_safe_zone(sb_video_shape shape)
{
    const struct shape *s = look_up(shape);
    int side = (s->width * s->side + 999) / 1000, top = (s->height * s->top + 999) / 1000;
    int bottom = (s->height * s->bottom + 999) / 1000;
    return (sb_rect){side, top, s->width - 2 * side, s->height - top - bottom};
}
