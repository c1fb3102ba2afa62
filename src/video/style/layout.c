#include "video/style/style.h"

static int part(double percent, int of)
{
    return (int)(percent / 100 * of + 0.5);
}

/* Moves the position into the zone if the theme puts it outside. */
static int place(const sb_rect *zone, int at, int height)
{
    int last = zone->y + zone->height - height;
    int y = zone->y + at;
    return y > last ? last : y < zone->y ? zone->y : y;
}

static void place_header(sb_layout *out, const sb_theme *theme, bool has_cover)
{
    const sb_rect *zone = &out->zone;
    int size = has_cover ? part(theme->cover_size, out->side) : 0, gap = size ? part(3, out->side) : 0;
    int top = place(zone, part(theme->header_at, zone->height), size);
    if (theme->align == SB_THEME_CENTRE) {
        out->cover = (sb_rect){zone->x + (zone->width - size) / 2, top, size, size};
        out->header = (sb_rect){zone->x, top + size + gap, zone->width, 0};
    } else {
        out->cover = (sb_rect){zone->x, top, size, size};
        out->header = (sb_rect){zone->x + size + gap, top, zone->width - size - gap, size};
    }
}

static sb_rect scaled(sb_rect r, int width, int from_width, int height, int from_height)
{
    return (sb_rect){r.x * width / from_width, r.y * height / from_height, r.width * width / from_width,
                     r.height * height / from_height};
}

void sb_layout_scale(sb_layout *l, int width, int height)
{
    l->captions_middle = l->captions_middle * height / l->height;
    l->zone = scaled(l->zone, width, l->width, height, l->height);
    l->width = width;
    l->height = height;
    l->side = width < height ? width : height;
}

void sb_layout_make(sb_layout *out, const sb_theme *theme, sb_video_shape shape, bool has_cover)
{
    *out = (sb_layout){.zone = sb_video_safe_zone(shape)};
    sb_video_size(&out->width, &out->height, shape);
    out->side = out->width < out->height ? out->width : out->height;
    const sb_rect *zone = &out->zone;
    int wave = part(theme->wave_height, out->side) & ~1, progress = part(theme->progress_height, out->side);
    place_header(out, theme, has_cover);
    out->captions_middle = zone->y + part(theme->captions_at, zone->height);
    out->wave = (sb_rect){zone->x, place(zone, part(theme->wave_at, zone->height) - wave / 2, wave),
                          zone->width, wave};
    out->progress = (sb_rect){zone->x, place(zone, part(theme->progress_at, zone->height), progress),
                              zone->width, progress};
}
