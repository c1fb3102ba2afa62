#include "video/captions/captions_view.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

/* Captions of a clip that become smaller together; beyond it, only the cue that is too wide. */
#define LEAST_SCALE 0.8
#define FIT_ROUNDS  3
#define NAME_SCALE  0.5
#define HOLD_MS     500 /* a cue stays through a shorter pause before the next */
#define LAST_MS     1000
#define BOX_PITCH   1.1

void sb_caption_view_free(sb_caption_view **out)
{
    sb_caption_view *v = *out;
    if (!v)
        return;
    for (size_t i = 0; i < v->n_cues; i++)
        sb_view_cue_finish(&v->cues[i]);
    sb_canvas_free(&v->layer);
    free(v->cues);
    free(v);
    *out = NULL;
}

static int64_t frames_of_ms(const sb_caption_view *v, int ms)
{
    return (int64_t)ms * v->look.fps / (1000 * (int64_t)v->look.fps_den);
}

/* The first frame has a caption, and captions do not vanish for a moment. */
static void close_gaps(sb_caption_view *v, int64_t n_frames)
{
    for (size_t i = 0; i < v->n_cues; i++) {
        view_cue *cue = &v->cues[i];
        bool last = i + 1 == v->n_cues;
        int64_t next = last ? n_frames : v->cues[i + 1].from;
        if (i == 0)
            cue->from = 0;
        if (cue->until > next || next - cue->until < frames_of_ms(v, last ? LAST_MS : HOLD_MS))
            cue->until = next;
    }
}

/* Returns the width that the style needs at each side of the letters. */
static double side_of(const sb_caption_view *v)
{
    return v->size * (v->look.style == SB_VIDEO_BOX ? 0.3 : 0.1);
}

static sb_status lay_out(sb_caption_view *v, view_cue *cue, double scale, sb_error *err)
{
    sb_canvas_text text = {
        .text = cue->text, .fonts = v->look.fonts, .size = v->size * v->font.size * scale, .bold = true};
    sb_lettering_free(&cue->lettering);
    cue->scale = scale;
    return sb_lettering_create(&cue->lettering, v->layer, &text, cue->words, cue->n_words, err);
}

static double width_of(const view_cue *cue)
{
    return sb_lettering_extents(cue->lettering).width;
}

static sb_status fit_cue(sb_caption_view *v, view_cue *cue, double room, sb_error *err)
{
    sb_status status = SB_OK;
    for (int round = 0; round < FIT_ROUNDS && !status && width_of(cue) > room; round++)
        status = lay_out(v, cue, cue->scale * room / width_of(cue) * 0.995, err);
    return status;
}

static sb_status fit_all(sb_caption_view *v, sb_error *err)
{
    double widest = 0, room;
    sb_status status = SB_OK;
    for (size_t i = 0; i < v->n_cues && !status; i++) {
        status = lay_out(v, &v->cues[i], 1, err);
        if (!status)
            widest = fmax(widest, width_of(&v->cues[i]));
    }
    room = v->look.zone.width - 2 * side_of(v);
    double scale = widest > room ? fmax(room / widest * 0.995, LEAST_SCALE) : 1;
    v->size *= scale;
    room = v->look.zone.width - 2 * side_of(v);
    for (size_t i = 0; i < v->n_cues && !status; i++) {
        if (scale < 1)
            status = lay_out(v, &v->cues[i], 1, err);
        if (!status)
            status = fit_cue(v, &v->cues[i], room, err);
    }
    return status;
}

/* Finds one line distance for all cues, so that lines do not jump. Some scripts need more than the distance
 * of the font. */
static void find_pitch(sb_caption_view *v)
{
    for (size_t i = 0; i < v->n_cues; i++) {
        sb_letter_extents e = sb_lettering_extents(v->cues[i].lettering);
        v->rise = fmax(v->rise, e.above);
        v->fall = fmax(v->fall, e.below);
    }
    v->rise = fmax(v->rise, v->font.rise * v->size);
    v->fall = fmax(v->fall, v->font.fall * v->size);
    v->pitch = (v->rise + v->fall) * (v->look.style == SB_VIDEO_BOX ? BOX_PITCH : 1);
}

static sb_status add_cue_name(sb_caption_view *v, view_cue *cue, sb_error *err)
{
    if (!v->look.names || !cue->name)
        return SB_OK;
    sb_canvas_text text = {
        .text = cue->name, .fonts = v->look.fonts, .size = v->size * v->font.size * NAME_SCALE, .bold = true};
    return sb_lettering_create(&cue->label, v->layer, &text, NULL, 0, err);
}

static double name_height(const sb_caption_view *v, const view_cue *cue)
{
    return cue->label ? v->pitch * NAME_SCALE * 1.3 : 0;
}

/* Sets the area of a cue in the picture and its first baseline. */
static void place_cue(sb_caption_view *v, view_cue *cue)
{
    const sb_rect *zone = &v->look.zone;
    sb_letter_extents e = sb_lettering_extents(cue->lettering);
    double side = side_of(v), name = name_height(v, cue), height = (double)e.n_lines * v->pitch;
    double top = v->look.from_bottom ? v->look.middle - height : v->look.middle - height / 2;
    double bottom = zone->y + zone->height;
    top = fmin(top, bottom - height - side);
    top = fmax(top, zone->y + name + side);
    double width = fmax(e.width, cue->label ? sb_lettering_extents(cue->label).width : 0);
    int margin = (int)(side + v->size * 0.12) + 2;
    int left = (int)(zone->x + (zone->width - width) / 2) - margin;
    cue->area = (sb_rect){left & ~1, ((int)(top - name) - margin) & ~1, ((int)width + 2 * margin + 3) & ~1,
                          ((int)(height + name) + 2 * margin + 3) & ~1};
    cue->top = top;
}

static sb_status set_up(sb_caption_view *v, const sb_captions *captions, sb_missing *missing, sb_error *err)
{
    sb_status status = SB_OK;
    v->cues = calloc(captions->n_items + 1, sizeof *v->cues);
    if (!v->cues)
        return sb_error_memory(err, "drawing the video");
    for (; v->n_cues < captions->n_items && !status; v->n_cues++)
        status = sb_view_cue_read(&v->cues[v->n_cues], &captions->items[v->n_cues], &v->look, err);
    if (!status)
        status = sb_canvas_create_layer(&v->layer, v->look.width, v->look.height, err);
    if (status)
        return status;
    sb_canvas_set_language(v->layer, v->look.language);
    v->font = sb_canvas_font_shape(v->layer, v->look.fonts);
    status = fit_all(v, err);
    if (status)
        return status;
    find_pitch(v);
    for (size_t i = 0; i < v->n_cues && !status; i++) {
        status = add_cue_name(v, &v->cues[i], err);
        if (status)
            break;
        sb_lettering_missing(v->cues[i].lettering, missing);
        place_cue(v, &v->cues[i]);
    }
    return status;
}

sb_status sb_caption_view_create(sb_caption_view **out, const sb_captions *captions,
                                 const sb_caption_look *look, int64_t n_frames, sb_missing *missing,
                                 sb_error *err)
{
    sb_caption_view *v = *out = calloc(1, sizeof *v);
    if (!v)
        return sb_error_memory(err, "drawing the video");
    v->look = *look;
    v->size = look->size;
    v->shown.cue = v->wanted.cue = SIZE_MAX;
    sb_status status = set_up(v, captions, missing, err);
    if (status) {
        sb_caption_view_free(out);
        return status;
    }
    close_gaps(v, n_frames);
    return SB_OK;
}

/* Frames of a word that pops up, and its size in them. */
static double pop_scale(const sb_caption_view *v, int64_t age)
{
    double ms = (double)age * 1000 * v->look.fps_den / v->look.fps;
    return ms < 50 ? 0.88 : ms < 120 ? 1.1 : ms < 190 ? 1.05 : 1;
}

static view_state state_of(const sb_caption_view *v, size_t index, int64_t frame)
{
    const view_cue *cue = &v->cues[index];
    view_state state = {.cue = index, .lit = SIZE_MAX, .n_shown = SIZE_MAX};
    if (v->look.style == SB_VIDEO_PLAIN)
        return state;
    size_t last = 0;
    for (size_t w = 0; w < cue->n_words; w++) {
        if (cue->timings[w].from <= frame)
            last = w;
        if (cue->timings[w].is_word && cue->timings[w].from <= frame && frame < cue->timings[w].until)
            state.lit = w;
    }
    if (v->look.style == SB_VIDEO_POP) {
        state.n_shown = last + 1;
        state.scale = state.lit == SIZE_MAX ? 1 : pop_scale(v, frame - cue->timings[last].from);
    }
    return state;
}

bool sb_caption_view_at(sb_caption_view *v, int64_t frame, sb_rect *area)
{
    view_state state = {.cue = SIZE_MAX};
    while (v->next < v->n_cues && v->cues[v->next].until <= frame)
        v->next++;
    if (v->next < v->n_cues && v->cues[v->next].from <= frame)
        state = state_of(v, v->next, frame);
    bool changed = state.cue != v->wanted.cue || state.lit != v->wanted.lit ||
                   state.n_shown != v->wanted.n_shown || state.scale != v->wanted.scale;
    v->wanted = state;
    *area = state.cue == SIZE_MAX ? (sb_rect){0} : v->cues[state.cue].area;
    return changed;
}

size_t sb_caption_view_length(const sb_caption_view *v)
{
    return v->n_cues;
}

const char *sb_caption_view_name(const sb_caption_view *v, size_t index)
{
    return v->cues[index].name;
}

const char *sb_caption_view_speaker(const sb_caption_view *v)
{
    size_t at = v->next < v->n_cues ? v->next : v->n_cues - 1;
    if (v->n_cues && at > 0 && v->wanted.cue == SIZE_MAX)
        at = v->next < v->n_cues ? at - 1 : at;
    return v->n_cues ? v->cues[at].name : NULL;
}

bool sb_caption_view_draw(sb_caption_view *v, const sb_pixels *on)
{
    if (v->wanted.cue == SIZE_MAX)
        return true;
    const view_cue *cue = &v->cues[v->wanted.cue];
    sb_rect part = {0, 0, cue->area.width, cue->area.height};
    if (v->shown.cue != v->wanted.cue || v->shown.lit != v->wanted.lit ||
        v->shown.n_shown != v->wanted.n_shown || v->shown.scale != v->wanted.scale) {
        sb_canvas_clear(v->layer, part);
        if (!sb_view_cue_draw(v, cue, &v->wanted))
            return false;
        v->shown = v->wanted;
    }
    sb_pixels layer = sb_canvas_pixels(v->layer);
    sb_pixels_over(on, &layer, part, cue->area.x, cue->area.y);
    return true;
}
