/* The line breaks that a caption had in its own file. */
#ifndef SB_EXPORT_OWN_LINES_H
#define SB_EXPORT_OWN_LINES_H

#include "export/captions.h"

/* Sets the lines of the items of a cue as turn `turn` of the source breaks them; how many, 0 where the source cannot tell (its
 * words are not the items one by one) and when out of memory, which sets `*ok` false. */
size_t sb_caption_own_lines(sb_caption_item *items, size_t n, const sb_transcript *source, size_t turn,
                            bool *ok);

#endif
