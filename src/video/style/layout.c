#include "video/style/style.h"

#include <math.h>

#define LOGO_WIDTH 3 /* at most, relative to its height */
#define LOGO_GAP   3 /* percent of the shorter side */

static int part(double percent, int of)
{
    return (int)(percent / 100 * of + 0.5);
}

/* Moves the position into the zone if the theme puts it outside. */
static int clamp_to_zone(const sb_rect *zone, int at, int height)
{
    int last = zone->y + zone->height - height;
    int y = zone->y + at;
    return y > last ? last : y < zone->y ? zone->y : y;
}

static void place_header(sb_layout *out, const sb_theme *theme, bool has_cover)
{
    const sb_rect *zone = &out->zone;
    int size = has_cover ? part(theme->cover_size, out->side) : 0, gap = size ? part(3, out->side) : 0;
    int top = clamp_to_zone(zone, part(theme->header_at, zone->height), size);
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

/* Keeps the proportions of the picture. Its box is three times as wide as high. */
static void place_logo(sb_layout *out, const sb_theme *theme, const sb_still *logo)
{
    const sb_rect *zone = &out->zone;
    out->logo = (sb_rect){0};
    if (!logo || !logo->pixels)
        return;
    double high = theme->logo_size / 100 * out->side, wide = fmin(high * LOGO_WIDTH, zone->width / 2.0);
    double scale = fmin(high / logo->height, wide / logo->width);
    int width = (int)fmax(logo->width * scale + 0.5, 1), height = (int)fmax(logo->height * scale + 0.5, 1);
    bool right = theme->logo_at == SB_THEME_TOP_RIGHT || theme->logo_at == SB_THEME_BOTTOM_RIGHT;
    bool low = theme->logo_at == SB_THEME_BOTTOM_LEFT || theme->logo_at == SB_THEME_BOTTOM_RIGHT;
    out->logo = (sb_rect){right ? zone->x + zone->width - width : zone->x,
                          low ? zone->y + zone->height - height : zone->y, width, height};
}

void sb_layout_scale(sb_layout *l, const sb_theme *theme, const sb_still *logo, int width, int height)
{
    l->captions_middle = l->captions_middle * height / l->height;
    l->zone = scaled(l->zone, width, l->width, height, l->height);
    l->width = width;
    l->height = height;
    l->side = width < height ? width : height;
    place_logo(l, theme, logo);
}

/* Cuts off the side of `rect` where the logo is, if they overlap. */
static void make_room_in_rect(sb_rect *rect, const sb_layout *l)
{
    const sb_rect *logo = &l->logo;
    int gap = part(LOGO_GAP, l->side);
    if (!logo->width || rect->height <= 0 || rect->y >= logo->y + logo->height ||
        rect->y + rect->height <= logo->y)
        return;
    bool left = logo->x == l->zone.x;
    int begin = left ? logo->x + logo->width + gap : rect->x;
    int end = left ? rect->x + rect->width : logo->x - gap;
    begin = begin > rect->x ? begin : rect->x;
    end = end < rect->x + rect->width ? end : rect->x + rect->width;
    rect->x = begin;
    rect->width = end > begin ? end - begin : 0;
}

/* A centred header is below a logo at the top; a header at the left side is beside it. */
static void place_header_and_logo(sb_layout *out, const sb_theme *theme, bool has_cover)
{
    bool low = theme->logo_at == SB_THEME_BOTTOM_LEFT || theme->logo_at == SB_THEME_BOTTOM_RIGHT;
    place_header(out, theme, has_cover);
    if (!out->logo.width || low)
        return;
    int end = out->logo.y + out->logo.height, gap = part(LOGO_GAP, out->side);
    int top = out->cover.height ? out->cover.y : out->header.y;
    if (top >= end)
        return;
    int moved = theme->align == SB_THEME_CENTRE ? end + gap - top : 0;
    out->header.y += moved;
    out->cover.y += moved;
    if (moved)
        return;
    int width = out->logo.width + gap;
    if (theme->logo_at == SB_THEME_TOP_LEFT) {
        out->header.x += width;
        out->cover.x += width;
    }
    out->header.width -= width;
}

void sb_layout_make(sb_layout *out, const sb_theme *theme, const sb_layout_parts *parts)
{
    *out = (sb_layout){.zone = sb_video_safe_zone(parts->shape)};
    sb_video_size(&out->width, &out->height, parts->shape);
    if (parts->draft) {
        int width = out->width, height = out->height;
        sb_video_draft_size(&out->width, &out->height);
        out->zone = scaled(out->zone, out->width, width, out->height, height);
    }
    out->side = out->width < out->height ? out->width : out->height;
    const sb_rect *zone = &out->zone;
    int wave = part(theme->wave_height, out->side) & ~1, progress = part(theme->progress_height, out->side);
    place_logo(out, theme, parts->logo);
    place_header_and_logo(out, theme, parts->has_cover);
    out->captions_middle = zone->y + part(theme->captions_at, zone->height);
    out->wave = (sb_rect){zone->x, clamp_to_zone(zone, part(theme->wave_at, zone->height) - wave / 2, wave),
                          zone->width, wave};
    out->progress = (sb_rect){zone->x, clamp_to_zone(zone, part(theme->progress_at, zone->height), progress),
                              zone->width, progress};
    make_room_in_rect(&out->wave, out);
    make_room_in_rect(&out->progress, out);
}
