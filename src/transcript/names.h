/* Detecting speaker names at the beginning of a line. */
#ifndef SB_TRANSCRIPT_NAMES_H
#define SB_TRANSCRIPT_NAMES_H

#include <stddef.h>

/* Returns the length of the name in "Name: text", or 0 if there is none. A name has at most 4 words and 40
 * characters. Each word begins with a capital or a digit, or is "de", "van" or similar. A colon follows, then
 * a blank or the end. "Note:", "http:", "12:30" and similar are not names. */
size_t sb_name_prefix(const char *text, size_t size);

#endif
