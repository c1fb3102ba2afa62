/* Pictures: fitting them to a size and writing a video track. */
#ifndef SB_MEDIA_PICTURE_PICTURE_H
#define SB_MEDIA_PICTURE_PICTURE_H

#include "media/encode/encode.h"
#include "media/media.h"

/* Cropping and scaling decoded pictures to the size of a video. */

struct AVFrame;

typedef struct sb_picture_fit sb_picture_fit;

/* Creates a fit to `width` x `height`, both even. `turns` is the number of clockwise quarter turns that make
 * the source upright. Returns SB_ERR_MEMORY. */
sb_status sb_picture_fit_create(sb_picture_fit **out, int width, int height, int turns, sb_error *err);
void sb_picture_fit_free(sb_picture_fit **fit);

/* Crops `frame` to the largest middle part with the shape of the video and scales it, in BT.709. Non-square
 * pixels become square. The result is valid until the next call. Returns SB_ERR_MEMORY or
 * SB_ERR_UNSUPPORTED. */
sb_status sb_picture_fit_make(const sb_yuv **out, sb_picture_fit *fit, const struct AVFrame *frame,
                              sb_error *err);

/* Encoding pictures as H.264 to a libav muxer. */

#define SB_PICTURE_ENCODER "libx264"

/* Adds a stream to `muxer`, which must outlive the track. Call sb_track_finish after a failure too. Both
 * calls return an AVERROR code or 0. */
int sb_picture_track_open(sb_track *track, struct AVFormatContext *muxer, const sb_mp4_params *params);

/* Call it between sb_muxer_begin and sb_muxer_end. At the end, flush with sb_track_send. */
int sb_picture_track_write(sb_track *track, const sb_yuv *picture);

#endif
