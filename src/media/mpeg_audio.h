/* Parsing MPEG-1 and MPEG-2 audio frames (ISO/IEC 11172-3, 13818-3). */
#ifndef SB_MEDIA_MPEG_AUDIO_H
#define SB_MEDIA_MPEG_AUDIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Returns the size of the frame at `data`, including its header. Returns 0 if there is no header or the bit
 * rate is free. */
int sb_mpeg_frame_bytes(const uint8_t *data, size_t n);

/* Returns true for the frame in which an encoder describes the file ("Xing", "Info", "VBRI"). It has no
 * sound. */
bool sb_mpeg_is_header_frame(const uint8_t *data, size_t n);

/* A layer III frame. Its bits may begin up to 511 bytes before it, in the main data of the frames before (the
 * bit reservoir). */
typedef struct sb_mpeg_layer3 {
    int n_samples;    /* 1152 or 576 */
    size_t bytes;     /* size of the frame */
    size_t main_data; /* offset of the main data in the frame */
    size_t reservoir; /* bytes of main data needed from the frames before */
} sb_mpeg_layer3;

#define SB_MPEG_RESERVOIR 511
#define SB_MPEG_FRAME_MAX 1441 /* largest size of a layer III frame whose bit rate is not free */

/* Returns false if `data` does not begin with a complete layer III frame, or if its bit rate is free. */
bool sb_mpeg_layer3_read(sb_mpeg_layer3 *out, const uint8_t *data, size_t n);

/* Writes a silent frame of the same kind as `like`. Its main data ends with the `n` given bytes, which are
 * the reservoir of the next frame. Returns its size, or 0 if no bit rate has room for the bytes or `room` is
 * too small. */
size_t sb_mpeg_layer3_carry(uint8_t *out, size_t room, const uint8_t *like, const uint8_t *bytes, size_t n);

#endif
