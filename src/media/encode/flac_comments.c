#include "media/encode/encode.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARKER        4 /* "fLaC" */
#define HEADER        4 /* type of a block, and its length in three bytes */
#define LAST_BLOCK    0x80
#define VORBIS        4
#define COPY_SIZE     65536
#define MAX_BLOCK     0xffffff
#define VENDOR_LENGTH 4

/* The position of the comments: an existing block, or after the first block if there is none. */
typedef struct place {
    int64_t at;    /* position of the block's header */
    uint32_t size; /* size of its content without the header */
    bool is_new, last;
} place;

static sb_status fail_comments(sb_sink *sink, sb_error *err)
{
    sb_status status = sb_sink_check(sink, err);
    return status ? status : sb_error_set(err, SB_ERR_IO, "the comments or chapters cannot be written");
}

static sb_status find_place(place *out, sb_sink *sink, sb_error *err)
{
    unsigned char header[HEADER];
    *out = (place){.is_new = true};
    for (int64_t at = MARKER;;) {
        if (sb_sink_read_at(sink, header, HEADER, at) != HEADER)
            return fail_comments(sink, err);
        uint32_t size = (uint32_t)header[1] << 16 | (uint32_t)header[2] << 8 | header[3];
        bool last = header[0] & LAST_BLOCK;
        if ((header[0] & ~LAST_BLOCK) == VORBIS) {
            *out = (place){.at = at, .size = size, .last = last};
            return SB_OK;
        }
        if (last)
            return SB_OK;
        at += HEADER + size;
    }
}

static void add_chapter_comments(sb_bytes *out, size_t number, const sb_chapter *chapter)
{
    char key[SB_VORBIS_KEY], name_key[SB_VORBIS_KEY], time[SB_TIME_TEXT];
    sb_vorbis_chapter(key, name_key, time, chapter, number);
    sb_bytes_little32(out, (uint32_t)(strlen(key) + 1 + strlen(time)));
    sb_bytes_print(out, "%s=%s", key, time);
    sb_bytes_little32(out, (uint32_t)(strlen(name_key) + 1 + strlen(chapter->title)));
    sb_bytes_print(out, "%s=%s", name_key, chapter->title);
}

static void add_channel_mask(sb_bytes *out, uint64_t speakers)
{
    char text[64];
    int n =
        snprintf(text, sizeof text, "WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x%llX", (unsigned long long)speakers);
    sb_bytes_little32(out, (uint32_t)n);
    sb_bytes_append(out, text, (size_t)n);
}

/* Writes the block's old content followed by the new comments. `old` begins with the vendor string. */
static void make_block(sb_bytes *out, const sb_bytes *old, const uint64_t *speakers,
                       const sb_chapter *chapters, size_t n)
{
    size_t vendor = VENDOR_LENGTH + sb_little32((const unsigned char *)old->data);
    if (vendor + 4 > old->size)
        return;
    sb_bytes_append(out, old->data, vendor);
    sb_bytes_little32(out, sb_little32((const unsigned char *)old->data + vendor) + 2 * (uint32_t)n +
                               (speakers ? 1 : 0));
    sb_bytes_append(out, old->data + vendor + 4, old->size - vendor - 4);
    if (speakers)
        add_channel_mask(out, *speakers);
    for (size_t i = 0; i < n; i++)
        add_chapter_comments(out, i, &chapters[i]);
}

static sb_status read_old(sb_bytes *out, sb_sink *sink, const place *at, sb_error *err)
{
    if (at->is_new) {
        sb_bytes_little32(out, 0);
        sb_bytes_little32(out, 0);
        return out->failed ? sb_error_memory(err, "encoding") : SB_OK;
    }
    char *data = malloc((size_t)at->size + 1);
    if (!data)
        return sb_error_memory(err, "encoding");
    if (at->size >= VENDOR_LENGTH &&
        sb_sink_read_at(sink, data, at->size, at->at + HEADER) == (int64_t)at->size)
        sb_bytes_append(out, data, at->size);
    free(data);
    return out->size ? SB_OK : fail_comments(sink, err);
}

/* Copies from the end backwards, so that nothing is overwritten before it is read. */
sb_status sb_sink_move_up(sb_sink *sink, int64_t from, int64_t by, sb_error *err)
{
    char buffer[COPY_SIZE];
    for (int64_t end = sb_sink_size(sink); end > from;) {
        int64_t n = end - from < COPY_SIZE ? end - from : COPY_SIZE;
        end -= n;
        if (sb_sink_read_at(sink, buffer, (size_t)n, end) != n ||
            sb_sink_seek(sink, end + by, SEEK_SET) < 0 || sb_sink_write(sink, buffer, (size_t)n) < 0)
            return fail_comments(sink, err);
    }
    return SB_OK;
}

static sb_status put_block(sb_sink *sink, const place *at, const sb_bytes *block, sb_error *err)
{
    unsigned char header[] = {(unsigned char)(VORBIS | (at->last ? LAST_BLOCK : 0)), block->size >> 16 & 255,
                              block->size >> 8 & 255, block->size & 255};
    int64_t old = at->is_new ? 0 : HEADER + (int64_t)at->size;
    sb_status status = sb_sink_move_up(sink, at->at + old, HEADER + (int64_t)block->size - old, err);
    if (status)
        return status;
    if (sb_sink_seek(sink, at->at, SEEK_SET) < 0 || sb_sink_write(sink, header, HEADER) < 0 ||
        sb_sink_write(sink, block->data, block->size) < 0)
        return fail_comments(sink, err);
    return SB_OK;
}

/* A new block follows STREAMINFO, which is then no longer marked as the last block. */
static sb_status follow_first(place *at, sb_sink *sink, sb_error *err)
{
    unsigned char header[HEADER];
    if (sb_sink_read_at(sink, header, HEADER, MARKER) != HEADER)
        return fail_comments(sink, err);
    at->last = header[0] & LAST_BLOCK;
    at->at = MARKER + HEADER + ((int64_t)header[1] << 16 | header[2] << 8 | header[3]);
    header[0] &= (unsigned char)~LAST_BLOCK;
    if (sb_sink_seek(sink, MARKER, SEEK_SET) < 0 || sb_sink_write(sink, header, 1) < 0)
        return fail_comments(sink, err);
    return SB_OK;
}

sb_status sb_flac_add_comments(sb_sink *sink, const uint64_t *speakers, const sb_chapter *chapters, size_t n,
                               sb_error *err)
{
    place at;
    sb_bytes old = {0}, block = {0};
    sb_status status = find_place(&at, sink, err);
    if (!status && at.is_new)
        status = follow_first(&at, sink, err);
    if (!status)
        status = read_old(&old, sink, &at, err);
    if (!status)
        make_block(&block, &old, speakers, chapters, n);
    if (!status && (block.failed || block.size == 0 || block.size > MAX_BLOCK))
        status = block.failed
                     ? sb_error_memory(err, "encoding")
                     : sb_error_set(err, SB_ERR_LIMIT,
                                    "too many chapters for a FLAC file; write m4a, or join fewer quotes");
    if (!status)
        status = put_block(sink, &at, &block, err);
    sb_bytes_finish(&old);
    sb_bytes_finish(&block);
    return status;
}
