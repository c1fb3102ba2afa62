/* Chapters inside audio files. */
#ifndef SOUNDBITE_CHAPTERS_H
#define SOUNDBITE_CHAPTERS_H

#include "soundbite/media.h"

SB_BEGIN_DECLS

/* The chapters of a file, sorted by start. sb_chapters_free frees the list with its titles. */
typedef struct sb_chapters {
    sb_chapter *items; /* `end` is SB_TIME_NONE if unknown; `title` is never NULL */
    size_t n_items;
} sb_chapters;

/* Reads the chapters of an audio or video file: ID3 CHAP frames of MP3; chapter tracks and lists of MP4, M4A
 * and M4B; Vorbis comments of Ogg, Opus and FLAC; chapters of Matroska. A file without chapters gives an
 * empty list. `params` may be NULL. Returns the statuses of sb_decoder_open. */
SB_API sb_status sb_chapters_read(sb_chapters **out, const char *path, const sb_media_params *params,
                                  sb_error *err);
SB_API void sb_chapters_free(sb_chapters **chapters);

/* Copies the audio file `audio_path` to `path`, with these chapters instead of its own. The sound is copied
 * packet by packet; tags and the cover are kept. `chapters` must be sorted by start. If the `end` of a
 * chapter is SB_TIME_NONE, it lasts until the next chapter or the end of the file. `title` may be NULL.
 * `params` may be NULL.
 *
 * Returns SB_ERR_ARGUMENT if the extension of `path` does not fit the audio's container; SB_ERR_UNSUPPORTED
 * if the container cannot have chapters, or its kind of tags cannot be changed; SB_ERR_LIMIT if there are
 * more chapters than the container can have, or the tag of an MP3 has more than 64 MB; SB_ERR_EXISTS if
 * `path` exists and `overwrite` is false, or if `path` is the audio file itself; the statuses of
 * sb_decoder_open and sb_output_open; SB_ERR_IO; SB_ERR_MEMORY. */
SB_API sb_status sb_chapters_write(const char *path, const char *audio_path, const sb_chapter *chapters,
                                   size_t n, const sb_media_params *params, bool overwrite, sb_error *err);

/* Returns true if files with the extension of `path` can have chapters. */
SB_API bool sb_chapters_can_be_in(const char *path);

SB_END_DECLS

#endif
