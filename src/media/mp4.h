/* Writing MP4: H.264 High and AAC-LC, index first, colours in BT.709. */
#ifndef SB_MEDIA_MP4_H
#define SB_MEDIA_MP4_H

#include "media/encoder.h"

/* Planes of 8 bits in the limited range of BT.709. The two colour planes have half the width and half the
 * height. */
typedef struct sb_yuv {
    uint8_t *planes[3];
    int strides[3];
    int width, height; /* even */
} sb_yuv;

typedef struct sb_mp4_params {
    int width, height; /* even */
    int fps, fps_den;  /* frame rate is fps / fps_den; fps_den 0 means 1 */
    bool natural;      /* camera pictures, not drawn ones */
    /* maximum for the pictures over about a second, in bits per second; 0: no limit */
    int64_t bit_rate;
    sb_encoder_params sound; /* with the tags of the file */
} sb_mp4_params;

typedef struct sb_mp4 sb_mp4;

/* Returns true if libav can encode both. */
bool sb_mp4_available(void);

/* Begins a file on `output`, which the caller keeps. The same input gives the same bytes for any number of
 * cores. Returns SB_ERR_UNSUPPORTED, SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_mp4_open(sb_mp4 **out, sb_output *output, const sb_mp4_params *params, sb_error *err);

/* Adds a picture, which lasts fps_den/fps seconds. Add pictures and sound alternately, neither far ahead of
 * the other. */
sb_status sb_mp4_picture(sb_mp4 *mp4, const sb_yuv *picture, sb_error *err);
sb_status sb_mp4_sound(sb_mp4 *mp4, const float *const *planes, size_t n_samples, sb_error *err);

/* Completes the file, frees it and sets it to NULL. */
sb_status sb_mp4_close(sb_mp4 **mp4, sb_error *err);
void sb_mp4_abort(sb_mp4 **mp4);

#endif
