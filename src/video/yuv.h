/* Pixels of the screen as the pictures of a video hold them. */
#ifndef SB_VIDEO_YUV_H
#define SB_VIDEO_YUV_H

#include "media/mp4.h"
#include "video/pixels.h"

/* Makes room for a picture of even size. SB_ERR_MEMORY. */
sb_status sb_yuv_init(sb_yuv *yuv, int width, int height, sb_error *err);
void sb_yuv_finish(sb_yuv *yuv);

/* All planes; both have the same size. */
void sb_yuv_copy(const sb_yuv *to, const sb_yuv *from);

/* The pixels of `rect`, each with the colour of its pair. */
void sb_yuv_read(const sb_pixels *to, const sb_yuv *from, sb_rect rect);

/* Converts `rect` and what of the colour planes depends on it: BT.709, limited range, colour sampled at the left of each pair
 * and between the rows, as H.264 takes it to be. */
void sb_yuv_convert(const sb_yuv *to, const sb_pixels *from, sb_rect rect);

#endif
