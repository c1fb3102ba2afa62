/* Text for formats in which a line is a record. */
#ifndef SB_EXPORT_ONE_LINE_H
#define SB_EXPORT_ONE_LINE_H

#include "soundbite/align.h"

/* Appends text with its control characters, line ends and tabs among them, made blanks. */
void sb_one_line_append(sb_bytes *out, const char *text);

/* The words of a turn joined by sb_word_gap, on one line. */
void sb_one_line_turn(sb_bytes *out, const sb_aligned_turn *turn);

/* The name of a file without its folders; NULL gives NULL. Points into `path`. */
const char *sb_one_line_file_name(const char *path);

/* The same without its extension; NULL gives NULL. The caller frees; `ok` becomes false
 * where memory ran out. */
char *sb_one_line_file_stem(const char *path, bool *ok);

#endif
