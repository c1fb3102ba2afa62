#include "video/style/style.h"

enum { LONGER_MAX = 1920, SHORTER_MAX = 1080 };

static const struct shape {
    const char *name;
    int width, height;
    int top, bottom, side; /* margins in thousandths of the size */
} shapes[] = {
    [SB_VIDEO_9_16] = {"9:16", 1080, 1920, 140, 200, 80},
    [SB_VIDEO_1_1] = {"1:1", 1080, 1080, 60, 60, 70},
    [SB_VIDEO_4_5] = {"4:5", 1080, 1350, 60, 60, 70},
    [SB_VIDEO_16_9] = {"16:9", 1920, 1080, 70, 70, 60},
    [SB_VIDEO_SOURCE] = {"source", 1920, 1080, 70, 70, 60},
    [SB_VIDEO_SOURCE_9_16] = {.name = "source:9:16"},
    [SB_VIDEO_SOURCE_1_1] = {.name = "source:1:1"},
    [SB_VIDEO_SOURCE_4_5] = {.name = "source:4:5"},
    [SB_VIDEO_SOURCE_16_9] = {.name = "source:16:9"},
};
#define N_SHAPES (sizeof shapes / sizeof shapes[0])

const char *sb_video_shape_name(size_t index)
{
    return index + 1 < N_SHAPES ? shapes[index + 1].name : NULL;
}

bool sb_video_is_source(sb_video_shape shape)
{
    return shape >= SB_VIDEO_SOURCE && shape <= SB_VIDEO_SOURCE_16_9;
}

sb_video_shape sb_video_frame_shape(sb_video_shape shape)
{
    return shape > SB_VIDEO_SOURCE && shape <= SB_VIDEO_SOURCE_16_9
               ? (sb_video_shape)(shape - SB_VIDEO_SOURCE_9_16 + SB_VIDEO_9_16)
               : shape;
}

sb_video_shape sb_video_nearest_shape(int width, int height)
{
    return width > height ? SB_VIDEO_16_9 : width < height ? SB_VIDEO_9_16 : SB_VIDEO_1_1;
}

static void size_within(int *width, int *height)
{
    int64_t longer = *width > *height ? *width : *height, shorter = *width > *height ? *height : *width;
    int64_t num = 1, den = 1;
    if (longer > LONGER_MAX || shorter > SHORTER_MAX) {
        bool by_longer = longer * SHORTER_MAX > shorter * LONGER_MAX;
        num = by_longer ? LONGER_MAX : SHORTER_MAX;
        den = by_longer ? longer : shorter;
    }
    int even_width = (int)(*width * num / den) & ~1, even_height = (int)(*height * num / den) & ~1;
    *width = even_width > 2 ? even_width : 2;
    *height = even_height > 2 ? even_height : 2;
}

static const struct shape *shape_of(sb_video_shape shape)
{
    shape = sb_video_frame_shape(shape);
    return &shapes[shape > SB_VIDEO_ANY && shape < SB_VIDEO_SOURCE ? shape : SB_VIDEO_16_9];
}

void sb_video_size(int *width, int *height, sb_video_shape shape)
{
    *width = shape_of(shape)->width;
    *height = shape_of(shape)->height;
}

sb_rect sb_video_safe_zone(sb_video_shape shape)
{
    const struct shape *s = shape_of(shape);
    int side = (s->width * s->side + 999) / 1000, top = (s->height * s->top + 999) / 1000;
    int bottom = (s->height * s->bottom + 999) / 1000;
    return (sb_rect){side, top, s->width - 2 * side, s->height - top - bottom};
}

void sb_video_source_size(int *width, int *height, sb_video_shape shape)
{
    if (shape == SB_VIDEO_SOURCE)
        size_within(width, height);
    else
        sb_video_size(width, height, shape);
}

void sb_video_draft_size(int *width, int *height)
{
    int half_width = *width / SB_VIDEO_DRAFT & ~1, half_height = *height / SB_VIDEO_DRAFT & ~1;
    *width = half_width > 2 ? half_width : 2;
    *height = half_height > 2 ? half_height : 2;
}
