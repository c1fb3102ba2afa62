/* Captions on pictures: lettering, outlines, and the view that draws them. */
#ifndef SB_VIDEO_CAPTIONS_CAPTIONS_VIEW_H
#define SB_VIDEO_CAPTIONS_CAPTIONS_VIEW_H

#include "video/scene/scene.h"

/* Outlines. */

/* An outline around everything on a layer, below it. Sizes are in pixels. */
typedef struct sb_outline {
    double radius, softness;
    sb_colour colour;
    double opacity;
} sb_outline;

/* Draws the outline in the part `rect` of a layer, rows of 0xAARRGGBB with premultiplied alpha. Returns false
 * if memory runs out. */
bool sb_pixels_outline(const sb_pixels *layer, sb_rect rect, const sb_outline *outline);

/* Draws the part `from` of a layer on a picture, with its top left corner at (x, y). */
void sb_pixels_over(const sb_pixels *on, const sb_pixels *layer, sb_rect from, int x, int y);

/* Lines of text whose words have places, and are drawn in their own colours or one by one. */

/* A part of the text, in bytes. */
typedef struct sb_letter_word {
    size_t begin, end;
} sb_letter_word;

/* In pixels: the widest line, and the ink above and below the baseline. */
typedef struct sb_letter_extents {
    size_t n_lines;
    double width, above, below;
} sb_letter_extents;

typedef struct sb_letter_box {
    double left, right, baseline;
} sb_letter_box;

typedef struct sb_letter_paint {
    double middle, baseline; /* of the lines; of the first line */
    double pitch;            /* from line to line */
    sb_colour colour, lit_colour;
    size_t lit;     /* the word that has its own colour; SIZE_MAX: none */
    size_t n_shown; /* words that are drawn, if `scale` is set */
    double scale;   /* of the lit word; 0: all words are drawn */
} sb_letter_paint;

typedef struct sb_lettering sb_lettering;

/* Lays out text whose lines '\n' separates. `words` must stay in place. Returns SB_ERR_MEMORY. */
sb_status sb_lettering_create(sb_lettering **out, sb_canvas *canvas, const sb_canvas_text *text,
                              const sb_letter_word *words, size_t n_words, sb_error *err);
void sb_lettering_free(sb_lettering **lettering);
sb_letter_extents sb_lettering_extents(const sb_lettering *lettering);
void sb_lettering_missing(const sb_lettering *lettering, sb_missing *missing);
sb_letter_box sb_lettering_line(const sb_lettering *lettering, size_t line, const sb_letter_paint *paint);
sb_letter_box sb_lettering_word(const sb_lettering *lettering, size_t word, const sb_letter_paint *paint);
void sb_lettering_draw(const sb_lettering *lettering, sb_canvas *canvas, const sb_letter_paint *paint);

/* Captions on pictures. */

typedef struct sb_caption_look {
    sb_video_style style;
    const char *fonts; /* families separated by commas */
    double size;       /* pixels from the top to the bottom of a line */
    sb_colour lit, edge;
    bool firm_edge; /* opaque and wide outline, for pictures of any colour */
    bool uppercase;
    const char *language;            /* for capitals */
    bool names;                      /* the speaker's name stands above the lines */
    int width, height, fps, fps_den; /* of the video */
    sb_rect zone;                    /* limits for the lines */
    int middle;                      /* of the lines, in pixels from the top */
    bool from_bottom;                /* `middle` is their lower edge */
    sb_colour (*colour_of)(const void *colours, const char *speaker);
    const void *colours;
} sb_caption_look;

typedef struct sb_caption_view sb_caption_view;

/* Copies the captions and makes their lines small enough for the zone. Every change happens at a frame: the
 * one nearest to the time in the captions. The first cue is there from the first frame, and a cue stays
 * through a short pause. Returns SB_ERR_MEMORY. */
sb_status sb_caption_view_create(sb_caption_view **out, const sb_captions *captions,
                                 const sb_caption_look *look, int64_t n_frames, sb_missing *missing,
                                 sb_error *err);
void sb_caption_view_free(sb_caption_view **view);

/* Prepares frame `frame`, which must not decrease between calls. Returns true if its captions differ from
 * those of the call before. `*area` is where they are, empty if there are none. */
bool sb_caption_view_at(sb_caption_view *view, int64_t frame, sb_rect *area);

/* The number of captions, and the speaker of each; NULL if unnamed. */
size_t sb_caption_view_length(const sb_caption_view *view);
const char *sb_caption_view_name(const sb_caption_view *view, size_t index);

/* Returns the speaker of the captions, or of the last ones; NULL if unnamed. */
const char *sb_caption_view_speaker(const sb_caption_view *view);

/* Draws what the last call prepared. Returns false if memory runs out. */
bool sb_caption_view_draw(sb_caption_view *view, const sb_pixels *on);

/* The parts of a view. */

/* In frames. */
typedef struct view_timing {
    int64_t from, until;
    bool is_word; /* otherwise a name or an event */
} view_timing;

typedef struct view_cue {
    int64_t from, until; /* in frames */
    char *text, *name;   /* `name` is the speaker's, or NULL */
    sb_letter_word *words;
    view_timing *timings;
    size_t n_words;
    sb_colour colour;
    sb_lettering *lettering, *label;
    double scale;
    sb_rect area; /* in the picture */
    double top;   /* of the first line */
} view_cue;

/* What a picture shows. */
typedef struct view_state {
    size_t cue, lit, n_shown; /* SIZE_MAX: no cue, no word, all words */
    double scale;             /* of the lit word; 0: words do not appear one by one */
} view_state;

struct sb_caption_view {
    sb_caption_look look;
    sb_canvas *layer;
    view_cue *cues;
    size_t n_cues, next;
    double size; /* of a line in pixels */
    sb_font_shape font;
    double pitch, rise, fall; /* between lines; of the highest and the lowest letter */
    view_state shown, wanted;
};

/* Copies a cue. Returns SB_ERR_MEMORY. */
sb_status sb_view_cue_read(view_cue *out, const sb_caption *cue, const sb_caption_look *look, sb_error *err);
void sb_view_cue_finish(view_cue *cue);

/* Draws to the empty layer, with the cue's area at its top left corner. Returns false if memory runs out. */
bool sb_view_cue_draw(sb_caption_view *view, const view_cue *cue, const view_state *state);

#endif
