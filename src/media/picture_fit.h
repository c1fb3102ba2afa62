/* Cropping and scaling decoded pictures to the size of a video. */
#ifndef SB_MEDIA_PICTURE_FIT_H
#define SB_MEDIA_PICTURE_FIT_H

#include "media/mp4.h"

#include <libavutil/frame.h>

typedef struct sb_picture_fit sb_picture_fit;

/* Creates a fit to `width` x `height`, both even. `turns` is the number of clockwise quarter turns that make
 * the source upright. Returns SB_ERR_MEMORY. */
sb_status sb_picture_fit_create(sb_picture_fit **out, int width, int height, int turns, sb_error *err);
void sb_picture_fit_free(sb_picture_fit **fit);

/* Crops `frame` to the largest middle part with the shape of the video and scales it, in BT.709. Non-square
 * pixels become square. The result is valid until the next call. Returns SB_ERR_MEMORY or
 * SB_ERR_UNSUPPORTED. */
sb_status sb_picture_fit_make(const sb_yuv **out, sb_picture_fit *fit, const AVFrame *frame, sb_error *err);

#endif
