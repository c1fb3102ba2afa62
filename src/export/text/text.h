/* Text inside the exported formats: titles, single lines, WebVTT and XML escapes. */
#ifndef SB_EXPORT_TEXT_TEXT_H
#define SB_EXPORT_TEXT_TEXT_H

#include "export/export.h"
#include "soundbite/align.h"

/* Text for formats with one record per line. */

/* Appends the words of a turn joined by sb_word_gap, on one line. */
void sb_one_line_turn(sb_bytes *out, const sb_aligned_turn *turn);

/* Returns the file name without folders and extension. NULL gives NULL. The caller frees it. `*ok` becomes
 * false if memory runs out. */
char *sb_one_line_file_stem(const char *path, bool *ok);

/* One-line titles of turns, for lists, markers and chapters. */

#define SB_TITLE_MOST 128 /* in characters, the limit of podcast:soundbite */

/* Returns "Name: the words" or, without `name`, the words alone. A text longer than SB_TITLE_MOST is cut
 * after a whole word and gets an ellipsis. The caller checks `failed` and frees it with sb_bytes_finish.
 * Unless it failed, `data` is not NULL. */
sb_bytes sb_title_make(const sb_aligned_turn *turn, bool name);

/* Returns the same without the limit. */
sb_bytes sb_title_make_whole(const sb_aligned_turn *turn, bool name);

/* Text in WebVTT cues. */

/* Appends text with '&', '<' and '>' escaped, so that it cannot contain "-->". "{\an8}" and "\N" are plain
 * text in WebVTT, but some players, and our reader, take them for codes of other formats; a word joiner
 * (U+2060) prevents that. */
void sb_vtt_append_text(sb_bytes *out, const char *text, size_t size);

/* Appends the text of an item, escaped. */
void sb_vtt_append_item(sb_bytes *out, const sb_caption_item *item);

/* Appends the line of times of a cue and "<v Name>" if `speaker` is not NULL. */
void sb_vtt_begin_cue(sb_bytes *out, const sb_caption *cue, const char *speaker);

#endif
