/* Adding Vorbis comments to an existing FLAC file, because libsndfile writes only a few fixed ones. */
#ifndef SB_MEDIA_FLAC_COMMENTS_H
#define SB_MEDIA_FLAC_COMMENTS_H

#include "media/sink.h"
#include "soundbite/media.h"

/* Adds the comments of each chapter (media/vorbis_chapters.h) and moves the sound behind them. The file must
 * begin with a STREAMINFO block. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_flac_add_chapters(sb_sink *sink, const sb_chapter *chapters, size_t n, sb_error *err);

#endif
