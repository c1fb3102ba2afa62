/* The appearance of videos, soundbite-theme(5). */
#ifndef SB_VIDEO_THEME_H
#define SB_VIDEO_THEME_H

#include "soundbite/status.h"
#include "soundbite/video.h"
#include "video/colour.h"

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

#endif
