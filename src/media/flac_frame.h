/* Parsing and renumbering FLAC frames (RFC 9639, section 9). */
#ifndef SB_MEDIA_FLAC_FRAME_H
#define SB_MEDIA_FLAC_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SB_FLAC_NUMBER_BYTES 7 /* largest size of a coded number */

typedef struct sb_flac_frame {
    bool variable; /* `number` counts samples; otherwise it counts frames */
    int64_t number;
    int n_samples;
    size_t number_bytes, header_bytes; /* header_bytes includes the CRC */
} sb_flac_frame;

/* Reads the header of the frame that `data` consists of. Returns false if it is not a frame or a CRC is
 * wrong. */
bool sb_flac_frame_read(sb_flac_frame *out, const uint8_t *data, size_t n);

/* Writes the same frame with another number to `out`, which needs room for n + SB_FLAC_NUMBER_BYTES. Returns
 * its size. */
size_t sb_flac_frame_renumber(uint8_t *out, const uint8_t *data, size_t n, const sb_flac_frame *frame,
                              int64_t number);

#endif
