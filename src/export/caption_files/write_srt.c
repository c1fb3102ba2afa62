#include <string.h>

#include "export/export.h"
#include "export/writers/writers.h"

static void append_srt_time(sb_bytes *out, sb_time time)
{
    char text[SB_TIME_TEXT];
    sb_time_print(text, time, 3);
    char *point = strchr(text, '.');
    if (point)
        *point = ',';
    sb_bytes_text(out, text);
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* "&amp;", "&#39;" */
static bool begins_entity(const char *text)
{
    size_t n = 1;
    while (is_letter(text[n]) || (text[n] >= '0' && text[n] <= '9') || (n == 1 && text[n] == '#'))
        n++;
    return n > 1 && text[n] == ';';
}

/* True between two characters of text that players take for a tag, an override, a line break, an entity or an
 * arrow. */
static bool needs_joiner(const char *text, size_t at)
{
    char c = text[at], next = text[at + 1];
    switch (c) {
    case '\\':
        return next != 0;
    case '<':
        return is_letter(next) || (next && strchr("/!?", next));
    case '{':
        return next == '\\' || (is_letter(next) && text[at + 2] == ':');
    case '&':
        return begins_entity(text + at);
    default:
        return c == '-' && next == '>';
    }
}

/* SubRip has no escapes. A word joiner (U+2060), which is invisible, keeps the text from being taken for
 * markup. Our reader drops it. */
static void append_text(sb_bytes *out, const sb_caption *cue)
{
    sb_bytes text = {0};
    sb_caption_append(&text, cue, "\n");
    sb_bytes_text(&text, "");
    for (size_t at = 0; !text.failed && at < text.size; at++) {
        sb_bytes_append(out, text.data + at, 1);
        if (needs_joiner(text.data, at))
            sb_bytes_text(out, "\xe2\x81\xa0");
    }
    out->failed = out->failed || text.failed;
    sb_bytes_finish(&text);
}

void sb_srt_append(sb_bytes *out, const sb_captions *captions, bool voices)
{
    (void)voices;
    for (size_t i = 0; i < captions->n_items; i++) {
        sb_bytes_print(out, "%s%zu\n", i > 0 ? "\n" : "", i + 1);
        append_srt_time(out, captions->items[i].start);
        sb_bytes_text(out, " --> ");
        append_srt_time(out, captions->items[i].end);
        sb_bytes_text(out, "\n");
        append_text(out, &captions->items[i]);
        sb_bytes_text(out, "\n");
    }
}

/* SubRip has no field for speakers, so the name of each new speaker precedes the words. */
static sb_status write_srt(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_captions captions;
    sb_caption_params params = SB_CAPTION_WIDE;
    bool is_written;
    sb_status status = sb_source_write_proper(&is_written, out, alignment, "srt", NULL, notes, err);
    if (status != SB_OK || is_written)
        return status;
    params.names = true;
    status = sb_captions_make(&captions, alignment, &params, err);
    if (status != SB_OK)
        return status;
    sb_srt_append(out, &captions, false);
    sb_note_captions_left_out(notes, alignment);
    sb_captions_finish(&captions);
    return SB_OK;
}

const sb_writer sb_writer_srt = {
    .name = "srt",
    .summary = "SubRip captions",
    .extension = "srt",
    .write = write_srt,
};
