/* Reading still pictures from files, and covers from audio files. */
#ifndef SB_MEDIA_STILL_H
#define SB_MEDIA_STILL_H

#include "soundbite/status.h"

/* Rows of 0xAARRGGBB from the top with premultiplied alpha. A zeroed struct means no picture. */
typedef struct sb_still {
    uint32_t *pixels;
    int width, height;
} sb_still;

#define SB_STILL_SIDE 1920 /* larger pictures are scaled so that the shorter side has this length */

/* Reads a JPEG, PNG, WebP, GIF or BMP file, upright. Returns SB_ERR_IO; SB_ERR_FORMAT; SB_ERR_LIMIT if it is
 * too large; SB_ERR_MEMORY. */
sb_status sb_still_read(sb_still *out, const char *path, sb_error *err);

/* Reads the cover of an audio file. There is no picture if the file has none or it cannot be decoded. Returns
 * SB_ERR_MEMORY and the statuses of sb_decoder_open. */
sb_status sb_still_cover(sb_still *out, const char *audio_path, sb_error *err);

void sb_still_finish(sb_still *still);

#endif
