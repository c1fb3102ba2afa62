#include "media/chapters/chapters.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdio.h>
#include <string.h>

enum {
    HEAD = 10,          /* bytes of the header of a tag and of a frame */
    CHAPTERS_MAX = 255, /* the table of contents counts them in one byte */
    TAG_MAX = (1 << 28) - 1,
    FLAG_UNSYNCHRONISED = 0x80,
    FLAG_EXTENDED = 0x40,
    FLAG_FOOTER = 0x10,
    TOC_TOP_AND_ORDERED = 3,
    TEXT_UTF16 = 1,
    TEXT_UTF8 = 3,
};

static uint32_t read_big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Seven bits in each byte. */
static uint32_t read_synchsafe(const unsigned char *at)
{
    return (uint32_t)(at[0] & 127) << 21 | (uint32_t)(at[1] & 127) << 14 | (uint32_t)(at[2] & 127) << 7 |
           (at[3] & 127);
}

static void add_plain(sb_bytes *out, uint32_t value)
{
    const unsigned char bytes[4] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16),
                                    (unsigned char)(value >> 8), (unsigned char)value};
    sb_bytes_append(out, bytes, 4);
}

static void add_synchsafe(sb_bytes *out, uint32_t value)
{
    const unsigned char bytes[4] = {value >> 21 & 127, value >> 14 & 127, value >> 7 & 127, value & 127};
    sb_bytes_append(out, bytes, 4);
}

size_t sb_id3_size(const unsigned char head[10])
{
    if (memcmp(head, "ID3", 3) != 0 || head[3] == 0xff || head[4] == 0xff)
        return 0;
    return HEAD + read_synchsafe(head + 6) + (head[3] == 4 && head[5] & FLAG_FOOTER ? HEAD : 0);
}

static void add_frame(sb_bytes *out, const char *id, const sb_bytes *content, int version)
{
    sb_bytes_append(out, id, 4);
    (version == 4 ? add_synchsafe : add_plain)(out, (uint32_t)content->size);
    sb_bytes_append(out, "\0\0", 2);
    sb_bytes_append(out, content->size ? content->data : "", content->size);
    out->failed = out->failed || content->failed;
}

static void add_title(sb_bytes *out, const char *title, int version)
{
    sb_bytes content = {0};
    const char encoding = version == 4 ? TEXT_UTF8 : TEXT_UTF16;
    sb_bytes_append(&content, &encoding, 1);
    if (version == 4)
        sb_bytes_text(&content, title);
    else
        sb_encoding_encode(&content, title, strlen(title), "utf-16le");
    add_frame(out, "TIT2", &content, version);
    sb_bytes_finish(&content);
}

static uint32_t to_ms(sb_time t)
{
    return t < 0 ? 0 : (uint32_t)((t + SB_TIME_MS / 2) / SB_TIME_MS);
}

static void add_element_name(sb_bytes *out, size_t number)
{
    char name[16];
    int n = snprintf(name, sizeof name, "chp%zu", number);
    sb_bytes_append(out, name, (size_t)n + 1);
}

static void add_chap_frame(sb_bytes *out, const sb_chapter *chapter, size_t number, int version)
{
    sb_bytes content = {0};
    add_element_name(&content, number);
    add_plain(&content, to_ms(chapter->start));
    add_plain(&content, to_ms(chapter->end));
    add_plain(&content, UINT32_MAX); /* no positions in bytes */
    add_plain(&content, UINT32_MAX);
    add_title(&content, chapter->title ? chapter->title : "", version);
    add_frame(out, "CHAP", &content, version);
    sb_bytes_finish(&content);
}

static void add_contents(sb_bytes *out, size_t n, int version)
{
    sb_bytes content = {0};
    const char head[] = {'t', 'o', 'c', 0, TOC_TOP_AND_ORDERED, (char)n};
    sb_bytes_append(&content, head, sizeof head);
    for (size_t i = 0; i < n; i++)
        add_element_name(&content, i);
    add_frame(out, "CTOC", &content, version);
    sb_bytes_finish(&content);
}

/* Removes the zero bytes that unsynchronisation adds after FF bytes. Version 2.3 applies it to the whole tag,
 * version 2.4 to each frame. */
static void resynchronise(sb_bytes *out, const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        sb_bytes_append(out, data + i, 1);
        if (data[i] == 0xff && i + 1 < size && data[i + 1] == 0)
            i++;
    }
}

static size_t extended_size(const unsigned char *body, size_t size, int version)
{
    if (size < 4)
        return size;
    size_t extended = version == 4 ? read_synchsafe(body) : read_big_endian(body) + 4;
    return extended < size ? extended : size;
}

/* Some programs write the sizes of 2.4 in the form of 2.3. The correct size is the one after which a frame or
 * padding follows. */
static bool is_frame_end(const unsigned char *body, size_t size, size_t at)
{
    if (at >= size)
        return at == size;
    for (size_t i = at; i < at + 4 && i < size; i++)
        if (!((body[i] >= 'A' && body[i] <= 'Z') || (body[i] >= '0' && body[i] <= '9') || body[i] == 0))
            return false;
    return true;
}

static size_t frame_size(const unsigned char *body, size_t size, size_t at, int version)
{
    size_t plain = HEAD + (size_t)read_big_endian(body + at + 4);
    if (version == 3)
        return plain;
    size_t safe = HEAD + (size_t)read_synchsafe(body + at + 4);
    return !is_frame_end(body, size, at + safe) && is_frame_end(body, size, at + plain) ? plain : safe;
}

static sb_status keep_frames(sb_bytes *out, const unsigned char *body, size_t size, int version,
                             sb_error *err)
{
    size_t at = 0;
    while (at + HEAD <= size && body[at] != 0) {
        size_t length = frame_size(body, size, at, version);
        if (length > size - at)
            return sb_error_set(err, SB_ERR_FORMAT,
                                "its ID3 tag is damaged; write its tags again with a tag editor");
        if (memcmp(body + at, "CHAP", 4) != 0 && memcmp(body + at, "CTOC", 4) != 0) {
            sb_bytes_append(out, body + at, 4);
            (version == 4 ? add_synchsafe : add_plain)(out, (uint32_t)(length - HEAD));
            sb_bytes_append(out, body + at + 8, length - 8);
        }
        at += length;
    }
    return SB_OK;
}

static sb_status keep_tag(sb_bytes *out, const unsigned char *old, size_t old_size, int version,
                          sb_error *err)
{
    sb_bytes plain = {0};
    const unsigned char *body = old + HEAD;
    size_t size = old_size - HEAD - (version == 4 && old[5] & FLAG_FOOTER ? HEAD : 0);
    if (version == 3 && old[5] & FLAG_UNSYNCHRONISED) {
        resynchronise(&plain, body, size);
        body = (const unsigned char *)plain.data;
        size = plain.size;
    }
    size_t skipped = old[5] & FLAG_EXTENDED ? extended_size(body, size, version) : 0;
    sb_status status =
        plain.failed ? SB_ERR_MEMORY : keep_frames(out, body + skipped, size - skipped, version, err);
    sb_bytes_finish(&plain);
    return status;
}

static void add_head(sb_bytes *out, int version, size_t size)
{
    const char head[] = {'I', 'D', '3', (char)version, 0, 0};
    sb_bytes_append(out, head, sizeof head);
    add_synchsafe(out, (uint32_t)size);
}

sb_status sb_id3_with_chapters(sb_bytes *out, const unsigned char *old, size_t old_size,
                               const sb_chapter *chapters, size_t n, sb_error *err)
{
    int version = old_size >= HEAD ? old[3] : 3;
    sb_bytes frames = {0};
    if (version != 3 && version != 4)
        return sb_error_set(
            err, SB_ERR_UNSUPPORTED,
            "its tag is ID3 version 2.%d, which has no chapters; write its tags again as ID3 2.3 or "
            "2.4 with a tag editor",
            version);
    if (n > CHAPTERS_MAX)
        return sb_error_set(err, SB_ERR_LIMIT, "an MP3 file can have at most %d chapters, not %zu; use fewer",
                            CHAPTERS_MAX, n);
    sb_status status = old_size >= HEAD ? keep_tag(&frames, old, old_size, version, err) : SB_OK;
    if (!status && n)
        add_contents(&frames, n, version);
    for (size_t i = 0; i < n && !status; i++)
        add_chap_frame(&frames, &chapters[i], i, version);
    if (!status && frames.size > TAG_MAX)
        status =
            sb_error_set(err, SB_ERR_LIMIT, "its ID3 tag would be larger than 256 MB; use a smaller cover");
    if (!status && frames.size) {
        add_head(out, version, frames.size);
        sb_bytes_append(out, frames.data, frames.size);
    }
    if (status == SB_ERR_MEMORY || (!status && (frames.failed || out->failed)))
        status = sb_error_memory(err, "writing chapters");
    sb_bytes_finish(&frames);
    return status;
}
