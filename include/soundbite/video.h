/* Video clips: shapes, themes, and profiles of the platforms that they are made for. */
#ifndef SOUNDBITE_VIDEO_H
#define SOUNDBITE_VIDEO_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* The picture of a video: 1080x1920, 1080x1080, 1080x1350 or 1920x1080 pixels, or the pictures of a video
 * podcast. */
typedef enum sb_video_shape {
    SB_VIDEO_ANY, /* the profile's shape, otherwise 16:9 */
    SB_VIDEO_9_16,
    SB_VIDEO_1_1,
    SB_VIDEO_4_5,
    SB_VIDEO_16_9,
    SB_VIDEO_SOURCE,      /* the file's own pictures, not cropped */
    SB_VIDEO_SOURCE_9_16, /* the file's own pictures, cropped to the middle */
    SB_VIDEO_SOURCE_1_1,
    SB_VIDEO_SOURCE_4_5,
    SB_VIDEO_SOURCE_16_9
} sb_video_shape;

/* Returns the name of a shape: "9:16" ... "source", "source:9:16" ... Index 0 is SB_VIDEO_9_16; the order is
 * that of the enum. Returns NULL beyond the last. */
SB_API const char *sb_video_shape_name(size_t index);

/* How captions show the word that is being spoken. */
typedef enum sb_video_style {
    SB_VIDEO_STYLE_OF_THEME, /* the style that the theme names; SB_VIDEO_KARAOKE in the built-in theme */
    SB_VIDEO_KARAOKE,        /* the spoken word has another colour */
    SB_VIDEO_BOX,            /* each line has a box behind it, and the spoken word has a coloured box */
    SB_VIDEO_POP,            /* each word appears when it is spoken */
    SB_VIDEO_PLAIN           /* the spoken word looks like the others */
} sb_video_style;

/* Returns the name of a style: "karaoke" ... Index 0 is SB_VIDEO_KARAOKE. Returns NULL beyond the last. */
SB_API const char *sb_video_style_name(size_t index);

/* How videos are drawn. A zeroed struct means the defaults. The caller owns the strings. */
typedef struct sb_video_params {
    sb_video_shape shape;
    /* A colour such as "#102030", or a picture file. NULL: the audio's cover art; without one, the theme's
     * colour. */
    const char *background;
    const char *title; /* NULL: the episode's title if it has one; "": none */
    const char *theme; /* a theme file, see soundbite-theme(5); NULL: the built-in theme */
    const char *logo;  /* a picture file for a corner that the theme names; NULL: none */
    sb_video_style style;
    bool uppercase; /* write captions in capitals, by the rules of the transcript's language */
    /* Half the width and height and half the frame rate, encoded as fast as possible. The clip has no
     * certificate, and its loudness is not measured again after encoding. */
    bool draft;
} sb_video_params;

/* Returns true for colours: "#102030", "#123" and names such as "navy". Any other background is a file. */
SB_API bool sb_video_is_colour(const char *background);

/* Returns true if this build can make videos. Otherwise sets `*missing`, which may be NULL, to what is
 * missing. */
SB_API bool sb_video_available(const char **missing);

/* Reads the theme, the background and the logo, so that errors are found before any clip is made. Returns
 * SB_ERR_FORMAT, with file and line, if the theme is malformed; SB_ERR_ARGUMENT if the background is not a
 * picture; SB_ERR_FORMAT if the logo is not a picture; SB_ERR_IO; SB_ERR_UNSUPPORTED if this build makes no
 * videos; SB_ERR_MEMORY. */
SB_API sb_status sb_video_check(const sb_video_params *params, sb_error *err);

/* Requirements of a platform. Profiles are constant and need not be freed. */
typedef struct sb_profile {
    const char *name;     /* "shorts", "podcast" ... */
    const char *title;    /* the platform's name for the user */
    sb_video_shape shape; /* ANY: no requirement */
    double loudness_lufs;
    int64_t sound_bit_rate, video_bit_rate; /* in bits per second; the video's is a maximum */
    sb_time least, most;                    /* limits for the length of a clip; 0: no limit */
} sb_profile;

/* sb_profile_at returns profile `index`, or NULL beyond the last. sb_profiles_date returns the date on which
 * the platforms' requirements were checked, such as "2026-11-25". */
SB_API const sb_profile *sb_profile_at(size_t index);
SB_API const char *sb_profiles_date(void);

/* Returns alias `index`: another name of a profile, such as "instagram" for "reels". Returns NULL beyond the
 * last. Sets `*profile` to that profile; `profile` may be NULL. */
SB_API const char *sb_profile_alias(size_t index, const sb_profile **profile);

/* Returns the profile with the name or alias `name`, or NULL if there is none. */
SB_API const sb_profile *sb_profile_find(const char *name);

SB_END_DECLS

#endif
