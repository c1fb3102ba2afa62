/* Reading and writing the chapters of audio files. */
#ifndef SB_MEDIA_CHAPTERS_CHAPTERS_H
#define SB_MEDIA_CHAPTERS_CHAPTERS_H

#include "media/media.h"
#include "soundbite/chapters.h"

struct sb_demux;

/* An ID3v2 tag at the beginning of an MP3 file, with other chapters. */

/* Appends a tag with all frames of the tag `old` except its chapters, and with `chapters`, none of whose ends is
 * SB_TIME_NONE. `old_size` is 0 if there is no tag. Returns SB_ERR_UNSUPPORTED, SB_ERR_FORMAT, SB_ERR_LIMIT or
 * SB_ERR_MEMORY. */
sb_status sb_id3_with_chapters(sb_bytes *out, const unsigned char *old, size_t old_size,
                               const sb_chapter *chapters, size_t n, sb_error *err);

/* Returns the size of the ID3v2 tag that begins with these ten bytes, with its header and footer; 0 if they begin none. */
size_t sb_id3_size(const unsigned char head[10]);

/* Copies the packets of all streams of an open file with `chapters` into a file of libav's format `muxer`. */
sb_status sb_remux_with_chapters(sb_output *output, struct sb_demux *demux, const char *muxer,
                                 const sb_chapter *chapters, size_t n, sb_error *err);

#endif
