/* Encoding pictures as H.264 to a libav muxer. */
#ifndef SB_MEDIA_PICTURE_TRACK_H
#define SB_MEDIA_PICTURE_TRACK_H

#include "media/mp4.h"
#include "media/muxer.h"

#define SB_PICTURE_ENCODER "libx264"

typedef struct sb_picture_track sb_picture_track;

/* Adds a stream to `muxer`, which must outlive the track. All calls return an AVERROR code or 0. */
int sb_picture_track_open(sb_picture_track **out, AVFormatContext *muxer, const sb_mp4_params *params);
void sb_picture_track_free(sb_picture_track **track);

/* Call it between sb_muxer_begin and sb_muxer_end. `end` flushes the encoder. */
int sb_picture_track_write(sb_picture_track *track, const sb_yuv *picture);
int sb_picture_track_end(sb_picture_track *track);

#endif
