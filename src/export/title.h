/* One-line titles of turns, for lists, markers and chapters. */
#ifndef SB_EXPORT_TITLE_H
#define SB_EXPORT_TITLE_H

#include "soundbite/align.h"

#define SB_TITLE_MOST 128 /* in characters, the limit of podcast:soundbite */

/* Returns "Name: the words" or, without `name`, the words alone. A text longer than SB_TITLE_MOST is cut
 * after a whole word and gets an ellipsis. The caller checks `failed` and frees it with sb_bytes_finish.
 * Unless it failed, `data` is not NULL. */
sb_bytes sb_title_make(const sb_aligned_turn *turn, bool name);

/* Returns the same without the limit. */
sb_bytes sb_title_make_whole(const sb_aligned_turn *turn, bool name);

#endif
