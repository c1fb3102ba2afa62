/* Drawing ASS captions with libass. */
#ifndef SB_VIDEO_SUBTITLES_H
#define SB_VIDEO_SUBTITLES_H

#include "soundbite/file.h"
#include "soundbite/time.h"
#include "video/pixels.h"

typedef struct sb_subtitles sb_subtitles;

/* Reads a script for a picture of this size. Returns SB_ERR_MEMORY. */
sb_status sb_subtitles_create(sb_subtitles **out, const sb_bytes *script, int width, int height,
                              sb_error *err);
void sb_subtitles_free(sb_subtitles **subtitles);

/* Prepares the captions at `at`. Returns true if they differ from the call before. `*box` is their area,
 * empty if there are none. */
bool sb_subtitles_at(sb_subtitles *subtitles, sb_time at, sb_rect *box);

/* Draws what the last call prepared. */
void sb_subtitles_draw(const sb_subtitles *subtitles, const sb_pixels *on);

/* Returns the number of characters so far that no font has. */
int sb_subtitles_unknown(const sb_subtitles *subtitles);

#endif
