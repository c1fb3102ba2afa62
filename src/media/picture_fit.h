/* Decoded pictures cut and scaled to the size of a video. */
#ifndef SB_MEDIA_PICTURE_FIT_H
#define SB_MEDIA_PICTURE_FIT_H

#include "media/mp4.h"

#include <libavutil/frame.h>

typedef struct sb_picture_fit sb_picture_fit;

/* For pictures of `width` x `height`, both even. `turns`: quarter turns to the right that make the source upright.
 * SB_ERR_MEMORY. */
sb_status sb_picture_fit_create(sb_picture_fit **out, int width, int height, int turns, sb_error *err);
void sb_picture_fit_free(sb_picture_fit **fit);

/* The middle of `frame` that has the shape of the video, as large as it can be, scaled, in BT.709; pixels that are not square
 * are made so. Valid until the next call. SB_ERR_MEMORY, SB_ERR_UNSUPPORTED. */
sb_status sb_picture_fit_make(const sb_yuv **out, sb_picture_fit *fit, const AVFrame *frame, sb_error *err);

#endif
