/* Chapters on their way into a libav muxer. */
#ifndef SB_MEDIA_LIBAV_CHAPTERS_H
#define SB_MEDIA_LIBAV_CHAPTERS_H

#include "soundbite/media.h"

struct AVFormatContext;

/* Adds the chapters before the header is written; the muxer owns the copies. Times are kept to the millisecond, which is
 * all that ID3v2 and Vorbis comments can hold. A libav error code. */
int sb_libav_chapters(struct AVFormatContext *muxer, const sb_chapter *chapters, size_t n);

#endif
