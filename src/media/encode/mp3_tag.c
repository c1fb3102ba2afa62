#include "media/encode/encode.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

enum {
    TAG_BYTES = 156,
    TOC_AT = 16,
    TOC_BYTES = 100,
    VERSION_AT = 120,
    DELAY_AT = 141,
    LENGTH_AT = 148,
    MUSIC_CRC_AT = 152,
    TAG_CRC_AT = 154,
    FIELD_MAX = 4095,
};

/* Players use delay and padding only if they know the encoder's name. */
static const char version[] = "LAME3.100";

static uint16_t crc16(uint16_t crc, const uint8_t *data, size_t n)
{
    uint16_t table[256];
    for (unsigned i = 0; i < 256; i++) {
        unsigned value = i;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? value >> 1 ^ 0xa001 : value >> 1;
        table[i] = (uint16_t)value;
    }
    for (size_t i = 0; i < n; i++)
        crc = (uint16_t)(crc >> 8 ^ table[(crc ^ data[i]) & 255]);
    return crc;
}

static void put(uint8_t *out, uint64_t value, int n)
{
    for (int i = n; i-- > 0; value >>= 8)
        out[i] = (uint8_t)value;
}

bool sb_mp3_tag_add(sb_mp3_tag *tag, const uint8_t *frame, size_t n)
{
    if (!sb_push_room(&tag->places, tag->n_frames, sizeof *tag->places))
        return false;
    tag->places[tag->n_frames++] = (uint32_t)tag->bytes;
    tag->bytes += n;
    tag->crc = crc16(tag->crc, frame, n);
    return true;
}

static void put_toc(uint8_t *out, const sb_mp3_tag *tag, size_t frame_bytes)
{
    uint64_t all = tag->bytes + frame_bytes;
    for (size_t i = 0; tag->n_frames && i < TOC_BYTES; i++) {
        uint64_t place = tag->places[i * tag->n_frames / TOC_BYTES];
        out[i] = (uint8_t)(i ? (place + frame_bytes) * 256 / all : 0);
    }
}

static uint64_t field(int64_t samples)
{
    return samples < 0 ? 0 : samples > FIELD_MAX ? FIELD_MAX : (uint64_t)samples;
}

void sb_mp3_tag_finish(sb_mp3_tag *tag)
{
    free(tag->places);
    *tag = (sb_mp3_tag){0};
}

size_t sb_mp3_tag_write(uint8_t *out, size_t room, const sb_mp3_tag *tag)
{
    static const uint8_t none[TAG_BYTES];
    sb_mpeg_layer3 frame;
    size_t size = sb_mpeg_layer3_carry(out, room, tag->like, none, TAG_BYTES);
    if (!size || !sb_mpeg_layer3_read(&frame, out, size))
        return 0;
    uint8_t *at = out + frame.main_data;
    memcpy(at, "Xing", 4);
    put(at + 4, 15, 4); /* flags: frames, bytes, table and quality follow */
    put(at + 8, tag->n_frames, 4);
    put(at + 12, tag->bytes + size, 4);
    put_toc(at + TOC_AT, tag, size);
    memcpy(at + VERSION_AT, version, sizeof version - 1);
    put(at + DELAY_AT,
        field(tag->delay - SB_MP3_DECODER_DELAY) << 12 | field(tag->padding + SB_MP3_DECODER_DELAY), 3);
    put(at + LENGTH_AT, tag->bytes + size, 4);
    put(at + MUSIC_CRC_AT, tag->crc, 2);
    put(at + TAG_CRC_AT, crc16(0, out, frame.main_data + TAG_CRC_AT), 2);
    return size;
}
