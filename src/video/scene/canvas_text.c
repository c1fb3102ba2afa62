#include "video/scene/canvas.h"

#include <string.h>

#include "base/text/text.h"

#define SHORT_WORD 3 /* letters */

PangoFontDescription *sb_canvas_font(const sb_canvas_text *text)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, text->fonts);
    pango_font_description_set_absolute_size(font, text->size * PANGO_SCALE);
    pango_font_description_set_weight(font, text->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_MEDIUM);
    return font;
}

/* A line does not end with a short word such as an article: the blank after it does not break. No more than
 * two words are kept together, so that lines can be balanced. */
static char *keep_short_words(const char *text)
{
    GString *out = g_string_new(NULL);
    size_t letters = 0;
    bool kept = false;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == ' ') {
            kept = !kept && letters > 0 && letters <= SHORT_WORD;
            g_string_append(out, kept ? "\u00a0" : " ");
            letters = 0;
        } else {
            g_string_append_unichar(out, c);
            letters = g_unichar_isalpha(c) ? letters + 1 : SHORT_WORD + 1;
        }
    }
    return g_string_free(out, FALSE);
}

/* The first letter decides. */
static bool begins_right(const char *text)
{
    for (size_t at = 0, size = strlen(text); at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        if (sb_is_letter(c))
            return sb_is_right_to_left(c);
    }
    return false;
}

/* Pango takes the left for the side on which the script begins. */
static PangoAlignment alignment_of(const sb_canvas_text *text)
{
    if (text->centred)
        return PANGO_ALIGN_CENTER;
    bool is_other_side = text->beside && begins_right(text->beside) != begins_right(text->text);
    return is_other_side ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static PangoLayout *lay_out(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box)
{
    PangoLayout *layout = pango_layout_new(canvas->text);
    PangoFontDescription *font = sb_canvas_font(text);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    char *kept = text->lines > 1 ? keep_short_words(text->text) : NULL;
    pango_layout_set_text(layout, kept ? kept : text->text, -1);
    g_free(kept);
    pango_layout_set_width(layout, box.width * PANGO_SCALE);
    pango_layout_set_height(layout, -text->lines);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(layout, alignment_of(text));
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

int sb_canvas_write(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box, bool measure,
                    sb_missing *missing)
{
    int width, height;
    PangoLayout *layout = lay_out(canvas, text, box);
    balance(layout, box.width);
    pango_layout_get_pixel_size(layout, &width, &height);
    sb_missing_add(missing, layout);
    if (!measure) {
        cairo_surface_mark_dirty(canvas->surface);
        bool from_right = pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL;
        int narrowed = box.width - pango_layout_get_width(layout) / PANGO_SCALE;
        cairo_move_to(canvas->cairo,
                      box.x + (text->centred ? narrowed / 2
                               : from_right  ? narrowed
                                             : 0),
                      box.y);
        sb_canvas_set_colour(canvas->cairo, text->colour, 1);
        pango_cairo_show_layout(canvas->cairo, layout);
    }
    g_object_unref(layout);
    return height;
}

bool sb_canvas_fits(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box)
{
    PangoLayout *layout = lay_out(canvas, text, box);
    bool fits = !pango_layout_is_ellipsized(layout);
    g_object_unref(layout);
    return fits;
}

sb_font_shape sb_canvas_font_shape(sb_canvas *canvas, const char *fonts)
{
    sb_canvas_text text = {.fonts = fonts, .size = 100, .bold = true};
    PangoFontDescription *font = sb_canvas_font(&text);
    PangoFontMetrics *metrics = pango_context_get_metrics(canvas->text, font, NULL);
    double rise = pango_font_metrics_get_ascent(metrics), fall = pango_font_metrics_get_descent(metrics);
    double line = rise + fall > 0 ? rise + fall : PANGO_SCALE * text.size;
    sb_font_shape shape = {.size = PANGO_SCALE * text.size / line, .rise = rise / line, .fall = fall / line};
    pango_font_metrics_unref(metrics);
    pango_font_description_free(font);
    return shape;
}

void sb_canvas_set_language(sb_canvas *canvas, const char *language)
{
    if (language && *language)
        pango_context_set_language(canvas->text, pango_language_from_string(language));
}
