/* Videos of clips: what is asked for, and the places they are made for. */
#ifndef SOUNDBITE_VIDEO_H
#define SOUNDBITE_VIDEO_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* The form of the picture: 1080x1920, 1080x1080, 1080x1350 or 1920x1080 pixels, or that of a video podcast's own picture. */
typedef enum sb_video_shape {
    SB_VIDEO_ANY, /* what the profile says, else 16:9 */
    SB_VIDEO_9_16,
    SB_VIDEO_1_1,
    SB_VIDEO_4_5,
    SB_VIDEO_16_9,
    SB_VIDEO_SOURCE,      /* the file's own pictures, whole */
    SB_VIDEO_SOURCE_9_16, /* their middle in one of the shapes above */
    SB_VIDEO_SOURCE_1_1,
    SB_VIDEO_SOURCE_4_5,
    SB_VIDEO_SOURCE_16_9
} sb_video_shape;

/* "9:16" ... "source", "source:9:16" ... in the order of the enum from SB_VIDEO_9_16 on; NULL beyond the last. */
SB_API const char *sb_video_shape_name(size_t index);

/* Strings are the caller's and may be NULL. */
typedef struct sb_video_params {
    sb_video_shape shape;
    const char *
        background; /* a colour such as "#102030", or a picture file; NULL: the audio's cover art, else the theme's colour */
    const char *title; /* NULL: the episode's own, where it has one; "" none */
    const char *theme; /* a theme file, soundbite-theme(5); NULL: the theme built in */
} sb_video_params;

/* True for "#102030", "#123" and names such as "navy"; any other background is a file. */
SB_API bool sb_video_is_colour(const char *background);

/* True where this build can draw and encode videos; else `*missing` (may be NULL) says what it lacks. */
SB_API bool sb_video_available(const char **missing);

/* Reads the theme and looks at the background, so that a mistake is told before anything is made. SB_ERR_FORMAT with file and
 * line, SB_ERR_ARGUMENT, SB_ERR_IO, SB_ERR_UNSUPPORTED where this build makes no videos, SB_ERR_MEMORY. */
SB_API sb_status sb_video_check(const sb_video_params *params, sb_error *err);

/* What a place that clips are posted to asks for. */
typedef struct sb_profile {
    const char *name; /* "shorts", "podcast" ... */
    const char *title;
    sb_video_shape shape; /* ANY: no special one */
    double loudness_lufs;
    int64_t sound_bit_rate, video_bit_rate; /* the picture's is what it may need at most */
    sb_time least, most;                    /* how long a clip may be; 0 no limit */
} sb_profile;

/* The profiles in the order of their data file, NULL beyond the last; and the day they were looked up, as "2026-11-25". */
SB_API const sb_profile *sb_profile_at(size_t index);
SB_API const char *sb_profiles_date(void);

/* NULL where there is none of this name. */
SB_API const sb_profile *sb_profile_find(const char *name);

SB_END_DECLS

#endif
