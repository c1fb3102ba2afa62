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

#endif
