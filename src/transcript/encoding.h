/* Converting the encodings of transcripts to UTF-8 and back. */
#ifndef SB_TRANSCRIPT_ENCODING_H
#define SB_TRANSCRIPT_ENCODING_H

#include "soundbite/file.h"

/* Converts a document to UTF-8 without BOM and sets `*encoding`: UTF-8 with or without BOM, UTF-16 LE or BE
 * with BOM, or Windows-1252. A character cut short by the end of the file is left out and a lone surrogate
 * becomes U+FFFD; either sets `*lossy`. Returns false if memory runs out. */
bool sb_encoding_decode(sb_bytes *out, const char **encoding, bool *lossy, const void *data, size_t size);

/* Converts back. A character that Windows-1252 does not have becomes "?". If an allocation fails, out->failed
 * is set. */
void sb_encoding_encode(sb_bytes *out, const char *text, size_t size, const char *encoding);

#endif
