/* How loud the audio is along its length, for pictures: one letter a tenth of a second. */
#ifndef SB_ALIGN_LEVELS_H
#define SB_ALIGN_LEVELS_H

#include "soundbite/align.h"

/* Fills alignment->levels with the loudest frame of each SB_OVERVIEW_HOP. SB_ERR_MEMORY. */
sb_status sb_levels_take(sb_alignment *alignment, const sb_speech *speech, sb_error *err);

/* Appends the levels as text, a letter each: the digits of base64 (RFC 4648, table 1) in steps of 2 dB, so that 'A' is
 * -127.5 dB and '/' -1.5 dB. A failed allocation sets out->failed. */
void sb_levels_print(sb_bytes *out, const uint8_t *levels, size_t n_levels);

/* The reverse; `*levels` is the caller's, NULL for empty text. SB_ERR_FORMAT for any other letter, SB_ERR_MEMORY, without
 * an error text. */
sb_status sb_levels_parse(uint8_t **levels, size_t *n_levels, const char *text);

#endif
