/* Vorbis comments put into a FLAC file that is there already: libsndfile writes a few fixed ones alone. */
#ifndef SB_MEDIA_FLAC_COMMENTS_H
#define SB_MEDIA_FLAC_COMMENTS_H

#include "media/sink.h"
#include "soundbite/media.h"

/* Adds the comments of each chapter (media/vorbis_chapters.h) and moves the sound up behind them. The file must begin with a
 * STREAMINFO block. SB_ERR_IO, SB_ERR_MEMORY. */
sb_status sb_flac_add_chapters(sb_sink *sink, const sb_chapter *chapters, size_t n, sb_error *err);

#endif
