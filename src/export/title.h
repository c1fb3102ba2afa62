/* A turn in a line: what lists, markers and chapters show. */
#ifndef SB_EXPORT_TITLE_H
#define SB_EXPORT_TITLE_H

#include "soundbite/align.h"

#define SB_TITLE_MOST 128 /* characters, as podcast:soundbite allows */

/* "Name: the words" or, without `name`, the words alone, cut after a whole word with an ellipsis where that is more than
 * SB_TITLE_MOST. The caller frees with sb_bytes_finish, and checks `failed`; `data` is never NULL otherwise. */
sb_bytes sb_title_make(const sb_aligned_turn *turn, bool name);

/* The same, not cut. */
sb_bytes sb_title_make_whole(const sb_aligned_turn *turn, bool name);

#endif
