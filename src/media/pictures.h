/* Reading the moving pictures of a file by audio time. */
#ifndef SB_MEDIA_PICTURES_H
#define SB_MEDIA_PICTURES_H

#include "media/mp4.h"
#include "soundbite/media.h"

typedef struct sb_pictures sb_pictures;

typedef struct sb_pictures_form {
    int width, height; /* upright and with square pixels */
    /* frame rate is fps / fps_den: the file's own if it is constant and at most 60, otherwise 30 */
    int fps, fps_den;
} sb_pictures_form;

/* Opens the file's pictures. `stream` is that of the sound, as in sb_media_params. Returns SB_ERR_UNSUPPORTED
 * if the file has no pictures that can be decoded; SB_ERR_MEMORY; and the statuses of sb_decoder_open. */
sb_status sb_pictures_open(sb_pictures **out, const char *path, int stream, sb_error *err);
void sb_pictures_free(sb_pictures **pictures);

sb_pictures_form sb_pictures_get_form(const sb_pictures *pictures);

/* Sets the size of the pictures, both even. Pictures of another shape are cropped to the middle. Returns
 * SB_ERR_MEMORY. */
sb_status sb_pictures_set_size(sb_pictures *pictures, int width, int height, sb_error *err);

/* Gives the picture that a player shows at `at`: the last one that has begun, or the first before any has.
 * `at` must not decrease between calls. The result is valid until the next call. Returns SB_ERR_FORMAT if no
 * picture can be decoded; SB_ERR_IO. */
sb_status sb_pictures_at(const sb_yuv **out, sb_pictures *pictures, sb_time at, sb_error *err);

#endif
