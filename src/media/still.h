/* Still pictures: from a file, or the cover that lies in a sound file. */
#ifndef SB_MEDIA_STILL_H
#define SB_MEDIA_STILL_H

#include "soundbite/status.h"

/* Rows of 0xAARRGGBB from the top, the colours multiplied by the alpha. A zeroed struct is no picture. */
typedef struct sb_still {
    uint32_t *pixels;
    int width, height;
} sb_still;

#define SB_STILL_SIDE 1920 /* the shorter side of a larger picture is scaled to this */

/* A JPEG, PNG, WebP, GIF or BMP file, upright. SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_LIMIT (too large), SB_ERR_MEMORY. */
sb_status sb_still_read(sb_still *out, const char *path, sb_error *err);

/* The picture attached to a sound file; no picture where there is none or it cannot be decoded. SB_ERR_MEMORY, and as
 * sb_decoder_open. */
sb_status sb_still_cover(sb_still *out, const char *audio_path, sb_error *err);

void sb_still_finish(sb_still *still);

#endif
