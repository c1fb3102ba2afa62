/* The encodings that transcripts come in. */
#ifndef SB_TRANSCRIPT_ENCODING_H
#define SB_TRANSCRIPT_ENCODING_H

#include "soundbite/file.h"

/* Turns a document into UTF-8 without BOM and names its encoding: UTF-8 with or without BOM, UTF-16 LE or BE with BOM,
 * else Windows-1252. A character that the end of the file cuts short is left out, a lone surrogate becomes U+FFFD;
 * `*lossy` tells of either. False when out of memory. */
bool sb_encoding_decode(sb_bytes *out, const char **encoding, bool *lossy, const void *data, size_t size);

/* The reverse. Characters that Windows-1252 lacks become "?"; out->failed tells of memory. */
void sb_encoding_encode(sb_bytes *out, const char *text, size_t size, const char *encoding);

#endif
