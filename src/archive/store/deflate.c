#include "archive/store/store.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define RAW_WINDOW (-15)
#define SIZE_BYTES 4

static void put_size(sb_bytes *out, size_t size)
{
    unsigned char bytes[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++)
        bytes[i] = (unsigned char)(size >> 8 * i);
    sb_bytes_append(out, bytes, sizeof bytes);
}

void sb_deflate(sb_bytes *out, const void *data, size_t size)
{
    z_stream stream = {.next_in = (Bytef *)data, .avail_in = (uInt)size};
    if (size > UINT32_MAX ||
        deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, RAW_WINDOW, 8, Z_DEFAULT_STRATEGY)) {
        out->failed = true;
        return;
    }
    size_t bound = deflateBound(&stream, (uLong)size);
    Bytef *room = malloc(bound);
    stream.next_out = room;
    stream.avail_out = (uInt)bound;
    if (room && deflate(&stream, Z_FINISH) == Z_STREAM_END) {
        put_size(out, size);
        sb_bytes_append(out, room, stream.total_out);
    } else {
        out->failed = true;
    }
    deflateEnd(&stream);
    free(room);
}

static sb_status inflate_into(Bytef *room, size_t whole, const void *data, size_t size)
{
    z_stream stream = {
        .next_in = (Bytef *)data, .avail_in = (uInt)size, .next_out = room, .avail_out = (uInt)whole};
    int code = inflateInit2(&stream, RAW_WINDOW);
    if (code)
        return code == Z_MEM_ERROR ? SB_ERR_MEMORY : SB_ERR_FORMAT;
    code = inflate(&stream, Z_FINISH);
    bool is_whole = code == Z_STREAM_END && stream.total_out == whole;
    inflateEnd(&stream);
    return is_whole ? SB_OK : code == Z_MEM_ERROR ? SB_ERR_MEMORY : SB_ERR_FORMAT;
}

sb_status sb_inflate(sb_bytes *out, const void *data, size_t size, size_t limit)
{
    const unsigned char *bytes = data;
    size_t whole = 0;
    if (size < SIZE_BYTES)
        return SB_ERR_FORMAT;
    for (int i = 0; i < SIZE_BYTES; i++)
        whole |= (size_t)bytes[i] << 8 * i;
    if (whole > limit || whole / 1100 > size) /* nothing is compressed to less */
        return SB_ERR_FORMAT;
    Bytef *room = malloc(whole + 1);
    if (!room)
        return SB_ERR_MEMORY;
    sb_status status = inflate_into(room, whole, bytes + SIZE_BYTES, size - SIZE_BYTES);
    if (!status)
        sb_bytes_append(out, room, whole);
    free(room);
    return status ? status : out->failed ? SB_ERR_MEMORY : SB_OK;
}
