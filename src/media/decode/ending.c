#include "media/decode/decode.h"
#include "media/input/input.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNKS_MAX = 256, OGG_HEADER = 27, OGG_PAGE_MAX = 65307 };

static uint64_t little(const uint8_t *p, int n)
{
    uint64_t value = 0;
    while (n--)
        value = value << 8 | p[n];
    return value;
}

/* Writers that cannot seek back leave the size 0 or near its maximum. */
static bool is_open_size(uint64_t size)
{
    return size == 0 || size >= 0xfffff000 || (size >= 0x7ffff000 && size <= 0x80000fff);
}

bool sb_ending_wav_is_cut(sb_input *in)
{
    uint8_t chunk[24];
    int64_t at = 12, file_size = sb_input_size(in);
    uint64_t wide = 0;
    if (sb_input_peek(in, 0, chunk, 12) < 12 || file_size < 0)
        return false;
    for (int i = 0; i < CHUNKS_MAX; i++) {
        if (sb_input_peek(in, at, chunk, 8) < 8)
            return false;
        uint64_t size = little(chunk + 4, 4);
        if (memcmp(chunk, "ds64", 4) == 0 && sb_input_peek(in, at, chunk, 24) == 24)
            wide = little(chunk + 16, 8);
        if (memcmp(chunk, "data", 4) == 0) {
            if (size == UINT32_MAX && wide && wide < INT64_MAX / 2)
                return at + 8 + (int64_t)wide > file_size;
            return !is_open_size(size) && at + 8 + (int64_t)size > file_size;
        }
        at += 8 + (int64_t)(size + (size & 1));
    }
    return false;
}

static uint64_t big(const uint8_t *p, int n)
{
    uint64_t value = 0;
    for (int i = 0; i < n; i++)
        value = value << 8 | p[i];
    return value;
}

/* The size of the data is -1 while the file is being written. */
bool sb_ending_caf_is_cut(sb_input *in)
{
    enum { FILE_HEADER = 8, CHUNK_HEADER = 12 };
    uint8_t chunk[CHUNK_HEADER];
    int64_t at = FILE_HEADER, file_size = sb_input_size(in);
    for (int i = 0; i < CHUNKS_MAX && file_size >= 0; i++) {
        if (sb_input_peek(in, at, chunk, CHUNK_HEADER) < CHUNK_HEADER)
            return false;
        uint64_t size = big(chunk + 4, 8);
        at += CHUNK_HEADER;
        if (size > (uint64_t)(file_size - at))
            return memcmp(chunk, "data", 4) == 0 && size != UINT64_MAX;
        at += (int64_t)size;
    }
    return false;
}

static size_t ogg_page_bytes(const uint8_t *page, size_t n)
{
    if (n < OGG_HEADER || n < (size_t)OGG_HEADER + page[26])
        return 0;
    size_t size = (size_t)OGG_HEADER + page[26];
    for (size_t i = 0; i < page[26]; i++)
        size += page[OGG_HEADER + i];
    return size;
}

/* Finds the last page: each page gives the position of the next one, beginning with the first page in the
 * tail. */
static bool last_page_is_cut(const uint8_t *tail, size_t n)
{
    size_t at = 0;
    while (at + 4 <= n && memcmp(tail + at, "OggS", 4) != 0)
        at++;
    while (at + 4 <= n) {
        size_t size = ogg_page_bytes(tail + at, n - at);
        if (size == 0 || at + size > n)
            return true;
        at += size;
        if (at == n)
            return false;
        if (at + 4 <= n && memcmp(tail + at, "OggS", 4) != 0)
            return false; /* something else follows the last page, such as a tag */
    }
    return at < n;
}

bool sb_ending_ogg_is_cut(sb_input *in)
{
    int64_t size = sb_input_size(in);
    size_t n = size < OGG_PAGE_MAX + OGG_HEADER ? (size_t)size : OGG_PAGE_MAX + OGG_HEADER;
    if (size <= 0)
        return false;
    uint8_t *tail = malloc(n);
    if (!tail)
        return false;
    bool cut = sb_input_peek(in, size - (int64_t)n, tail, n) == n && last_page_is_cut(tail, n);
    free(tail);
    return cut;
}

/* Reads an EBML variable-length size at `*at`. Returns -1 if it is unknown. */
static int64_t ebml_size(const uint8_t *p, size_t n, size_t *at)
{
    if (*at >= n || p[*at] == 0)
        return -1;
    int length = __builtin_clz(p[*at]) - 23;
    if (*at + (size_t)length > n)
        return -1;
    uint64_t value = p[*at] & (0xff >> length), all = (uint64_t)0x7f >> (length - 1);
    for (int i = 1; i < length; i++) {
        value = value << 8 | p[*at + (size_t)i];
        all = all << 8 | 0xff;
    }
    *at += (size_t)length;
    return value == all || value > INT64_MAX / 2 ? -1 : (int64_t)value;
}

bool sb_ending_matroska_is_cut(sb_input *in)
{
    size_t n, at = 4;
    const uint8_t *head = sb_input_head(in, &n);
    int64_t header = ebml_size(head, n, &at);
    if (n < 16 || header < 0 || header > (int64_t)n - 16)
        return false;
    at += (size_t)header;
    if (memcmp(head + at, "\x18\x53\x80\x67", 4) != 0)
        return false;
    at += 4;
    int64_t segment = ebml_size(head, n, &at), size = sb_input_size(in);
    return segment > 0 && size >= 0 && (int64_t)at + segment > size;
}
