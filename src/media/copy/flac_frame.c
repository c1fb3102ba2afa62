#include "media/copy/copy.h"

#include <string.h>

enum { FIXED_BYTES = 4 }; /* before the frame or sample number */

static uint8_t crc8(const uint8_t *data, size_t n)
{
    unsigned crc = 0;
    for (size_t i = 0; i < n; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 0x80 ? (crc << 1 ^ 0x07) & 0xff : crc << 1;
    }
    return (uint8_t)crc;
}

static void fill_crc16(uint16_t table[256])
{
    for (unsigned i = 0; i < 256; i++) {
        unsigned crc = i << 8;
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 0x8000 ? (crc << 1 ^ 0x8005) & 0xffff : crc << 1;
        table[i] = (uint16_t)crc;
    }
}

static uint16_t crc16(const uint8_t *data, size_t n)
{
    uint16_t table[256], crc = 0;
    fill_crc16(table);
    for (size_t i = 0; i < n; i++)
        crc = (uint16_t)(crc << 8 ^ table[crc >> 8 ^ data[i]]);
    return crc;
}

/* The encoding of UTF-8, extended to 36 bits. */
static bool read_number(sb_flac_frame *f, const uint8_t *data, size_t n)
{
    size_t length = 0;
    while (length < 8 && data[0] & 0x80 >> length)
        length++;
    if (length == 1 || length == 8)
        return false;
    f->number_bytes = length ? length : 1;
    f->number = length ? data[0] & 0x7f >> length : data[0];
    if (f->number_bytes > n)
        return false;
    for (size_t i = 1; i < f->number_bytes; i++) {
        if ((data[i] & 0xc0) != 0x80)
            return false;
        f->number = f->number << 6 | (data[i] & 0x3f);
    }
    return true;
}

static size_t write_number(uint8_t *out, int64_t number)
{
    if (number < 0x80) {
        out[0] = (uint8_t)number;
        return 1;
    }
    size_t n = 2;
    while (n < SB_FLAC_NUMBER_BYTES && number >> (5 * n + 1))
        n++;
    for (size_t i = n; i-- > 1; number >>= 6)
        out[i] = (uint8_t)(0x80 | (number & 0x3f));
    out[0] = (uint8_t)(0xff00 >> n | number);
    return n;
}

/* Reads the fields after the number: block size and rate, if the codes in the third byte require them. */
static bool read_size(sb_flac_frame *f, const uint8_t *data, size_t n)
{
    int code = data[2] >> 4, rate_code = data[2] & 15;
    size_t at = FIXED_BYTES + f->number_bytes;
    size_t size_bytes = code == 6 ? 1 : code == 7 ? 2 : 0;
    size_t rate_bytes = rate_code == 12 ? 1 : rate_code == 13 || rate_code == 14 ? 2 : 0;
    f->header_bytes = at + size_bytes + rate_bytes + 1;
    if (code == 0 || rate_code == 15 || f->header_bytes + 2 > n)
        return false;
    if (code == 1)
        f->n_samples = 192;
    else if (code < 6)
        f->n_samples = 576 << (code - 2);
    else if (code >= 8)
        f->n_samples = 256 << (code - 8);
    else
        f->n_samples = code == 6 ? data[at] + 1 : (data[at] << 8 | data[at + 1]) + 1;
    return true;
}

bool sb_flac_frame_read(sb_flac_frame *f, const uint8_t *data, size_t n)
{
    *f = (sb_flac_frame){0};
    if (n < FIXED_BYTES + 4 || data[0] != 0xff || (data[1] & 0xfe) != 0xf8)
        return false;
    f->variable = data[1] & 1;
    if (!read_number(f, data + FIXED_BYTES, n - FIXED_BYTES) || !read_size(f, data, n))
        return false;
    return crc8(data, f->header_bytes - 1) == data[f->header_bytes - 1] &&
           crc16(data, n - 2) == (data[n - 2] << 8 | data[n - 1]);
}

size_t sb_flac_frame_renumber(uint8_t *out, const uint8_t *data, size_t n, const sb_flac_frame *f,
                              int64_t number)
{
    memcpy(out, data, FIXED_BYTES);
    size_t at = FIXED_BYTES + write_number(out + FIXED_BYTES, number);
    size_t from = FIXED_BYTES + f->number_bytes, rest = f->header_bytes - 1 - from;
    memcpy(out + at, data + from, rest);
    at += rest;
    out[at] = crc8(out, at);
    at++;
    memcpy(out + at, data + f->header_bytes, n - f->header_bytes - 2);
    at += n - f->header_bytes - 2;
    uint16_t crc = crc16(out, at);
    out[at++] = (uint8_t)(crc >> 8);
    out[at++] = (uint8_t)crc;
    return at;
}
