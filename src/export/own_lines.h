/* The line breaks of captions in their original file. */
#ifndef SB_EXPORT_OWN_LINES_H
#define SB_EXPORT_OWN_LINES_H

#include "export/captions.h"

/* Sets the lines of a cue's items as turn `turn` of the source breaks them. Returns the number of lines; 0 if
 * the items do not match the source's words. Also returns 0, with `*ok` false, if memory runs out. */
size_t sb_caption_own_lines(sb_caption_item *items, size_t n, const sb_transcript *source, size_t turn,
                            bool *ok);

#endif
