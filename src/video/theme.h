/* How a video looks: soundbite-theme(5). */
#ifndef SB_VIDEO_THEME_H
#define SB_VIDEO_THEME_H

#include "soundbite/status.h"
#include "soundbite/video.h"
#include "video/colour.h"

#define SB_THEME_FONT 200

typedef enum sb_theme_align { SB_THEME_LEFT, SB_THEME_CENTRE } sb_theme_align;

/* Sizes are percent of the picture's shorter side, places percent of the height of its safe zone. */
typedef struct sb_theme {
    char font[SB_THEME_FONT]; /* families with commas between, the first that is there is taken */
    char title_font[SB_THEME_FONT], speaker_font[SB_THEME_FONT], caption_font[SB_THEME_FONT]; /* "": `font` */
    sb_colour background, background_end; /* at the top and at the bottom */
    sb_colour text, speaker, lit, wave, wave_rest;
    double shade; /* percent of the background's colour that lies over a picture at least */
    double cover_blur, picture_blur; /* radius */
    double title_size, speaker_size, caption_size, cover_size;
    double caption_characters; /* in a line, at most */
    double caption_lines;
    double header_at;            /* its upper edge */
    double captions_at;          /* the middle of their two lines */
    double wave_at, wave_height; /* its middle */
    double progress_at, progress_height;
    sb_theme_align align; /* of the header */
} sb_theme;

/* The theme built in, as it is for this shape. */
void sb_theme_init(sb_theme *out, sb_video_shape shape);

/* Changes what the text says, in lines "key = value"; those under "[9:16]" are for that shape alone. `path` is for messages and
 * may be NULL. SB_ERR_FORMAT with line and column. */
sb_status sb_theme_read(sb_theme *theme, const char *data, size_t size, const char *path,
                        sb_video_shape shape, sb_error *err);

/* The theme built in, with what the file `path` changes; `path` may be NULL. As sb_theme_read and sb_file_read. */
sb_status sb_theme_load(sb_theme *out, const char *path, sb_video_shape shape, sb_error *err);

/* The name of key `index`, NULL beyond the last. */
const char *sb_theme_key(size_t index);

/* The text of the theme built in. */
const char *sb_theme_default_text(void);

#endif
