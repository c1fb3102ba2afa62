/* The frame before the sound of an MP3 file that tells players its length and the samples not to be heard: "Xing" with the
 * extension of LAME (gabriel.mp3-tech.org/mp3infotag.html). */
#ifndef SB_MEDIA_MP3_TAG_H
#define SB_MEDIA_MP3_TAG_H

#include "media/mpeg_audio.h"

#define SB_MP3_DECODER_DELAY 529 /* samples that every decoder adds, which the tag's fields leave out */

/* Zeroed, filled by sb_mp3_tag_add, freed by sb_mp3_tag_finish. */
typedef struct sb_mp3_tag {
    int64_t delay, padding; /* samples not to be heard at both ends, the decoder's delay included */
    uint8_t like[4];        /* the header of the first frame */
    uint32_t *places;       /* of each frame in bytes from the first */
    size_t n_frames;
    uint64_t bytes;
    uint16_t crc; /* of all frames */
} sb_mp3_tag;

/* Takes down a frame of sound. False when out of memory. */
bool sb_mp3_tag_add(sb_mp3_tag *tag, const uint8_t *frame, size_t n);

/* Writes the frame; its size, the same whatever has been added, or 0 where `room` is too small. */
size_t sb_mp3_tag_write(uint8_t *out, size_t room, const sb_mp3_tag *tag);

void sb_mp3_tag_finish(sb_mp3_tag *tag);

#endif
