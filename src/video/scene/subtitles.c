#include "video/scene/scene.h"

#include "base/run/run.h"

#include <ass/ass.h>
#include <stdlib.h>
#include <string.h>

struct sb_subtitles {
    ASS_Library *library;
    ASS_Renderer *renderer;
    ASS_Track *track;
    ASS_Image *images; /* owned by the renderer */
    int n_unknown;
};

/* libass reports missing glyphs only in its messages. */
static void on_message(int level, const char *format, va_list arguments, void *user)
{
    sb_subtitles *s = user;
    (void)level;
    (void)arguments;
    if (strstr(format, "failed to find any fallback with glyph"))
        s->n_unknown++;
}

static bool open_renderer(sb_subtitles *s, int width, int height)
{
    s->library = ass_library_init();
    if (!s->library)
        return false;
    ass_set_message_cb(s->library, on_message, s);
    ass_set_extract_fonts(s->library, 0);
    s->renderer = ass_renderer_init(s->library);
    if (!s->renderer)
        return false;
    ass_set_frame_size(s->renderer, width, height);
    ass_set_storage_size(s->renderer, width, height);
    ass_set_shaper(s->renderer, ASS_SHAPING_COMPLEX);
    ass_set_hinting(s->renderer, ASS_HINTING_NONE);
    ass_set_fonts(s->renderer, NULL, "sans-serif", ASS_FONTPROVIDER_AUTODETECT, NULL, 0);
    return true;
}

sb_status sb_subtitles_create(sb_subtitles **out, const sb_bytes *script, int width, int height,
                              sb_error *err)
{
    sb_subtitles *s = *out = calloc(1, sizeof *s);
    char *copy = malloc(script->size + 1);
    if (s && copy && open_renderer(s, width, height)) {
        memcpy(copy, script->data, script->size + 1);
        s->track = ass_read_memory(s->library, copy, script->size, NULL);
    }
    free(copy);
    if (s && s->track)
        return SB_OK;
    sb_subtitles_free(out);
    return sb_error_memory(err, "drawing the video");
}

void sb_subtitles_free(sb_subtitles **subtitles)
{
    sb_subtitles *s = *subtitles;
    if (!s)
        return;
    if (s->track)
        ass_free_track(s->track);
    if (s->renderer)
        ass_renderer_done(s->renderer);
    if (s->library)
        ass_library_done(s->library);
    free(s);
    *subtitles = NULL;
}

bool sb_subtitles_at(sb_subtitles *s, sb_time at, sb_rect *box)
{
    int change = 0;
    s->images = ass_render_frame(s->renderer, s->track, at / SB_TIME_MS, &change);
    *box = (sb_rect){0};
    for (const ASS_Image *i = s->images; i; i = i->next)
        *box = sb_rect_join(*box, (sb_rect){i->dst_x, i->dst_y, i->w, i->h});
    return change != 0;
}

static uint32_t blend(uint32_t under, uint32_t over, uint32_t alpha)
{
    uint32_t out = 0xff000000;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t u = under >> shift & 255, o = over >> shift & 255;
        out |= (u * (255 - alpha) + o * alpha + 127) / 255 << shift;
    }
    return out;
}

/* The last byte of a libass colour is its transparency. */
static void draw_image(const ASS_Image *image, const sb_pixels *on)
{
    sb_rect r =
        sb_rect_within((sb_rect){image->dst_x, image->dst_y, image->w, image->h}, on->width, on->height);
    uint32_t colour = image->color >> 8, opaque = 255 - (image->color & 255);
    for (int y = r.y; y < r.y + r.height; y++) {
        const uint8_t *cover =
            image->bitmap + (ptrdiff_t)(y - image->dst_y) * image->stride + (r.x - image->dst_x);
        uint32_t *row = on->rows + (size_t)y * (size_t)on->stride + r.x;
        for (int x = 0; x < r.width; x++)
            if (cover[x])
                row[x] = blend(row[x], colour, (cover[x] * opaque + 127) / 255);
    }
}

void sb_subtitles_draw(const sb_subtitles *s, const sb_pixels *on)
{
    for (const ASS_Image *image = s->images; image; image = image->next)
        draw_image(image, on);
}

int sb_subtitles_unknown(const sb_subtitles *s)
{
    return s->n_unknown;
}
