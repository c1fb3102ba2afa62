/* Reads any bytes as a theme of videos, for every shape. The result is an error with its line, or a theme
 * whose elements lie in the picture. */
#include <math.h>

#include "fuzz.h"
#include "video/style/style.h"

static void check_rect(const sb_layout *layout, const sb_rect *rect)
{
    require(rect->width >= 0 && rect->height >= 0 && rect->x >= 0 && rect->y >= 0);
    require(rect->x + rect->width <= layout->width && rect->y + rect->height <= layout->height);
}

static void check_theme(const sb_theme *theme, sb_video_shape shape)
{
    sb_layout layout;
    const sb_layout_parts parts = {.shape = shape, .has_cover = true};
    require(theme->n_voices <= SB_THEME_VOICES && theme->n_named <= SB_THEME_NAMED);
    require(memchr(theme->font, 0, sizeof theme->font) && isfinite(theme->caption_size));
    sb_layout_make(&layout, theme, &parts);
    require(layout.width > 0 && layout.height > 0);
    check_rect(&layout, &layout.zone);
    check_rect(&layout, &layout.cover);
    check_rect(&layout, &layout.header);
    check_rect(&layout, &layout.wave);
    check_rect(&layout, &layout.progress);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int shape = SB_VIDEO_9_16; shape <= SB_VIDEO_16_9; shape++) {
        sb_theme theme;
        sb_error err = {0};
        sb_theme_init(&theme, (sb_video_shape)shape);
        sb_status status = sb_theme_read(&theme, (const char *)data, size, NULL, (sb_video_shape)shape, &err);
        require_outcome(status, &err, status == SB_OK);
        require(status == SB_OK || (status == SB_ERR_FORMAT && err.line > 0));
        if (status == SB_OK)
            check_theme(&theme, (sb_video_shape)shape);
    }
    return 0;
}
