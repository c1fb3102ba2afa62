/* Adding chapters to a libav muxer. */
#ifndef SB_MEDIA_LIBAV_CHAPTERS_H
#define SB_MEDIA_LIBAV_CHAPTERS_H

#include "soundbite/media.h"

struct AVFormatContext;

/* Adds the chapters. Call it before the header is written. The muxer owns the copies. Times are cut to
 * milliseconds, the resolution of ID3v2 and Vorbis comments. Returns an AVERROR code or 0. */
int sb_libav_chapters(struct AVFormatContext *muxer, const sb_chapter *chapters, size_t n);

#endif
