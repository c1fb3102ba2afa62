#include "video/captions/captions_view.h"
#include "video/scene/header.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "media/media.h"

#include <stdlib.h>
#include <string.h>

#define TRACK_ALPHA 0.3
#define MARGIN      4                    /* in pixels; neighbouring pixels share a colour sample */
#define CAPITALS    0.85                 /* characters that fit into a line, relative to small letters */
#define LEAST_SHOWN (SB_TIME_SECOND / 2) /* a cue; captions of videos are short */
#define WAVE_PITCH  16                   /* pixels */

struct sb_scene {
    sb_theme theme;
    sb_layout layout;
    sb_video_header header;
    const sb_alignment *episode;
    sb_still cover, logo;
    sb_canvas *canvas;
    sb_pixels pixels, still; /* the canvas's pixels, and everything that does not move */
    sb_caption_view *captions;
    sb_rect captions_box; /* where captions were drawn last */
    bool changes_speaker; /* several people speak */
    const char *speaker;  /* whose name is drawn; owned by `captions` if it changes */
    sb_wave_view view;
    int64_t n_frames;
    sb_yuv yuv;
    sb_video_shape shape; /* for the theme */
    bool draft;
    int fps, fps_den;
    sb_pictures *pictures; /* the file's own; NULL: everything is drawn */
    sb_time start;         /* of the clip in the file */
};

void sb_scene_free(sb_scene **scene)
{
    sb_scene *s = *scene;
    if (!s)
        return;
    sb_caption_view_free(&s->captions);
    sb_canvas_free(&s->canvas);
    sb_still_finish(&s->cover);
    sb_still_finish(&s->logo);
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
    out->draft = s->draft;
}

int64_t sb_scene_length(const sb_scene *scene)
{
    return scene->n_frames;
}

static sb_status draw_still(sb_scene *s, const sb_film_params *params, sb_notes *notes, sb_error *err)
{
    const sb_video_params *video = params->video;
    sb_notes *theme_notes = video->theme ? notes : NULL;
    sb_status status = sb_backdrop_draw(s->canvas, &s->theme, video->background, &s->cover, theme_notes, err);
    if (status)
        return status;
    if (s->layout.cover.width)
        sb_canvas_still(s->canvas, &s->cover, s->layout.cover, s->layout.cover.width * 0.12);
    if (s->layout.logo.width)
        sb_canvas_still(s->canvas, &s->logo, s->layout.logo, 0);
    const sb_rect *bar = &s->layout.progress;
    if (bar->height)
        sb_canvas_bar(s->canvas, bar->x, bar->y, bar->width, bar->height, s->theme.wave_rest, TRACK_ALPHA);
    return SB_OK;
}

/* Keeps what was drawn up to now. */
static sb_status keep_still(sb_scene *s, sb_error *err)
{
    s->pixels = s->still = sb_canvas_pixels(s->canvas);
    size_t size = (size_t)s->pixels.stride * (size_t)s->pixels.height * sizeof *s->pixels.rows;
    s->still.rows = malloc(size);
    if (!s->still.rows)
        return sb_error_memory(err, "drawing the video");
    memcpy(s->still.rows, s->pixels.rows, size);
    return SB_OK;
}

static sb_colour voice_colour(const void *user, const char *speaker)
{
    const sb_scene *s = user;
    return sb_theme_voice_colour(&s->theme, s->episode, speaker);
}

static bool has_several_speakers(const sb_captions *captions)
{
    for (size_t i = 1; i < captions->n_items; i++)
        if (!sb_same_text(captions->items[i].speaker, captions->items[0].speaker))
            return true;
    return false;
}

static sb_status open_captions(sb_scene *s, const sb_captions *captions, const sb_film_params *params,
                               sb_missing *missing, sb_error *err)
{
    const sb_theme *t = &s->theme;
    sb_caption_look look = {.style = t->style,
                            .fonts = *t->caption_font ? t->caption_font : t->font,
                            .size = t->caption_size / 100 * s->layout.side,
                            .lit = t->lit,
                            .edge = t->background_end,
                            .firm_edge = s->pictures != NULL,
                            .uppercase = t->uppercase,
                            .language = s->episode->transcript.language,
                            .names = s->pictures && s->changes_speaker,
                            .width = s->layout.width,
                            .height = s->layout.height,
                            .fps = s->fps,
                            .fps_den = s->fps_den,
                            .zone = s->layout.zone,
                            .middle = s->layout.captions_middle,
                            .from_bottom = s->pictures && !params->video->theme,
                            .colour_of = voice_colour,
                            .colours = s};
    return sb_caption_view_create(&s->captions, captions, &look, s->n_frames, missing, err);
}

/* Cues do not depend on whether the video is a draft. */
static sb_status make_captions(sb_scene *s, const sb_film_params *params, sb_notes *notes, sb_error *err)
{
    sb_captions captions = {0};
    sb_caption_params norms = s->shape == SB_VIDEO_16_9 ? SB_CAPTION_WIDE : SB_CAPTION_VERTICAL;
    sb_missing missing = {0};
    norms.max_line_width = (size_t)(s->theme.caption_characters * (s->theme.uppercase ? CAPITALS : 1));
    norms.min_line_width = norms.max_line_width < 28 ? norms.max_line_width / 2 : norms.min_line_width;
    norms.max_lines = (size_t)s->theme.caption_lines;
    norms.min_duration = LEAST_SHOWN;
    norms.frame = SB_TIME_SECOND * s->fps_den / s->fps / (params->video->draft ? SB_VIDEO_DRAFT : 1);
    norms.on_frames = true;
    norms.sentences_apart = true;
    sb_status status =
        sb_captions_of_spans(&captions, params->alignment, params->spans, params->n_spans, &norms, err);
    s->changes_speaker = !status && has_several_speakers(&captions);
    if (!status)
        status = open_captions(s, &captions, params, &missing, err);
    if (!status)
        sb_missing_note(&missing, "the captions", notes);
    sb_captions_finish(&captions);
    return status;
}

/* The name of a speaker that needs the most height. */
static const char *tallest_name(sb_scene *s)
{
    const char *tallest = NULL;
    int most = 0;
    s->header.scale = 1;
    for (size_t i = 0; i < sb_caption_view_length(s->captions); i++) {
        const char *name = sb_caption_view_name(s->captions, i);
        int height = sb_video_header_name_height(&s->header, s->canvas, name);
        if (height > most) {
            most = height;
            tallest = name;
        }
    }
    return tallest;
}

/* The name changes with the captions if several people speak. */
static void draw_header(sb_scene *s, const sb_film_params *params, sb_notes *notes)
{
    s->header = (sb_video_header){.theme = &s->theme, .layout = &s->layout, .title = params->title};
    s->speaker = s->changes_speaker ? sb_caption_view_speaker(s->captions) : params->speaker;
    sb_canvas_set_language(s->canvas, s->episode->transcript.language);
    sb_video_header_draw(&s->header, s->canvas, s->changes_speaker ? tallest_name(s) : params->speaker);
    if (!s->changes_speaker)
        sb_video_header_draw_speaker(&s->header, s->canvas, s->speaker, s->theme.speaker);
    sb_missing_note(&s->header.missing, "the title and the speaker's name", notes);
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
    if (s->draft)
        sb_video_draft_size(&form.width, &form.height);
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
    sb_layout_scale(&s->layout, &s->theme, &s->logo, width, height);
    if (!video->theme)
        s->layout.captions_middle = zone->y + zone->height;
}

/* The parameters take precedence over the theme. */
static void apply(sb_theme *theme, const sb_video_params *video)
{
    if (video->style)
        theme->style = video->style;
    theme->uppercase = theme->uppercase || video->uppercase;
}

static sb_status load_files(sb_scene *s, const sb_film_params *params, int *width, int *height, sb_error *err)
{
    const sb_video_params *video = params->video;
    sb_status status = SB_OK;
    if (sb_video_is_source(video->shape))
        status = open_pictures(s, params, width, height, err);
    if (!status)
        status = sb_theme_load(&s->theme, video->theme, s->shape, err);
    if (!status && !s->pictures)
        status = sb_still_cover(&s->cover, params->audio_path, err);
    if (!status && video->logo)
        status = sb_still_read(&s->logo, video->logo, err);
    return status;
}

static sb_status load(sb_scene *s, const sb_film_params *params, sb_error *err)
{
    const sb_video_params *video = params->video;
    int width = 0, height = 0;
    s->shape = video->shape;
    s->draft = video->draft;
    s->fps = SB_VIDEO_FPS;
    s->fps_den = 1;
    s->episode = params->episode ? params->episode : params->alignment;
    sb_status status = load_files(s, params, &width, &height, err);
    if (status)
        return status;
    apply(&s->theme, video);
    sb_layout_parts parts = {s->shape, s->cover.pixels != NULL, &s->logo, s->draft};
    sb_layout_make(&s->layout, &s->theme, &parts);
    if (s->pictures)
        place_captions(s, video, width, height);
    s->fps_den *= s->draft ? SB_VIDEO_DRAFT : 1;
    if (s->fps % s->fps_den == 0) {
        s->fps /= s->fps_den;
        s->fps_den = 1;
    }
    int64_t ticks = (int64_t)params->sound.sample_rate * s->fps_den;
    s->n_frames = (params->n_samples * s->fps + ticks - 1) / ticks;
    status = sb_canvas_create(&s->canvas, s->layout.width, s->layout.height, err);
    return status ? status : sb_yuv_init(&s->yuv, s->layout.width, s->layout.height, err);
}

static sb_status draw_all(sb_scene *s, const sb_film_params *params, sb_notes *notes, sb_error *err)
{
    sb_status status = s->pictures ? SB_OK : draw_still(s, params, notes, err);
    if (!status)
        status = make_captions(s, params, notes, err);
    s->pixels = sb_canvas_pixels(s->canvas);
    if (status || s->pictures)
        return status;
    draw_header(s, params, notes);
    return keep_still(s, err);
}

sb_status sb_scene_create(sb_scene **out, const sb_film_params *params, sb_notes *notes, sb_error *err)
{
    sb_scene *s = *out = calloc(1, sizeof *s);
    if (!s)
        return sb_error_memory(err, "drawing the video");
    sb_status status = load(s, params, err);
    if (!status)
        status = draw_all(s, params, notes, err);
    if (status) {
        sb_scene_free(out);
        return status;
    }
    if (s->pictures)
        return SB_OK;
    sb_wave_scale(params->wave);
    s->view = (sb_wave_view){.wave = params->wave,
                             .box = s->layout.wave,
                             .heard = s->theme.wave,
                             .rest = s->theme.wave_rest,
                             .pitch = WAVE_PITCH / (s->draft ? SB_VIDEO_DRAFT : 1),
                             .fps = s->fps};
    s->speaker = NULL;
    sb_yuv_convert(&s->yuv, &s->pixels, (sb_rect){0, 0, s->layout.width, s->layout.height});
    return SB_OK;
}

static sb_status draw_captions(sb_scene *s, int64_t index, sb_error *err)
{
    sb_rect box, before = s->captions_box;
    if (!sb_caption_view_at(s->captions, index, &box))
        return SB_OK;
    sb_pixels_copy(&s->pixels, &s->still, before);
    if (!sb_caption_view_draw(s->captions, &s->pixels))
        return sb_error_memory(err, "drawing the video");
    s->captions_box = box;
    sb_yuv_convert(&s->yuv, &s->pixels, sb_rect_join(before, box));
    return SB_OK;
}

static void draw_speaker(sb_scene *s)
{
    const char *speaker = sb_caption_view_speaker(s->captions);
    if (!s->changes_speaker || !speaker || sb_same_text(speaker, s->speaker))
        return;
    s->speaker = speaker;
    sb_pixels_copy(&s->pixels, &s->still, s->header.plate);
    sb_video_header_draw_speaker(&s->header, s->canvas, speaker, voice_colour(s, speaker));
    s->pixels = sb_canvas_pixels(s->canvas);
    sb_yuv_convert(&s->yuv, &s->pixels, s->header.plate);
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

/* Gets pixels of the picture to draw on. */
static void read_around(sb_scene *s, sb_rect box)
{
    sb_rect around = {box.x - MARGIN, box.y - MARGIN, box.width + 2 * MARGIN, box.height + 2 * MARGIN};
    sb_yuv_read(&s->pixels, &s->yuv, around);
}

/* Captions and logo are drawn over the current picture. */
static sb_status draw_picture(sb_scene *s, int64_t index, sb_error *err)
{
    const sb_yuv *picture;
    sb_rect box;
    const sb_rect *logo = &s->layout.logo;
    sb_time at = index * s->fps_den * SB_TIME_SECOND / s->fps;
    sb_status status = sb_pictures_at(&picture, s->pictures, s->start + at, err);
    if (status)
        return status;
    sb_yuv_copy(&s->yuv, picture);
    if (logo->width) {
        read_around(s, *logo);
        sb_canvas_still(s->canvas, &s->logo, *logo, 0);
        s->pixels = sb_canvas_pixels(s->canvas);
        sb_yuv_convert(&s->yuv, &s->pixels, *logo);
    }
    sb_caption_view_at(s->captions, index, &box);
    if (box.width <= 0 || box.height <= 0)
        return SB_OK;
    read_around(s, box);
    if (!sb_caption_view_draw(s->captions, &s->pixels))
        return sb_error_memory(err, "drawing the video");
    sb_yuv_convert(&s->yuv, &s->pixels, box);
    return SB_OK;
}

sb_status sb_scene_draw(const sb_yuv **out, sb_scene *s, int64_t index, sb_error *err)
{
    *out = &s->yuv;
    if (s->pictures)
        return draw_picture(s, index, err);
    sb_status status = draw_captions(s, index, err);
    draw_speaker(s);
    draw_wave(s, index);
    draw_progress(s, index);
    return status;
}
