#include "video/scene/scene.h"

#include "base/run/run.h"

#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct sb_canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts; /* its own, because those of a thread end with the thread */
    PangoContext *text;
};

static double channel(sb_colour colour, int shift)
{
    return (colour >> shift & 255) / 255.0;
}

static void set_colour(cairo_t *cairo, sb_colour colour, double alpha)
{
    cairo_set_source_rgba(cairo, channel(colour, 16), channel(colour, 8), channel(colour, 0), alpha);
}

static bool open_text(sb_canvas *canvas)
{
    canvas->fonts = pango_cairo_font_map_new();
    canvas->text = canvas->fonts ? pango_font_map_create_context(canvas->fonts) : NULL;
    cairo_font_options_t *options = cairo_font_options_create();
    if (canvas->text) {
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(canvas->text, options);
        pango_cairo_context_set_resolution(canvas->text, 72);
    }
    cairo_font_options_destroy(options);
    return canvas->text != NULL;
}

sb_status sb_canvas_create(sb_canvas **out, int width, int height, sb_error *err)
{
    sb_canvas *canvas = *out = calloc(1, sizeof *canvas);
    if (canvas) {
        canvas->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
        canvas->cairo = cairo_create(canvas->surface);
        if (cairo_status(canvas->cairo) == CAIRO_STATUS_SUCCESS && open_text(canvas)) {
            cairo_paint(canvas->cairo);
            return SB_OK;
        }
    }
    sb_canvas_free(out);
    return sb_error_memory(err, "drawing the video");
}

void sb_canvas_free(sb_canvas **canvas)
{
    sb_canvas *c = *canvas;
    if (!c)
        return;
    if (c->text)
        g_object_unref(c->text);
    if (c->fonts)
        g_object_unref(c->fonts);
    cairo_destroy(c->cairo);
    cairo_surface_destroy(c->surface);
    free(c);
    *canvas = NULL;
}

sb_pixels sb_canvas_pixels(sb_canvas *canvas)
{
    cairo_surface_flush(canvas->surface);
    return (sb_pixels){.rows = (uint32_t *)(void *)cairo_image_surface_get_data(canvas->surface),
                       .stride = cairo_image_surface_get_stride(canvas->surface) / 4,
                       .width = cairo_image_surface_get_width(canvas->surface),
                       .height = cairo_image_surface_get_height(canvas->surface)};
}

void sb_canvas_gradient(sb_canvas *canvas, sb_colour top, sb_colour bottom)
{
    double height = cairo_image_surface_get_height(canvas->surface);
    cairo_pattern_t *pattern = cairo_pattern_create_linear(0, 0, 0, height);
    cairo_pattern_add_color_stop_rgb(pattern, 0, channel(top, 16), channel(top, 8), channel(top, 0));
    cairo_pattern_add_color_stop_rgb(pattern, 1, channel(bottom, 16), channel(bottom, 8), channel(bottom, 0));
    cairo_set_source(canvas->cairo, pattern);
    cairo_paint(canvas->cairo);
    cairo_pattern_destroy(pattern);
}

static void round_rect(cairo_t *cairo, double x, double y, double width, double height, double radius)
{
    const double quarter = 1.5707963267948966;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + width - radius, y + radius, radius, -quarter, 0);
    cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, quarter);
    cairo_arc(cairo, x + radius, y + height - radius, radius, quarter, 2 * quarter);
    cairo_arc(cairo, x + radius, y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
}

void sb_canvas_still(sb_canvas *canvas, const sb_still *still, sb_rect to, double radius)
{
    double across = (double)to.width / still->width, down = (double)to.height / still->height;
    double scale = across > down ? across : down;
    cairo_surface_t *picture = cairo_image_surface_create_for_data(
        (unsigned char *)still->pixels, CAIRO_FORMAT_ARGB32, still->width, still->height, still->width * 4);
    cairo_t *cairo = canvas->cairo;
    cairo_save(cairo);
    round_rect(cairo, to.x, to.y, to.width, to.height, radius);
    cairo_clip(cairo);
    cairo_translate(cairo, to.x + (to.width - still->width * scale) / 2,
                    to.y + (to.height - still->height * scale) / 2);
    cairo_scale(cairo, scale, scale);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
    cairo_paint(cairo);
    cairo_restore(cairo);
    cairo_surface_destroy(picture);
}

void sb_canvas_bar(sb_canvas *canvas, double x, double y, double width, double height, sb_colour colour,
                   double alpha)
{
    double radius = (width < height ? width : height) / 2;
    cairo_surface_mark_dirty(canvas->surface);
    round_rect(canvas->cairo, x, y, width, height, radius);
    set_colour(canvas->cairo, colour, alpha);
    cairo_fill(canvas->cairo);
}

static PangoLayout *lay_out(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box)
{
    PangoLayout *layout = pango_layout_new(canvas->text);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, text->fonts);
    pango_font_description_set_absolute_size(font, text->size * PANGO_SCALE);
    pango_font_description_set_weight(font, text->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_MEDIUM);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, text->text, -1);
    pango_layout_set_width(layout, box.width * PANGO_SCALE);
    pango_layout_set_height(layout, -text->lines);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(layout, text->centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    return layout;
}

/* Narrows the lines without adding one, so that the last line is not a single word. */
static void balance(PangoLayout *layout, int width)
{
    int n = pango_layout_get_line_count(layout), step = width / 32 + 1;
    if (n < 2 || pango_layout_is_ellipsized(layout))
        return;
    do
        pango_layout_set_width(layout, (width -= step) * PANGO_SCALE);
    while (width > step && pango_layout_get_line_count(layout) == n && !pango_layout_is_ellipsized(layout));
    pango_layout_set_width(layout, (width + step) * PANGO_SCALE);
}

int sb_canvas_write(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box, bool measure, int *n_unknown)
{
    int width, height;
    PangoLayout *layout = lay_out(canvas, text, box);
    balance(layout, box.width);
    pango_layout_get_pixel_size(layout, &width, &height);
    if (n_unknown)
        *n_unknown += pango_layout_get_unknown_glyphs_count(layout);
    if (!measure) {
        cairo_surface_mark_dirty(canvas->surface);
        bool from_right = pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL;
        int narrowed = box.width - pango_layout_get_width(layout) / PANGO_SCALE;
        cairo_move_to(canvas->cairo,
                      box.x + (text->centred ? narrowed / 2
                               : from_right  ? narrowed
                                             : 0),
                      box.y);
        set_colour(canvas->cairo, text->colour, 1);
        pango_cairo_show_layout(canvas->cairo, layout);
    }
    g_object_unref(layout);
    return height;
}

static bool is_family(PangoFontFamily **families, int n, const char *name, size_t length)
{
    for (int i = 0; i < n; i++) {
        const char *family = pango_font_family_get_name(families[i]);
        if (strlen(family) == length && strncasecmp(family, name, length) == 0)
            return true;
    }
    return false;
}

void sb_canvas_find_font(sb_canvas *canvas, const char *fonts, char *out, size_t size)
{
    PangoFontFamily **families = NULL;
    int n = 0;
    pango_font_map_list_families(canvas->fonts, &families, &n);
    snprintf(out, size, "sans-serif");
    while (*fonts) {
        fonts += strspn(fonts, ", ");
        size_t whole = strcspn(fonts, ","), length = whole;
        while (length && fonts[length - 1] == ' ')
            length--;
        if (length && is_family(families, n, fonts, length)) {
            snprintf(out, size, "%.*s", (int)length, fonts);
            break;
        }
        fonts += whole;
    }
    g_free(families);
}
