/* Headers of MPEG-1 and MPEG-2 audio frames (ISO/IEC 11172-3, 13818-3). */
#ifndef SB_MEDIA_MPEG_AUDIO_H
#define SB_MEDIA_MPEG_AUDIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of the frame that begins at `data`, its header included; 0 where no header stands there or the bit rate
 * is free. */
int sb_mpeg_frame_bytes(const uint8_t *data, size_t n);

/* True for the frame in which an encoder describes the whole file ("Xing", "Info", "VBRI") and which holds no sound. */
bool sb_mpeg_is_header_frame(const uint8_t *data, size_t n);

/* One frame of layer III. Its own part of the bit stream may begin up to 511 bytes before it, in the main data of the frames
 * before: the bit reservoir. */
typedef struct sb_mpeg_layer3 {
    int n_samples;    /* 1152 or 576 */
    size_t bytes;     /* of the frame */
    size_t main_data; /* where it begins in the frame */
    size_t reservoir; /* bytes of main data that are needed from the frames before */
} sb_mpeg_layer3;

#define SB_MPEG_RESERVOIR 511
#define SB_MPEG_FRAME_MAX 1441 /* bytes of a layer III frame at a bit rate that is not free */

/* False where `data` does not begin with a whole layer III frame, or where its bit rate is free. */
bool sb_mpeg_layer3_read(sb_mpeg_layer3 *out, const uint8_t *data, size_t n);

/* Writes a silent frame of the kind of `like` whose main data ends with the `n` given bytes, so that the frame after
 * finds its reservoir: the bytes written, 0 where no bit rate has room for so many or `room` is too small. */
size_t sb_mpeg_layer3_carry(uint8_t *out, size_t room, const uint8_t *like, const uint8_t *bytes, size_t n);

#endif
