/* The line breaks that a caption had in its own file. */
#ifndef SB_EXPORT_OWN_LINES_H
#define SB_EXPORT_OWN_LINES_H

#include "export/captions.h"

/* The items as lines, broken where turn `turn` of the source breaks them; NULL where the source cannot tell (its words
 * are not the items one by one) and when out of memory, which sets `*ok` false. The caller frees. */
char *sb_caption_own_lines(const sb_caption_items *items, const sb_transcript *source, size_t turn, bool *ok);

#endif
