/* Encodings from before Unicode, other than Windows-1252. */
#ifndef SB_BASE_TEXT_LEGACY_H
#define SB_BASE_TEXT_LEGACY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text/text.h"

/* Guesses the encoding of bytes that are not Unicode. Returns a name such as "windows-1251" or "shift_jis";
 * NULL for Windows-1252, and if the bytes are too few to tell. Sets `*ok` to false if memory runs out. */
const char *sb_legacy_detect(const char *data, size_t size, bool *ok);

/* Convert from and to such an encoding. Bytes that mean nothing become U+FFFD, and characters that the
 * encoding does not have its own sign of that. If an allocation fails, out->failed is set. */
void sb_legacy_decode(sb_bytes *out, const char *name, const char *data, size_t size);
void sb_legacy_encode(sb_bytes *out, const char *name, const char *text, size_t size);

#endif
