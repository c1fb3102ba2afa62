/* How a video looks: colours, shapes, profiles, themes and positions. */
#ifndef SB_VIDEO_STYLE_STYLE_H
#define SB_VIDEO_STYLE_STYLE_H

#include "export/export.h"
#include "media/media.h"
#include "soundbite/align.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/video.h"
#include <stdbool.h>
#include <stdint.h>

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

/* Drafts have pictures of half the size and half as many of them. */
#define SB_VIDEO_DRAFT 2

/* Halves the size of a draft's pictures, and keeps it even. */
void sb_video_draft_size(int *width, int *height);

/* Returns the area for text: for 9:16 without the top 14 % and the bottom 20 %, for other shapes without a
 * margin. */
sb_rect sb_video_safe_zone(sb_video_shape shape);

/* The appearance of videos, soundbite-theme(5). */

#define SB_THEME_FONT 200

#define SB_THEME_VOICES 12
#define SB_THEME_NAMED  24
#define SB_THEME_NAME   80

typedef enum sb_theme_align { SB_THEME_LEFT, SB_THEME_CENTRE } sb_theme_align;
typedef enum sb_theme_corner {
    SB_THEME_TOP_LEFT,
    SB_THEME_TOP_RIGHT,
    SB_THEME_BOTTOM_LEFT,
    SB_THEME_BOTTOM_RIGHT
} sb_theme_corner;

/* Stands for the theme's colour of text. */
#define SB_COLOUR_TEXT ((sb_colour)0xff000000)

/* The caption colour of a speaker with this name. */
typedef struct sb_theme_voice {
    char name[SB_THEME_NAME];
    sb_colour colour;
} sb_theme_voice;

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
    sb_video_style style; /* of the captions */
    bool uppercase;       /* captions are in capitals */
    double logo_size;     /* its height; it is at most three times as wide */
    sb_theme_corner logo_at;
    /* of the captions of each speaker, in the order of their first words */
    sb_colour voices[SB_THEME_VOICES];
    size_t n_voices;
    sb_theme_voice named[SB_THEME_NAMED];
    size_t n_named;
} sb_theme;

/* Returns the colour of a speaker's captions: that of the name if the theme has it, otherwise by the
 * speaker's place among the speakers of `episode`. NULL is a speaker without a name. */
sb_colour sb_theme_voice_colour(const sb_theme *theme, const sb_alignment *episode, const char *speaker);

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

/* The positions of the elements in a picture. */

typedef struct sb_layout {
    int width, height;
    int side;       /* the shorter side; sizes are percentages of it */
    sb_rect zone;   /* limits for all text */
    sb_rect cover;  /* empty if none is shown */
    sb_rect header; /* for title and speaker, at its maximum height */
    sb_rect logo;   /* empty if there is none */
    sb_rect wave, progress;
    int captions_middle;
} sb_layout;

/* What a layout has to make room for. */
typedef struct sb_layout_parts {
    sb_video_shape shape;
    bool has_cover;
    const sb_still *logo; /* no pixels: none */
    bool draft;
} sb_layout_parts;
void sb_layout_make(sb_layout *out, const sb_theme *theme, const sb_layout_parts *parts);

/* Moves captions and logo to a picture of another size. The other positions are then not valid. */
void sb_layout_scale(sb_layout *layout, const sb_theme *theme, const sb_still *logo, int width, int height);

/* The table that the build generates from profiles.csv. */

extern const char sb_profiles_looked_up[];
extern const sb_profile sb_profiles[]; /* the last has no name */

typedef struct sb_profile_alias_row {
    const char *name;
    size_t index; /* of the profile */
} sb_profile_alias_row;
extern const sb_profile_alias_row sb_profile_aliases[]; /* the last has no name */

#endif
