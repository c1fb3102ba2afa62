/* Text for formats with one record per line. */
#ifndef SB_EXPORT_ONE_LINE_H
#define SB_EXPORT_ONE_LINE_H

#include "soundbite/align.h"

/* Appends text. Control characters, including tabs and line ends, become blanks. */
void sb_one_line_append(sb_bytes *out, const char *text);

/* Appends the words of a turn joined by sb_word_gap, on one line. */
void sb_one_line_turn(sb_bytes *out, const sb_aligned_turn *turn);

/* Returns the file name in `path` without its folders, as a pointer into `path`. NULL gives NULL. */
const char *sb_one_line_file_name(const char *path);

/* Returns the file name without folders and extension. NULL gives NULL. The caller frees it. `*ok` becomes
 * false if memory runs out. */
char *sb_one_line_file_stem(const char *path, bool *ok);

#endif
