/* The first frame of an MP3 file, which gives its length and the hidden samples: "Xing" with the LAME
 * extension (gabriel.mp3-tech.org/mp3infotag.html). */
#ifndef SB_MEDIA_MP3_TAG_H
#define SB_MEDIA_MP3_TAG_H

#include "media/mpeg_audio.h"

#define SB_MP3_DECODER_DELAY 529 /* samples that every decoder adds; the tag's fields do not include them */

/* Zero it, fill it with sb_mp3_tag_add and free it with sb_mp3_tag_finish. */
typedef struct sb_mp3_tag {
    int64_t delay, padding; /* hidden samples at both ends, including the decoder's delay */
    uint8_t like[4];        /* header of the first frame */
    uint32_t *places;       /* offset of each frame from the first, in bytes */
    size_t n_frames;
    uint64_t bytes;
    uint16_t crc; /* of all frames */
} sb_mp3_tag;

/* Adds a frame of sound. Returns false if memory runs out. */
bool sb_mp3_tag_add(sb_mp3_tag *tag, const uint8_t *frame, size_t n);

/* Writes the frame. Returns its size, which does not depend on what was added, or 0 if `room` is too
 * small. */
size_t sb_mp3_tag_write(uint8_t *out, size_t room, const sb_mp3_tag *tag);

void sb_mp3_tag_finish(sb_mp3_tag *tag);

#endif
