#include "video/captions/captions_view.h"
#include "video/scene/canvas.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A word grows by at most this part of the line pitch on each side, which leaves half of the blank. */
#define GROWTH 0.05

typedef struct letter_line {
    PangoLayout *layout;
    size_t begin, end; /* in the text */
    double width, baseline;
} letter_line;

/* The place of a word, from the left of its line and its baseline. */
typedef struct word_place {
    size_t line;
    double left, right;
} word_place;

struct sb_lettering {
    char *text;
    PangoDirection direction; /* of all lines */
    letter_line *lines;
    size_t n_lines;
    const sb_letter_word *words;
    word_place *places;
    size_t n_words;
    sb_letter_extents extents;
};

static double units(int pango)
{
    return (double)pango / PANGO_SCALE;
}

/* Sets the places of the words of a line from its clusters, which may be in any order. */
static void find_line_words(sb_lettering *l, size_t line)
{
    const letter_line *of = &l->lines[line];
    PangoLayoutIter *iter = pango_layout_get_iter(of->layout);
    do {
        PangoRectangle box;
        pango_layout_iter_get_cluster_extents(iter, NULL, &box);
        size_t at = of->begin + (size_t)pango_layout_iter_get_index(iter);
        for (size_t w = 0; w < l->n_words; w++) {
            word_place *place = &l->places[w];
            if (at < l->words[w].begin || at >= l->words[w].end)
                continue;
            bool first = place->right <= place->left;
            double left = units(box.x), right = units(box.x + box.width);
            place->line = line;
            place->left = first || left < place->left ? left : place->left;
            place->right = first || right > place->right ? right : place->right;
        }
    } while (pango_layout_iter_next_cluster(iter));
    pango_layout_iter_free(iter);
}

static void measure_line(sb_lettering *l, size_t line)
{
    letter_line *of = &l->lines[line];
    PangoRectangle ink, box;
    pango_layout_get_extents(of->layout, &ink, &box);
    of->baseline = units(pango_layout_get_baseline(of->layout));
    of->width = units(box.width);
    double left = fmin(units(ink.x), 0), right = fmax(units(ink.x + ink.width), of->width);
    l->extents.width = fmax(l->extents.width, right - left);
    l->extents.above = fmax(l->extents.above, of->baseline - units(ink.y));
    l->extents.below = fmax(l->extents.below, units(ink.y + ink.height) - of->baseline);
}

static void lay_out_line(sb_lettering *l, size_t line, sb_canvas *canvas, const sb_canvas_text *text)
{
    letter_line *of = &l->lines[line];
    PangoFontDescription *font = sb_canvas_font(text);
    of->layout = pango_layout_new(canvas->text);
    pango_layout_set_font_description(of->layout, font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(of->layout, FALSE);
    pango_layout_set_single_paragraph_mode(of->layout, TRUE);
    pango_layout_set_text(of->layout, l->text + of->begin, (int)(of->end - of->begin));
}

/* All lines have the direction of the text. */
static PangoDirection direction_of(const char *text, sb_canvas *canvas)
{
    PangoLayout *layout = pango_layout_new(canvas->text);
    pango_layout_set_text(layout, text, -1);
    PangoDirection direction = pango_layout_get_direction(layout, 0);
    g_object_unref(layout);
    return direction == PANGO_DIRECTION_RTL ? direction : PANGO_DIRECTION_LTR;
}

static bool find_lines(sb_lettering *l)
{
    size_t begin = 0;
    for (;;) {
        size_t length = strcspn(l->text + begin, "\n");
        if (!sb_push_room(&l->lines, l->n_lines, sizeof *l->lines))
            return false;
        l->lines[l->n_lines++] = (letter_line){.begin = begin, .end = begin + length};
        if (!l->text[begin + length])
            return true;
        begin += length + 1;
    }
}

sb_status sb_lettering_create(sb_lettering **out, sb_canvas *canvas, const sb_canvas_text *text,
                              const sb_letter_word *words, size_t n_words, sb_error *err)
{
    sb_lettering *l = *out = calloc(1, sizeof *l);
    bool ok = l != NULL;
    if (ok) {
        l->text = sb_copy_text(text->text, &ok);
        l->words = words;
        l->n_words = n_words;
        l->places = calloc(n_words + 1, sizeof *l->places);
        ok = ok && l->places && find_lines(l);
    }
    if (!ok) {
        sb_lettering_free(out);
        return sb_error_memory(err, "drawing the video");
    }
    l->direction = direction_of(l->text, canvas);
    pango_context_set_base_dir(canvas->text, l->direction);
    for (size_t i = 0; i < l->n_lines; i++) {
        lay_out_line(l, i, canvas, text);
        measure_line(l, i);
        find_line_words(l, i);
    }
    pango_context_set_base_dir(canvas->text, PANGO_DIRECTION_LTR);
    l->extents.n_lines = l->n_lines;
    return SB_OK;
}

void sb_lettering_free(sb_lettering **lettering)
{
    sb_lettering *l = *lettering;
    if (!l)
        return;
    for (size_t i = 0; i < l->n_lines; i++)
        if (l->lines[i].layout)
            g_object_unref(l->lines[i].layout);
    free(l->lines);
    free(l->places);
    free(l->text);
    free(l);
    *lettering = NULL;
}

void sb_lettering_missing(const sb_lettering *l, sb_missing *missing)
{
    for (size_t i = 0; i < l->n_lines; i++)
        sb_missing_add(missing, l->lines[i].layout);
}

sb_letter_extents sb_lettering_extents(const sb_lettering *lettering)
{
    return lettering->extents;
}

sb_letter_box sb_lettering_line(const sb_lettering *l, size_t line, const sb_letter_paint *paint)
{
    return (sb_letter_box){.left = paint->middle - l->lines[line].width / 2,
                           .right = paint->middle + l->lines[line].width / 2,
                           .baseline = paint->baseline + (double)line * paint->pitch};
}

sb_letter_box sb_lettering_word(const sb_lettering *l, size_t word, const sb_letter_paint *paint)
{
    const word_place *place = &l->places[word];
    sb_letter_box box = sb_lettering_line(l, place->line, paint);
    box.right = box.left + place->right;
    box.left += place->left;
    return box;
}

static void colour_part(PangoAttrList *list, sb_colour colour, size_t begin, size_t end)
{
    PangoAttribute *attribute =
        pango_attr_foreground_new((guint16)((colour >> 16 & 255) * 257), (guint16)((colour >> 8 & 255) * 257),
                                  (guint16)((colour & 255) * 257));
    attribute->start_index = (guint)begin;
    attribute->end_index = (guint)end;
    pango_attr_list_insert(list, attribute);
}

static void colour_line(const sb_lettering *l, size_t line, const sb_letter_paint *paint)
{
    const letter_line *of = &l->lines[line];
    PangoAttrList *list = pango_attr_list_new();
    if (paint->lit < l->n_words && l->places[paint->lit].line == line)
        colour_part(list, paint->lit_colour, l->words[paint->lit].begin - of->begin,
                    l->words[paint->lit].end - of->begin);
    pango_layout_set_attributes(of->layout, list);
    pango_attr_list_unref(list);
}

/* The free room beside a word on its line, up to `most` on each side. */
static void room_beside(const sb_lettering *l, size_t word, double most, double *left, double *right)
{
    const word_place *own = &l->places[word];
    *left = *right = most;
    for (size_t w = 0; w < l->n_words; w++) {
        const word_place *other = &l->places[w];
        if (w == word || other->line != own->line)
            continue;
        if (other->right <= own->left + 1)
            *left = fmin(*left, fmax(own->left - other->right, 0) / 2);
        else if (other->left >= own->right - 1)
            *right = fmin(*right, fmax(other->left - own->right, 0) / 2);
    }
}

/* Letters may reach into the blanks beside their word, and over and below the line. */
static void clip_to(cairo_t *cairo, const sb_lettering *l, size_t word, const sb_letter_paint *paint)
{
    sb_letter_box box = sb_lettering_word(l, word, paint);
    double left, right;
    room_beside(l, word, paint->pitch * 0.09, &left, &right);
    cairo_rectangle(cairo, box.left - left, box.baseline - 2 * paint->pitch,
                    box.right - box.left + left + right, 3 * paint->pitch);
}

static void show_line(const sb_lettering *l, size_t line, cairo_t *cairo, const sb_letter_paint *paint)
{
    sb_letter_box box = sb_lettering_line(l, line, paint);
    cairo_move_to(cairo, box.left, box.baseline - l->lines[line].baseline);
    sb_canvas_set_colour(cairo, paint->colour, 1);
    pango_cairo_show_layout(cairo, l->lines[line].layout);
}

static double scale_of(sb_letter_box box, const sb_letter_paint *paint)
{
    return fmin(paint->scale, 1 + 2 * GROWTH * paint->pitch / fmax(box.right - box.left, 1));
}

/* Draws one word enlarged around its middle. */
static void show_word(const sb_lettering *l, size_t word, cairo_t *cairo, const sb_letter_paint *paint)
{
    sb_letter_box box = sb_lettering_word(l, word, paint);
    double x = (box.left + box.right) / 2, y = box.baseline - paint->pitch * 0.3;
    double scale = scale_of(box, paint);
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, scale, scale);
    cairo_translate(cairo, -x, -y);
    clip_to(cairo, l, word, paint);
    cairo_clip(cairo);
    show_line(l, l->places[word].line, cairo, paint);
    cairo_restore(cairo);
}

/* Draws the words before `paint->n_shown` except the lit one, which is drawn last. */
static void show_words(const sb_lettering *l, cairo_t *cairo, const sb_letter_paint *paint)
{
    for (size_t line = 0; line < l->n_lines; line++) {
        size_t n = 0;
        cairo_save(cairo);
        for (size_t w = 0; w < l->n_words && w < paint->n_shown; w++)
            if (l->places[w].line == line && w != paint->lit) {
                clip_to(cairo, l, w, paint);
                n++;
            }
        cairo_clip(cairo);
        if (n)
            show_line(l, line, cairo, paint);
        cairo_restore(cairo);
    }
    if (paint->lit < paint->n_shown && paint->lit < l->n_words)
        show_word(l, paint->lit, cairo, paint);
}

void sb_lettering_draw(const sb_lettering *l, sb_canvas *canvas, const sb_letter_paint *paint)
{
    cairo_surface_mark_dirty(canvas->surface);
    pango_context_set_base_dir(canvas->text, l->direction);
    for (size_t i = 0; i < l->n_lines; i++)
        colour_line(l, i, paint);
    if (paint->scale > 0)
        show_words(l, canvas->cairo, paint);
    else
        for (size_t i = 0; i < l->n_lines; i++)
            show_line(l, i, canvas->cairo, paint);
    pango_context_set_base_dir(canvas->text, PANGO_DIRECTION_LTR);
}
