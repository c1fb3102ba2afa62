#include "media/media.h"

#include <string.h>

static const int kbits[2][3][15] = {
    {{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
     {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
     {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}},
    {{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
     {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
     {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}},
};

typedef struct frame_header {
    int version; /* 0: MPEG-1, 1: MPEG-2, 2: MPEG-2.5 */
    int layer;   /* 1 to 3 */
    int kbits, rate, padding;
    bool mono, has_crc;
} frame_header;

static bool read_header(frame_header *h, const uint8_t *data, size_t n)
{
    static const int versions[] = {2, -1, 1, 0};
    static const int rates[] = {44100, 48000, 32000};
    if (n < 4 || data[0] != 0xff || (data[1] & 0xe0) != 0xe0)
        return false;
    int layer_code = data[1] >> 1 & 3, rate_code = data[2] >> 2 & 3, kbits_code = data[2] >> 4;
    h->version = versions[data[1] >> 3 & 3];
    if (h->version < 0 || layer_code == 0 || rate_code == 3 || kbits_code == 15)
        return false;
    h->layer = 4 - layer_code;
    h->kbits = kbits[h->version > 0][h->layer - 1][kbits_code];
    h->rate = rates[rate_code] >> h->version;
    h->padding = data[2] >> 1 & 1;
    h->mono = data[3] >> 6 == 3;
    h->has_crc = !(data[1] & 1);
    return true;
}

static int frame_bytes(const frame_header *h)
{
    if (h->layer == 1)
        return (12000 * h->kbits / h->rate + h->padding) * 4;
    int factor = h->layer == 3 && h->version > 0 ? 72000 : 144000;
    return factor * h->kbits / h->rate + h->padding;
}

static size_t side_info_bytes(const frame_header *h)
{
    return h->version > 0 ? (h->mono ? 9 : 17) : (h->mono ? 17 : 32);
}

int sb_mpeg_frame_bytes(const uint8_t *data, size_t n)
{
    frame_header h;
    return read_header(&h, data, n) && h.kbits ? frame_bytes(&h) : 0;
}

bool sb_mpeg_is_header_frame(const uint8_t *data, size_t n)
{
    frame_header h;
    if (!read_header(&h, data, n) || h.layer != 3)
        return false;
    size_t xing = 4 + side_info_bytes(&h), vbri = 4 + 32;
    if (n >= xing + 4 && (!memcmp(data + xing, "Xing", 4) || !memcmp(data + xing, "Info", 4)))
        return true;
    return n >= vbri + 4 && !memcmp(data + vbri, "VBRI", 4);
}

bool sb_mpeg_layer3_read(sb_mpeg_layer3 *out, const uint8_t *data, size_t n)
{
    frame_header h;
    if (!read_header(&h, data, n) || h.layer != 3 || h.kbits == 0)
        return false;
    size_t side_info = h.has_crc ? 6 : 4;
    out->n_samples = h.version > 0 ? 576 : 1152;
    out->main_data = side_info + side_info_bytes(&h);
    if (n < out->main_data || n < (size_t)frame_bytes(&h))
        return false;
    out->bytes = (size_t)frame_bytes(&h);
    out->reservoir =
        h.version > 0 ? data[side_info] : (size_t)(data[side_info] << 1 | data[side_info + 1] >> 7);
    return true;
}

size_t sb_mpeg_layer3_carry(uint8_t *out, size_t room, const uint8_t *like, const uint8_t *bytes, size_t n)
{
    frame_header h;
    uint8_t head[4];
    memcpy(head, like, sizeof head);
    head[1] |= 1; /* no CRC */
    for (int code = 1; code < 15; code++) {
        head[2] = (uint8_t)(code << 4 | (head[2] & 0x0d)); /* no padding */
        if (!read_header(&h, head, sizeof head) || h.layer != 3)
            return 0;
        size_t size = (size_t)frame_bytes(&h);
        if (size < 4 + side_info_bytes(&h) + n || size > room)
            continue;
        memset(out, 0, size);
        memcpy(out, head, sizeof head);
        memcpy(out + size - n, bytes, n);
        return size;
    }
    return 0;
}
