/* Converting between screen pixels and video pictures. */
#ifndef SB_VIDEO_YUV_H
#define SB_VIDEO_YUV_H

#include "media/mp4.h"
#include "video/pixels.h"

/* Allocates a picture of even size. Returns SB_ERR_MEMORY. */
sb_status sb_yuv_init(sb_yuv *yuv, int width, int height, sb_error *err);
void sb_yuv_finish(sb_yuv *yuv);

/* Copies all planes. Both pictures have the same size. */
void sb_yuv_copy(const sb_yuv *to, const sb_yuv *from);

/* Converts `rect` to pixels. The two pixels of a pair get the same colour. */
void sb_yuv_read(const sb_pixels *to, const sb_yuv *from, sb_rect rect);

/* Converts `rect`, and the colour samples that depend on it, to BT.709 in limited range. Colour is sampled at
 * the left of each pair and between the rows, as H.264 assumes. */
void sb_yuv_convert(const sb_yuv *to, const sb_pixels *from, sb_rect rect);

#endif
