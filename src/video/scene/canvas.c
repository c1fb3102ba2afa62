#include "video/scene/canvas.h"

#include "base/run/run.h"

#include <stdlib.h>

static double channel(sb_colour colour, int shift)
{
    return (colour >> shift & 255) / 255.0;
}

void sb_canvas_set_colour(cairo_t *cairo, sb_colour colour, double alpha)
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

static sb_status create_canvas(sb_canvas **out, cairo_format_t format, int width, int height, sb_error *err)
{
    sb_canvas *canvas = *out = calloc(1, sizeof *canvas);
    if (canvas) {
        canvas->surface = cairo_image_surface_create(format, width, height);
        canvas->cairo = cairo_create(canvas->surface);
        if (cairo_status(canvas->cairo) == CAIRO_STATUS_SUCCESS && open_text(canvas))
            return SB_OK;
    }
    sb_canvas_free(out);
    return sb_error_memory(err, "drawing the video");
}

sb_status sb_canvas_create(sb_canvas **out, int width, int height, sb_error *err)
{
    sb_status status = create_canvas(out, CAIRO_FORMAT_RGB24, width, height, err);
    if (!status)
        cairo_paint((*out)->cairo);
    return status;
}

sb_status sb_canvas_create_layer(sb_canvas **out, int width, int height, sb_error *err)
{
    return create_canvas(out, CAIRO_FORMAT_ARGB32, width, height, err);
}

void sb_canvas_clear(sb_canvas *canvas, sb_rect rect)
{
    cairo_t *cairo = canvas->cairo;
    cairo_surface_mark_dirty(canvas->surface);
    cairo_save(cairo);
    cairo_set_operator(cairo, CAIRO_OPERATOR_CLEAR);
    cairo_rectangle(cairo, rect.x, rect.y, rect.width, rect.height);
    cairo_fill(cairo);
    cairo_restore(cairo);
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
    sb_canvas_box(canvas, x, y, width, height, (width < height ? width : height) / 2, colour, alpha);
}

void sb_canvas_box(sb_canvas *canvas, double x, double y, double width, double height, double radius,
                   sb_colour colour, double alpha)
{
    cairo_surface_mark_dirty(canvas->surface);
    round_rect(canvas->cairo, x, y, width, height, radius);
    sb_canvas_set_colour(canvas->cairo, colour, alpha);
    cairo_fill(canvas->cairo);
}
