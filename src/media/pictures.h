/* The moving pictures of a file, on the timeline of its sound. */
#ifndef SB_MEDIA_PICTURES_H
#define SB_MEDIA_PICTURES_H

#include "media/mp4.h"
#include "soundbite/media.h"

typedef struct sb_pictures sb_pictures;

typedef struct sb_pictures_form {
    int width, height; /* upright, of square pixels */
    int fps,
        fps_den; /* pictures in fps_den seconds: the file's own where it is constant and at most 60, else 30 */
} sb_pictures_form;

/* Opens the file's pictures; `stream` is the sound's, as in sb_media_params. SB_ERR_UNSUPPORTED where it has none that can be
 * decoded, SB_ERR_MEMORY, and as sb_decoder_open. */
sb_status sb_pictures_open(sb_pictures **out, const char *path, int stream, sb_error *err);
void sb_pictures_free(sb_pictures **pictures);

sb_pictures_form sb_pictures_get_form(const sb_pictures *pictures);

/* The size of what sb_pictures_at gives, both even; the middle is taken where the shape is another. SB_ERR_MEMORY. */
sb_status sb_pictures_set_size(sb_pictures *pictures, int width, int height, sb_error *err);

/* The picture that a player shows at `at`: the last one that has begun. Before the first it is the first, beyond the end the last.
 * `at` must not go back from call to call. Valid until the next call. SB_ERR_FORMAT where none can be decoded, SB_ERR_IO. */
sb_status sb_pictures_at(const sb_yuv **out, sb_pictures *pictures, sb_time at, sb_error *err);

#endif
