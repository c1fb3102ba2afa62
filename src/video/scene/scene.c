#include "video/scene/scene.h"

#include "base/run/run.h"
#include "media/media.h"

#include <stdlib.h>
#include <string.h>

#define TRACK_ALPHA 0.3
#define MARGIN      4 /* in pixels; neighbouring pixels share a colour sample */
#define FIT_ROUNDS  8

struct sb_scene {
    sb_theme theme;
    sb_layout layout;
    sb_still cover;
    sb_canvas *canvas;
    sb_pixels pixels, still; /* the canvas's pixels, and everything that does not move */
    sb_subtitles *subtitles;
    sb_rect captions; /* where captions were drawn last */
    sb_wave_view view;
    int64_t n_frames;
    sb_yuv yuv;
    sb_video_shape shape; /* for the theme */
    int fps, fps_den;
    sb_pictures *pictures; /* the file's own; NULL: everything is drawn */
    sb_time start;         /* of the clip in the file */
};

void sb_scene_free(sb_scene **scene)
{
    sb_scene *s = *scene;
    if (!s)
        return;
    sb_subtitles_free(&s->subtitles);
    sb_canvas_free(&s->canvas);
    sb_still_finish(&s->cover);
    sb_yuv_finish(&s->yuv);
    sb_pictures_free(&s->pictures);
    free(s->still.rows);
    free(s);
    *scene = NULL;
}

void sb_scene_form(const sb_scene *s, sb_mp4_params *out)
{
    out->width = s->layout.width;
    out->height = s->layout.height;
    out->fps = s->fps;
    out->fps_den = s->fps_den;
    out->natural = s->pictures != NULL;
}

int64_t sb_scene_length(const sb_scene *scene)
{
    return scene->n_frames;
}

static const char *font_or(const char *own, const char *common)
{
    return *own ? own : common;
}

static bool is_shown(const sb_canvas_text *text)
{
    return text->text && *text->text && text->size > 0;
}

/* Draws the title and the speaker below it, centred on the cover or from the top. */
static void draw_names(sb_scene *s, const sb_film_params *params, int *n_unknown)
{
    const sb_theme *t = &s->theme;
    bool centred = t->align == SB_THEME_CENTRE;
    sb_canvas_text texts[2] = {
        {params->title, font_or(t->title_font, t->font), t->title_size / 100 * s->layout.side, true, centred,
         2, t->text},
        {params->speaker, font_or(t->speaker_font, t->font), t->speaker_size / 100 * s->layout.side, false,
         centred, 1, t->speaker},
    };
    sb_rect box = s->layout.header;
    int heights[2] = {0}, gap = is_shown(&texts[0]) && is_shown(&texts[1]) ? s->layout.side / 130 : 0;
    for (int i = 0; i < 2; i++)
        if (is_shown(&texts[i]))
            heights[i] = sb_canvas_write(s->canvas, &texts[i], box, true, n_unknown);
    int free = box.height - heights[0] - heights[1] - gap;
    box.y += free > 0 ? free / 2 : 0;
    int last = s->layout.zone.y + s->layout.zone.height - (heights[0] + heights[1] + gap);
    box.y = box.y > last && last > s->layout.zone.y ? last : box.y;
    for (int i = 0; i < 2; i++) {
        if (is_shown(&texts[i]))
            sb_canvas_write(s->canvas, &texts[i], box, false, NULL);
        box.y += heights[i] + gap;
    }
}

static sb_status draw_still(sb_scene *s, const sb_film_params *params, sb_notes *notes, sb_error *err)
{
    const sb_video_params *video = params->video;
    sb_notes *theme_notes = video->theme ? notes : NULL;
    sb_status status = sb_backdrop_draw(s->canvas, &s->theme, video->background, &s->cover, theme_notes, err);
    if (status)
        return status;
    int n_unknown = 0;
    if (s->layout.cover.width)
        sb_canvas_still(s->canvas, &s->cover, s->layout.cover, s->layout.cover.width * 0.12);
    draw_names(s, params, &n_unknown);
    const sb_rect *bar = &s->layout.progress;
    if (bar->height)
        sb_canvas_bar(s->canvas, bar->x, bar->y, bar->width, bar->height, s->theme.wave_rest, TRACK_ALPHA);
    if (n_unknown)
        sb_notes_add(
            notes, NULL, 0, 0,
            "no font has %d of the characters in the title or the speaker's name; add fonts for that script",
            n_unknown);
    s->pixels = sb_canvas_pixels(s->canvas);
    s->still = s->pixels;
    size_t size = (size_t)s->pixels.stride * (size_t)s->pixels.height * sizeof *s->pixels.rows;
    s->still.rows = malloc(size);
    if (!s->still.rows)
        return sb_error_memory(err, "drawing the video");
    memcpy(s->still.rows, s->pixels.rows, size);
    return SB_OK;
}

static sb_status open_subtitles(sb_scene *s, const sb_captions *captions, const sb_caption_style *style,
                                sb_error *err)
{
    sb_bytes script = {0};
    sb_caption_script(&script, captions, style);
    sb_subtitles_free(&s->subtitles);
    sb_status status =
        script.failed ? sb_error_memory(err, "drawing the video")
                      : sb_subtitles_create(&s->subtitles, &script, s->layout.width, s->layout.height, err);
    sb_bytes_finish(&script);
    return status;
}

/* Measures the largest width and height of all cues in pixels. */
static void measure(sb_scene *s, const sb_captions *captions, int *width, int *height)
{
    *width = *height = 0;
    for (size_t i = 0; i < captions->n_items; i++) {
        sb_rect box;
        sb_time middle = (captions->items[i].start + captions->items[i].end) / 2;
        sb_subtitles_at(s->subtitles, middle, &box);
        *width = box.width > *width ? box.width : *width;
        *height = box.height > *height ? box.height : *height;
    }
}

/* Makes the lines small enough for the zone and moves them into it. Parts outside the picture cannot be
 * measured, so very wide lines take several rounds. */
static sb_status fit_lines(sb_scene *s, const sb_captions *captions, sb_caption_style *style, sb_error *err)
{
    const sb_rect *zone = &s->layout.zone;
    int bottom = zone->y + zone->height;
    for (int round = 0; round < FIT_ROUNDS; round++) {
        int width, height, middle = style->middle;
        sb_status status = open_subtitles(s, captions, style, err);
        if (status)
            return status;
        measure(s, captions, &width, &height);
        height += height & 1;
        middle = middle + height / 2 > bottom ? bottom - height / 2 : middle;
        middle = middle - height / 2 < zone->y ? zone->y + height / 2 : middle;
        if (width <= zone->width && middle == style->middle)
            break;
        style->size *= width > zone->width ? (double)zone->width / width : 1;
        style->middle = middle;
    }
    return SB_OK;
}

static sb_status fit_subtitles(sb_scene *s, const sb_captions *captions, sb_notes *notes, sb_error *err)
{
    char font[SB_THEME_FONT];
    const sb_theme *t = &s->theme;
    sb_canvas_find_font(s->canvas, font_or(t->caption_font, t->font), font, sizeof font);
    sb_caption_style style = {.font = font,
                              .size = t->caption_size / 100 * s->layout.side,
                              .text = t->text,
                              .lit = t->lit,
                              .edge = t->background_end,
                              .firm_edge = s->pictures != NULL,
                              .width = s->layout.width,
                              .height = s->layout.height,
                              .zone = s->layout.zone,
                              .middle = s->layout.captions_middle};
    sb_status status = fit_lines(s, captions, &style, err);
    if (!status && sb_subtitles_unknown(s->subtitles))
        sb_notes_add(notes, NULL, 0, 0,
                     "no font has some characters of the captions; add fonts for that script");
    return status;
}

static sb_status make_captions(sb_scene *s, const sb_film_params *params, sb_notes *notes, sb_error *err)
{
    sb_captions captions = {0};
    sb_caption_params norms = s->shape == SB_VIDEO_16_9 ? SB_CAPTION_WIDE : SB_CAPTION_VERTICAL;
    norms.max_line_width = (size_t)s->theme.caption_characters;
    norms.min_line_width = norms.max_line_width < 28 ? norms.max_line_width / 2 : norms.min_line_width;
    norms.max_lines = (size_t)s->theme.caption_lines;
    norms.frame = SB_TIME_SECOND * s->fps_den / s->fps;
    norms.on_frames = true;
    norms.names = params->names;
    sb_status status =
        sb_captions_of_spans(&captions, params->alignment, params->spans, params->n_spans, &norms, err);
    if (!status)
        status = fit_subtitles(s, &captions, notes, err);
    sb_captions_finish(&captions);
    return status;
}

static sb_status open_pictures(sb_scene *s, const sb_film_params *params, int *width, int *height,
                               sb_error *err)
{
    sb_status status = sb_pictures_open(&s->pictures, params->audio_path, params->stream, err);
    if (status)
        return status;
    sb_pictures_form form = sb_pictures_get_form(s->pictures);
    s->start = params->start;
    s->fps = form.fps;
    s->fps_den = form.fps_den;
    sb_video_source_size(&form.width, &form.height, params->video->shape);
    s->shape = params->video->shape == SB_VIDEO_SOURCE ? sb_video_nearest_shape(form.width, form.height)
                                                       : sb_video_frame_shape(params->video->shape);
    *width = form.width;
    *height = form.height;
    return sb_pictures_set_size(s->pictures, form.width, form.height, err);
}

/* Near the bottom, where faces are rare, unless the theme says otherwise. */
static void place_captions(sb_scene *s, const sb_video_params *video, int width, int height)
{
    const sb_rect *zone = &s->layout.zone;
    sb_layout_scale(&s->layout, width, height);
    if (!video->theme)
        s->layout.captions_middle =
            zone->y + zone->height - (int)(s->theme.caption_size / 100 * s->layout.side);
}

static sb_status load(sb_scene *s, const sb_film_params *params, sb_error *err)
{
    const sb_video_params *video = params->video;
    int width = 0, height = 0;
    s->shape = video->shape;
    s->fps = SB_VIDEO_FPS;
    s->fps_den = 1;
    sb_status status = SB_OK;
    if (sb_video_is_source(video->shape))
        status = open_pictures(s, params, &width, &height, err);
    if (!status)
        status = sb_theme_load(&s->theme, video->theme, s->shape, err);
    if (!status && !s->pictures)
        status = sb_still_cover(&s->cover, params->audio_path, err);
    if (status)
        return status;
    sb_layout_make(&s->layout, &s->theme, s->shape, s->cover.pixels != NULL);
    if (s->pictures)
        place_captions(s, video, width, height);
    int64_t parts = (int64_t)params->sound.sample_rate * s->fps_den;
    s->n_frames = (params->n_samples * s->fps + parts - 1) / parts;
    status = sb_canvas_create(&s->canvas, s->layout.width, s->layout.height, err);
    return status ? status : sb_yuv_init(&s->yuv, s->layout.width, s->layout.height, err);
}

sb_status sb_scene_create(sb_scene **out, const sb_film_params *params, sb_notes *notes, sb_error *err)
{
    sb_scene *s = *out = calloc(1, sizeof *s);
    if (!s)
        return sb_error_memory(err, "drawing the video");
    sb_status status = load(s, params, err);
    if (!status && !s->pictures)
        status = draw_still(s, params, notes, err);
    if (!status)
        status = make_captions(s, params, notes, err);
    if (status) {
        sb_scene_free(out);
        return status;
    }
    s->pixels = sb_canvas_pixels(s->canvas);
    if (s->pictures)
        return SB_OK;
    sb_wave_scale(params->wave);
    s->view = (sb_wave_view){params->wave, s->layout.wave, s->theme.wave, s->theme.wave_rest};
    sb_yuv_convert(&s->yuv, &s->pixels, (sb_rect){0, 0, s->layout.width, s->layout.height});
    return SB_OK;
}

static void draw_captions(sb_scene *s, int64_t index)
{
    sb_rect box, before = s->captions;
    if (!sb_subtitles_at(s->subtitles, sb_time_from_samples(index, SB_VIDEO_FPS), &box))
        return;
    sb_pixels_copy(&s->pixels, &s->still, before);
    sb_subtitles_draw(s->subtitles, &s->pixels);
    s->captions = box;
    sb_yuv_convert(&s->yuv, &s->pixels, sb_rect_join(before, box));
}

static void draw_wave(sb_scene *s, int64_t index)
{
    if (!s->layout.wave.height)
        return;
    sb_pixels_copy(&s->pixels, &s->still, s->layout.wave);
    sb_wave_view_draw(&s->view, s->canvas, index);
    s->pixels = sb_canvas_pixels(s->canvas);
    sb_yuv_convert(&s->yuv, &s->pixels, s->layout.wave);
}

static void draw_progress(sb_scene *s, int64_t index)
{
    const sb_rect *bar = &s->layout.progress;
    if (!bar->height)
        return;
    double done = s->n_frames > 1 ? (double)index / (double)(s->n_frames - 1) : 1;
    double width = bar->height + done * (bar->width - bar->height);
    sb_pixels_copy(&s->pixels, &s->still, *bar);
    sb_canvas_bar(s->canvas, bar->x, bar->y, width, bar->height, s->theme.wave, 1);
    s->pixels = sb_canvas_pixels(s->canvas);
    sb_yuv_convert(&s->yuv, &s->pixels, *bar);
}

/* Captions are drawn over the current picture. */
static sb_status draw_picture(sb_scene *s, int64_t index, sb_error *err)
{
    const sb_yuv *picture;
    sb_rect box;
    sb_time at = index * s->fps_den * SB_TIME_SECOND / s->fps;
    sb_status status = sb_pictures_at(&picture, s->pictures, s->start + at, err);
    if (status)
        return status;
    sb_yuv_copy(&s->yuv, picture);
    sb_subtitles_at(s->subtitles, at, &box);
    if (box.width <= 0 || box.height <= 0)
        return SB_OK;
    sb_rect around = {box.x - MARGIN, box.y - MARGIN, box.width + 2 * MARGIN, box.height + 2 * MARGIN};
    sb_yuv_read(&s->pixels, &s->yuv, around);
    sb_subtitles_draw(s->subtitles, &s->pixels);
    sb_yuv_convert(&s->yuv, &s->pixels, box);
    return SB_OK;
}

sb_status sb_scene_draw(const sb_yuv **out, sb_scene *s, int64_t index, sb_error *err)
{
    *out = &s->yuv;
    if (s->pictures)
        return draw_picture(s, index, err);
    draw_captions(s, index);
    draw_wave(s, index);
    draw_progress(s, index);
    return SB_OK;
}
