/* Speaker names at the head of a line. */
#ifndef SB_TRANSCRIPT_NAMES_H
#define SB_TRANSCRIPT_NAMES_H

#include <stddef.h>

/* Bytes of the name in "Name: text", 0 where the line begins with none: at most 4 words and 40 characters, each word with
 * a capital or a digit first (or "de", "van" and the like), then a colon, then a blank or the end; never "Note:" and
 * the like, "http:" or "12:30". */
size_t sb_name_prefix(const char *text, size_t size);

#endif
