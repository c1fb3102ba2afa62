/* Text in WebVTT cues. */
#ifndef SB_EXPORT_VTT_TEXT_H
#define SB_EXPORT_VTT_TEXT_H

#include "export/captions.h"

/* Appends text with '&', '<' and '>' escaped, so that it cannot contain "-->". */
void sb_vtt_append_text(sb_bytes *out, const char *text, size_t size);

/* Appends the text of an item, escaped. */
void sb_vtt_append_item(sb_bytes *out, const sb_caption_item *item);

/* Appends the line of times of a cue and "<v Name>" if `speaker` is not NULL. */
void sb_vtt_begin_cue(sb_bytes *out, const sb_caption *cue, const char *speaker);

#endif
