/* Reading and writing the chapters of audio files. */
#ifndef SB_MEDIA_CHAPTERS_CHAPTERS_H
#define SB_MEDIA_CHAPTERS_CHAPTERS_H

#include "media/media.h"
#include "soundbite/chapters.h"

struct sb_demux;

/* An ID3v2 tag at the beginning of an MP3 file, with other chapters. */

/* Appends a tag with `chapters` and with all frames of the tag `old` except its own chapters. Every chapter
 * must have an end. `old_size` is 0 if there is no old tag. Returns SB_ERR_UNSUPPORTED, SB_ERR_FORMAT,
 * SB_ERR_LIMIT or SB_ERR_MEMORY. */
sb_status sb_id3_with_chapters(sb_bytes *out, const unsigned char *old, size_t old_size,
                               const sb_chapter *chapters, size_t n, sb_error *err);

/* Returns the size of the ID3v2 tag that begins with these ten bytes, including its header and footer.
 * Returns 0 if no tag begins with them. */
size_t sb_id3_size(const unsigned char head[10]);

/* Writes a file in libav's format `muxer`: the packets of all streams of an open file, with `chapters`. */
sb_status sb_remux_with_chapters(sb_output *output, struct sb_demux *demux, const char *muxer,
                                 const sb_chapter *chapters, size_t n, sb_error *err);

#endif
