/* Pictures and sound as MP4: H.264 High and AAC-LC, index first, colours after BT.709. */
#ifndef SB_MEDIA_MP4_H
#define SB_MEDIA_MP4_H

#include "media/encoder.h"

/* Planes of 8 bits, the two of colour half as wide and half as high, in the limited range of BT.709. */
typedef struct sb_yuv {
    uint8_t *planes[3];
    int strides[3];
    int width, height; /* even */
} sb_yuv;

typedef struct sb_mp4_params {
    int width, height;       /* even */
    int fps, fps_den;        /* pictures in fps_den seconds; 0 is 1 */
    bool natural;            /* pictures of a camera rather than drawn ones */
    int64_t bit_rate;        /* of the pictures, at most, over a second or so; 0 no bound */
    sb_encoder_params sound; /* with the tags of the file */
} sb_mp4_params;

typedef struct sb_mp4 sb_mp4;

/* True where libav can encode both. */
bool sb_mp4_available(void);

/* Begins a file on `output`, which stays the caller's. The same pictures and samples give the same bytes, whatever the number
 * of cores. SB_ERR_UNSUPPORTED, SB_ERR_IO, SB_ERR_MEMORY. */
sb_status sb_mp4_open(sb_mp4 **out, sb_output *output, const sb_mp4_params *params, sb_error *err);

/* Pictures last fps_den/fps each; they and the sound are handed over side by side, neither far ahead of the other. */
sb_status sb_mp4_picture(sb_mp4 *mp4, const sb_yuv *picture, sb_error *err);
sb_status sb_mp4_sound(sb_mp4 *mp4, const float *const *planes, size_t n_samples, sb_error *err);

/* Completes the file and frees; sets it to NULL. */
sb_status sb_mp4_close(sb_mp4 **mp4, sb_error *err);
void sb_mp4_abort(sb_mp4 **mp4);

#endif
