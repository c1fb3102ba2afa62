#include "video/captions/captions_view.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>

/* A word stays highlighted through a shorter pause. */
#define PAUSE (SB_TIME_MS * 400)

#define INK   0x101418 /* letters on a light box */
#define PAPER 0xffffff

static int64_t frame_of(const sb_caption_look *look, sb_time t)
{
    sb_time frame = SB_TIME_SECOND * look->fps_den / look->fps;
    return t > 0 ? (t + frame / 2) / frame : 0;
}

/* Returns when item `i` stops being highlighted: at the next word, or at its own end if a pause follows. */
static sb_time lit_until(const sb_caption *cue, size_t i)
{
    sb_time end = cue->items[i].end, next = cue->end;
    for (size_t j = i + 1; j < cue->n_items; j++)
        if (cue->items[j].kind == SB_CAPTION_WORD) {
            next = cue->items[j].start;
            break;
        }
    return next - end < PAUSE && next > cue->items[i].start ? next : end;
}

static void add_item_text(sb_bytes *out, const sb_caption_item *item, const sb_caption_look *look)
{
    sb_bytes text = {0};
    sb_caption_item_append(&text, item);
    if (look->uppercase && text.size)
        sb_upper_append(out, text.data, text.size, look->language);
    else
        sb_bytes_append(out, text.data, text.size);
    out->failed = out->failed || text.failed;
    sb_bytes_finish(&text);
}

static void add_view_item(view_cue *out, sb_bytes *text, const sb_caption *cue, size_t i,
                          const sb_caption_look *look)
{
    sb_bytes_text(text, sb_caption_blank(cue, i, "\n"));
    out->words[i].begin = text->size;
    add_item_text(text, &cue->items[i], look);
    out->words[i].end = text->size;
    int64_t from = frame_of(look, cue->items[i].start), until = frame_of(look, lit_until(cue, i));
    out->timings[i].from = from < out->from ? out->from : from > out->until ? out->until : from;
    out->timings[i].until = until < from ? from : until > out->until ? out->until : until;
    out->timings[i].is_word = cue->items[i].kind == SB_CAPTION_WORD;
}

sb_status sb_view_cue_read(view_cue *out, const sb_caption *cue, const sb_caption_look *look, sb_error *err)
{
    sb_bytes text = {0};
    bool ok = true;
    *out = (view_cue){.from = frame_of(look, cue->start),
                      .until = frame_of(look, cue->end),
                      .name = sb_copy_text(cue->speaker, &ok),
                      .words = calloc(cue->n_items + 1, sizeof *out->words),
                      .timings = calloc(cue->n_items + 1, sizeof *out->timings),
                      .n_words = cue->n_items,
                      .colour = look->colour_of(look->colours, cue->speaker)};
    for (size_t i = 0; out->words && out->timings && i < cue->n_items; i++)
        add_view_item(out, &text, cue, i, look);
    out->text = text.data;
    if (!ok || !out->words || !out->timings || text.failed || !out->text)
        return sb_error_memory(err, "drawing the video");
    return SB_OK;
}

void sb_view_cue_finish(view_cue *cue)
{
    sb_lettering_free(&cue->lettering);
    sb_lettering_free(&cue->label);
    free(cue->text);
    free(cue->name);
    free(cue->words);
    free(cue->timings);
    *cue = (view_cue){0};
}

static sb_colour letters_on(sb_colour colour)
{
    return sb_colour_contrast(INK, colour) >= sb_colour_contrast(PAPER, colour) ? INK : PAPER;
}

static void draw_boxes(sb_caption_view *v, const view_cue *cue, const sb_letter_paint *paint, size_t lit)
{
    double side = v->size * 0.28, height = v->pitch + 1, radius = v->size * 0.2;
    size_t n_lines = sb_lettering_extents(cue->lettering).n_lines;
    for (size_t i = 0; i < n_lines; i++) {
        sb_letter_box box = sb_lettering_line(cue->lettering, i, paint);
        double top = cue->top - cue->area.y + (double)i * v->pitch;
        sb_canvas_box(v->layer, box.left - side, top, box.right - box.left + 2 * side, height, radius,
                      cue->colour, 1);
    }
    if (lit >= cue->n_words)
        return;
    sb_letter_box box = sb_lettering_word(cue->lettering, lit, paint);
    double edge = v->size * 0.1, inset = v->pitch * 0.07;
    double top = box.baseline - paint->baseline + cue->top - cue->area.y + inset;
    sb_canvas_box(v->layer, box.left - edge, top, box.right - box.left + 2 * edge, v->pitch - 2 * inset,
                  radius * 0.8, v->look.lit, 1);
}

static void draw_name(sb_caption_view *v, const view_cue *cue, double middle)
{
    sb_letter_paint paint = {.middle = middle,
                             .baseline = cue->top - cue->area.y - v->pitch * 0.22,
                             .pitch = v->pitch,
                             .colour = cue->colour,
                             .lit = SIZE_MAX};
    sb_lettering_draw(cue->label, v->layer, &paint);
}

bool sb_view_cue_draw(sb_caption_view *v, const view_cue *cue, const view_state *state)
{
    bool boxed = v->look.style == SB_VIDEO_BOX;
    sb_letter_paint paint = {.middle = v->look.zone.x + v->look.zone.width / 2.0 - cue->area.x,
                             .baseline =
                                 cue->top - cue->area.y + (v->pitch - v->rise - v->fall) / 2 + v->rise,
                             .pitch = v->pitch,
                             .colour = boxed ? letters_on(cue->colour) : cue->colour,
                             .lit = state->lit,
                             .lit_colour = boxed ? letters_on(v->look.lit) : v->look.lit,
                             .n_shown = state->n_shown,
                             .scale = state->scale};
    if (boxed)
        draw_boxes(v, cue, &paint, state->lit);
    sb_lettering_draw(cue->lettering, v->layer, &paint);
    if (cue->label)
        draw_name(v, cue, paint.middle);
    if (boxed && !cue->label)
        return true;
    sb_pixels layer = sb_canvas_pixels(v->layer);
    sb_outline outline = {.radius = v->size / (v->look.firm_edge ? 13 : 20),
                          .softness = v->size / (v->look.firm_edge ? 60 : 28),
                          .colour = v->look.edge,
                          .opacity = v->look.firm_edge ? 1 : 0.75};
    int below = boxed ? (int)(cue->top - cue->area.y) : cue->area.height;
    return sb_pixels_outline(&layer, (sb_rect){0, 0, cue->area.width, below}, &outline);
}
