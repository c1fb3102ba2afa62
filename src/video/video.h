/* Videos of clips: shape, theme, scene, captions, waveform, pixels. */
#ifndef SB_VIDEO_VIDEO_H
#define SB_VIDEO_VIDEO_H

#include <stdbool.h>
#include <stdint.h>

#include "export/export.h"
#include "media/media.h"
#include "soundbite/file.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/video.h"

/* sRGB colours. */

typedef uint32_t sb_colour; /* 0xRRGGBB */

/* Reads "#rgb", "#rrggbb", one of the sixteen colour names of HTML or a few more, such as "navy". Case is
 * ignored. Returns false for anything else. */
bool sb_colour_read(sb_colour *out, const char *text);

/* The relative luminance, from 0 (black) to 1 (white), and the contrast of two colours, from 1 to 21, as
 * defined by WCAG 2. */
double sb_colour_luminance(sb_colour colour);
double sb_colour_contrast(sb_colour a, sb_colour b);

#define SB_COLOUR_CONTRAST 4.5 /* minimum for readable text (WCAG 2, success criterion 1.4.3) */

/* Returns the visible colour if `over` is drawn on `under`; `alpha` is from 0 to 1. */
sb_colour sb_colour_mix(sb_colour under, sb_colour over, double alpha);

/* The sizes of pictures, and the areas that the controls of apps do not cover. */

/* In pixels from the top left corner. */
typedef struct sb_rect {
    int x, y, width, height;
} sb_rect;

#define SB_VIDEO_FPS 30

/* Returns true for shapes that use the file's own pictures. */
bool sb_video_is_source(sb_video_shape shape);

/* Returns the shape to which pictures are cropped: 9:16 for source:9:16. Other shapes are returned
 * unchanged. */
sb_video_shape sb_video_frame_shape(sb_video_shape shape);

/* Returns the shape whose theme suits a picture of this size. */
sb_video_shape sb_video_nearest_shape(int width, int height);

/* Replaces the size of the source's pictures by that of the video: the size of the shape they are cropped to,
 * or their own, made even and at most 1920 x 1080 in either orientation. */
void sb_video_source_size(int *width, int *height, sb_video_shape shape);

/* Gives the size of a shape from 9:16 to 16:9, and that of 16:9 for other shapes. Sizes are even. */
void sb_video_size(int *width, int *height, sb_video_shape shape);

/* Returns the area for text: for 9:16 without the top 14 % and the bottom 20 %, for other shapes without a
 * margin. */
sb_rect sb_video_safe_zone(sb_video_shape shape);

/* The pixels of a drawn picture. */

/* Rows of 0xffRRGGBB from the top. */
typedef struct sb_pixels {
    uint32_t *rows;
    int stride; /* in pixels, from one row to the next */
    int width, height;
} sb_pixels;

/* Copies the part `rect`. Both pictures have the same size. */
void sb_pixels_copy(const sb_pixels *to, const sb_pixels *from, sb_rect rect);

/* Blurs with a radius in pixels, approximating a Gaussian by three boxes (W3C Filter Effects). Returns false
 * if memory runs out. */
bool sb_pixels_blur(const sb_pixels *pixels, double radius);

/* Returns the part of `rect` that is inside a picture of this size. */
sb_rect sb_rect_within(sb_rect rect, int width, int height);

/* Returns the smallest rectangle that contains both. An empty rectangle is ignored. */
sb_rect sb_rect_join(sb_rect a, sb_rect b);

/* Drawing with cairo and pango. */

typedef struct sb_canvas sb_canvas;

/* The canvas is black at first. Returns SB_ERR_MEMORY. */
sb_status sb_canvas_create(sb_canvas **out, int width, int height, sb_error *err);
void sb_canvas_free(sb_canvas **canvas);

/* Returns the canvas's own pixels. They may be changed between calls. */
sb_pixels sb_canvas_pixels(sb_canvas *canvas);

/* Fills the canvas with a gradient from `top` to `bottom`. */
void sb_canvas_gradient(sb_canvas *canvas, sb_colour top, sb_colour bottom);

/* Draws the middle of a picture so that it fills `to`, with rounded corners. */
void sb_canvas_still(sb_canvas *canvas, const sb_still *still, sb_rect to, double radius);

/* Draws a rectangle with rounded ends. */
void sb_canvas_bar(sb_canvas *canvas, double x, double y, double width, double height, sb_colour colour,
                   double alpha);

typedef struct sb_canvas_text {
    const char *text;
    const char *fonts; /* families separated by commas */
    double size;       /* in pixels */
    bool bold;
    bool centred; /* otherwise aligned to the side on which its script begins */
    int lines;    /* maximum number; longer text ends in an ellipsis */
    sb_colour colour;
} sb_canvas_text;

/* Writes text from the top of `box`, shaped and ordered for its script, and returns its height in pixels.
 * With `measure`, nothing is drawn. Adds the number of characters that no font has to `*n_unknown`, which may
 * be NULL. */
int sb_canvas_write(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box, bool measure, int *n_unknown);

/* Writes the first installed family to `out`, or "sans-serif". */
void sb_canvas_find_font(sb_canvas *canvas, const char *fonts, char *out, size_t size);

/* The appearance of videos, soundbite-theme(5). */

#define SB_THEME_FONT 200

typedef enum sb_theme_align { SB_THEME_LEFT, SB_THEME_CENTRE } sb_theme_align;

/* Sizes are percentages of the picture's shorter side, positions are percentages of the height of its safe
 * zone. */
typedef struct sb_theme {
    char font[SB_THEME_FONT]; /* families separated by commas; the first installed one is used */
    /* "": as `font` */
    char title_font[SB_THEME_FONT], speaker_font[SB_THEME_FONT], caption_font[SB_THEME_FONT];
    sb_colour background, background_end; /* at the top and at the bottom */
    sb_colour text, speaker, lit, wave, wave_rest;
    double shade; /* minimum opacity, in percent, of the background's colour over a picture */
    double cover_blur, picture_blur; /* radius */
    double title_size, speaker_size, caption_size, cover_size;
    double caption_characters; /* maximum in a line */
    double caption_lines;
    double header_at;            /* upper edge */
    double captions_at;          /* middle of the two lines */
    double wave_at, wave_height; /* wave_at is its middle */
    double progress_at, progress_height;
    sb_theme_align align; /* of the header */
} sb_theme;

/* Sets the built-in theme for this shape. */
void sb_theme_init(sb_theme *out, sb_video_shape shape);

/* Reads a theme: lines "key = value". Lines below "[9:16]" apply to that shape only. Keys that are not
 * mentioned keep their values. `path` is for messages and may be NULL. Returns SB_ERR_FORMAT with line and
 * column. */
sb_status sb_theme_read(sb_theme *theme, const char *data, size_t size, const char *path,
                        sb_video_shape shape, sb_error *err);

/* Sets the built-in theme and then reads the file `path`, which may be NULL. Returns the statuses of
 * sb_theme_read and sb_file_read. */
sb_status sb_theme_load(sb_theme *out, const char *path, sb_video_shape shape, sb_error *err);

/* Returns the name of key `index`, or NULL beyond the last. */
const char *sb_theme_key(size_t index);

/* Returns the built-in theme as text. */
const char *sb_theme_default_text(void);

/* The background of a video, and text colours that are readable on it. */

/* Draws what `background` says: a colour, a picture file, the cover or the theme's colours (NULL: the cover
 * if there is one). A picture is darkened until the theme's text has a contrast of 4.5 everywhere. Unreadable
 * colours of the theme are changed, with a note. Returns SB_ERR_ARGUMENT and the statuses of
 * sb_still_read. */
sb_status sb_backdrop_draw(sb_canvas *canvas, sb_theme *theme, const char *background, const sb_still *cover,
                           sb_notes *notes, sb_error *err);

/* Reads the picture file `background`, which is not a colour. If it has no dot and no such file exists, it
 * was probably meant as a colour: SB_ERR_ARGUMENT. Otherwise returns the statuses of sb_still_read. */
sb_status sb_backdrop_picture(sb_still *out, const char *background, sb_error *err);

/* Captions as an ASS script for libass that highlights the current word. */

typedef struct sb_caption_style {
    const char *font;
    double size; /* pixels from the top to the bottom of a line */
    sb_colour text, lit, edge;
    bool firm_edge;    /* opaque and wide outline, for pictures of any colour */
    int width, height; /* of the picture */
    sb_rect zone;      /* limits for the lines */
    int middle;        /* of the lines, in pixels from the top */
} sb_caption_style;

/* Every change happens at a frame: the one nearest to the time in the captions. If an allocation fails,
 * out->failed is set. */
void sb_caption_script(sb_bytes *out, const sb_captions *captions, const sb_caption_style *style);

/* The loudness of a clip over time, for its waveform. */

/* Set the rate and zero the rest to begin. */
typedef struct sb_wave {
    int sample_rate;
    float *levels; /* largest absolute sample in each 1/SB_WAVE_RATE s */
    size_t n_levels, n_samples;
} sb_wave;

#define SB_WAVE_RATE 15

/* Adds the next samples of each channel. Returns SB_ERR_MEMORY. */
sb_status sb_wave_push(sb_wave *wave, const float *const *planes, int channels, size_t n, sb_error *err);
void sb_wave_finish(sb_wave *wave);

/* Scales the loudest to 1 and raises low levels, so that speech is visible. */
void sb_wave_scale(sb_wave *wave);

/* Making the video of a clip: drawing pictures and encoding them with the sound. */

typedef struct sb_film_params {
    const sb_video_params *video; /* its shape must not be ANY */
    const char *audio_path;       /* for its cover or its pictures */
    int stream;                   /* of the file's sound */
    sb_time start;                /* of the clip in the file */
    const char *title, *speaker;  /* NULL or "": none */
    const sb_alignment *alignment;
    const sb_caption_span *spans; /* of the clip's words, with times relative to the clip */
    size_t n_spans;
    sb_wave *wave;     /* of the whole sound; it is scaled */
    int64_t n_samples; /* total number */
    int64_t bit_rate;  /* maximum for the pictures in bits per second; 0: no limit */
    sb_encoder_params sound;
} sb_film_params;

typedef struct sb_film sb_film;

/* Begins a video on `output`, which the caller keeps. Deviations from the parameters become notes. The same
 * parameters and samples give the same bytes. Returns SB_ERR_UNSUPPORTED if this build makes no videos, and
 * the statuses of sb_video_check and sb_mp4_open. */
sb_status sb_film_open(sb_film **out, sb_output *output, const sb_film_params *params, sb_notes *notes,
                       sb_error *err);

/* Adds samples. Their pictures are drawn on the calling thread and encoded on another thread. */
sb_status sb_film_write(sb_film *film, const float *const *planes, size_t n_samples, sb_error *err);

/* Completes the file, frees the film and sets it to NULL, even on failure. */
sb_status sb_film_close(sb_film **film, sb_error *err);
void sb_film_abort(sb_film **film);

/* The positions of the elements in a picture. */

typedef struct sb_layout {
    int width, height;
    int side;       /* the shorter side; sizes are percentages of it */
    sb_rect zone;   /* limits for all text */
    sb_rect cover;  /* empty if none is shown */
    sb_rect header; /* for title and speaker, at its maximum height */
    sb_rect wave, progress;
    int captions_middle;
} sb_layout;

void sb_layout_make(sb_layout *out, const sb_theme *theme, sb_video_shape shape, bool has_cover);

/* Scales the captions to a picture of another size. The other positions are then not valid. */
void sb_layout_scale(sb_layout *layout, int width, int height);

/* The table that the build generates from profiles.csv. */

extern const char sb_profiles_looked_up[];
extern const sb_profile sb_profiles[]; /* the last has no name */

/* Converting between screen pixels and video pictures. */

/* Allocates a picture of even size. Returns SB_ERR_MEMORY. */
sb_status sb_yuv_init(sb_yuv *yuv, int width, int height, sb_error *err);
void sb_yuv_finish(sb_yuv *yuv);

/* Copies all planes. Both pictures have the same size. */
void sb_yuv_copy(const sb_yuv *to, const sb_yuv *from);

/* Converts `rect` to pixels. The two pixels of a pair get the same colour. */
void sb_yuv_read(const sb_pixels *to, const sb_yuv *from, sb_rect rect);

/* Converts `rect`, and the colour samples that depend on it, to BT.709 in limited range. Colour is sampled at
 * the left of each pair and between the rows, as H.264 assumes. */
void sb_yuv_convert(const sb_yuv *to, const sb_pixels *from, sb_rect rect);

/* Drawing the pictures of a video one after the other. */

typedef struct sb_scene sb_scene;

/* Draws everything that does not move. Returns the statuses of sb_film_open. */
sb_status sb_scene_create(sb_scene **out, const sb_film_params *params, sb_notes *notes, sb_error *err);
void sb_scene_free(sb_scene **scene);

/* Gives the size and the rate of the pictures. */
void sb_scene_form(const sb_scene *scene, sb_mp4_params *out);

/* Returns the number of pictures. */
int64_t sb_scene_length(const sb_scene *scene);

/* Draws picture `index`. The result is valid until the next call. Only what has changed since the call before
 * is drawn again. Fails only for pictures from the file, with the statuses of sb_pictures_at. */
sb_status sb_scene_draw(const sb_yuv **out, sb_scene *scene, int64_t index, sb_error *err);

/* Drawing ASS captions with libass. */

typedef struct sb_subtitles sb_subtitles;

/* Reads a script for a picture of this size. Returns SB_ERR_MEMORY. */
sb_status sb_subtitles_create(sb_subtitles **out, const sb_bytes *script, int width, int height,
                              sb_error *err);
void sb_subtitles_free(sb_subtitles **subtitles);

/* Prepares the captions at `at`. Returns true if they differ from the call before. `*box` is their area,
 * empty if there are none. */
bool sb_subtitles_at(sb_subtitles *subtitles, sb_time at, sb_rect *box);

/* Draws what the last call prepared. */
void sb_subtitles_draw(const sb_subtitles *subtitles, const sb_pixels *on);

/* Returns the number of characters so far that no font has. */
int sb_subtitles_unknown(const sb_subtitles *subtitles);

/* The scrolling waveform, with the current sound in its middle. */

typedef struct sb_wave_view {
    const sb_wave *wave; /* scaled */
    sb_rect box;
    sb_colour heard, rest; /* colours of the sound before and after now */
} sb_wave_view;

/* Draws the waveform of picture `index` over the background. */
void sb_wave_view_draw(const sb_wave_view *view, sb_canvas *canvas, int64_t index);

#endif
