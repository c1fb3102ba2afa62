/* The pictures of a video: background, text, captions and waveform. */
#ifndef SB_VIDEO_SCENE_SCENE_H
#define SB_VIDEO_SCENE_SCENE_H

#include "video/video.h"

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
/* A layer is transparent at first. */
sb_status sb_canvas_create_layer(sb_canvas **out, int width, int height, sb_error *err);
void sb_canvas_free(sb_canvas **canvas);

/* Makes a part of a layer transparent. */
void sb_canvas_clear(sb_canvas *layer, sb_rect rect);

/* Returns the canvas's own pixels. They may be changed between calls. */
sb_pixels sb_canvas_pixels(sb_canvas *canvas);

/* Fills the canvas with a gradient from `top` to `bottom`. */
void sb_canvas_gradient(sb_canvas *canvas, sb_colour top, sb_colour bottom);

/* Draws the middle of a picture so that it fills `to`, with rounded corners. */
void sb_canvas_still(sb_canvas *canvas, const sb_still *still, sb_rect to, double radius);

/* Draws a rectangle with rounded ends. */
void sb_canvas_bar(sb_canvas *canvas, double x, double y, double width, double height, sb_colour colour,
                   double alpha);

/* Draws a rectangle with rounded corners. */
void sb_canvas_box(sb_canvas *canvas, double x, double y, double width, double height, double radius,
                   sb_colour colour, double alpha);

/* Characters that no font has, by script. */
#define SB_MISSING_SCRIPTS 8
typedef struct sb_missing_script {
    char name[40], font[56]; /* a font that has the script */
    const char *package;     /* of that font */
    int n_characters;
} sb_missing_script;
typedef struct sb_missing {
    sb_missing_script scripts[SB_MISSING_SCRIPTS];
    size_t n_scripts;
} sb_missing;

/* Adds a note for each script. `where` is "the captions" and the like. */
void sb_missing_note(const sb_missing *missing, const char *where, sb_notes *notes);

typedef struct sb_canvas_text {
    const char *text;
    const char *fonts; /* families separated by commas */
    double size;       /* in pixels */
    bool bold;
    bool centred;       /* otherwise aligned to the side on which its script begins */
    const char *beside; /* if set, to the side on which this text begins */
    int lines;          /* maximum number; longer text ends in an ellipsis */
    sb_colour colour;
} sb_canvas_text;

/* Sets the language of text that is laid out from now on (BCP 47 tag; NULL: unknown). It chooses between
 * forms of Chinese characters. */
void sb_canvas_set_language(sb_canvas *canvas, const char *language);

/* Writes text from the top of `box`, shaped and ordered for its script, in lines of about equal length, and
 * returns its height in pixels. With `measure`, nothing is drawn. Adds the characters that no font has to
 * `missing`, which may be NULL. */
int sb_canvas_write(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box, bool measure,
                    sb_missing *missing);

/* Returns true if the whole text fits into its lines. */
bool sb_canvas_fits(sb_canvas *canvas, const sb_canvas_text *text, sb_rect box);

/* The letters of a bold font, relative to the height of its lines. */
typedef struct sb_font_shape {
    double size, rise, fall;
} sb_font_shape;
sb_font_shape sb_canvas_font_shape(sb_canvas *canvas, const char *fonts);

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

/* The scrolling waveform, with the current sound in its middle. */

typedef struct sb_wave_view {
    const sb_wave *wave; /* scaled */
    sb_rect box;
    sb_colour heard, rest; /* colours of the sound before and after now */
    int pitch;             /* pixels from one bar to the next, an even number */
    int fps;
} sb_wave_view;

/* Draws the waveform of picture `index` over the background. */
void sb_wave_view_draw(const sb_wave_view *view, sb_canvas *canvas, int64_t index);

#endif
