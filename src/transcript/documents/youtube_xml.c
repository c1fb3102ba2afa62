#include <string.h>

#include "base/text/text.h"
#include "transcript/cues/cues.h"
#include "transcript/documents/documents.h"

/* YouTube's captions in XML, as download programs call them: srv1 `<transcript><text start="1.2" dur="3">`,
 * srv2
 * `<timedtext><text t="1200" d="3000">` and srv3 `<timedtext><body><p t="1200" d="3000"><s
 * t="240">word</s>`. */

typedef struct youtube_scan {
    sb_reading *reading;
    sb_text_writer writer;
    sb_line line;
    sb_bytes decoded;
    bool is_in_cue;
    int level; /* of the open cue */
    size_t at;
    sb_time start, stop;
    sb_range range;
    sb_time word_start; /* of the text to come; SB_TIME_NONE: none */
    size_t n_problems;
} youtube_scan;

static sb_time take_youtube_time(youtube_scan *s, const sb_markup_attribute *a, sb_time unit)
{
    if (!a || a->length == 0)
        return SB_TIME_NONE;
    sb_stamp stamp = sb_stamp_number(a->value, a->length, unit);
    bool is_bad = stamp.problem || stamp.length != a->length;
    if (is_bad)
        sb_cue_note(s->reading, &s->n_problems, a->range.at,
                    stamp.problem ? stamp.problem : "not a number; the time is ignored");
    return is_bad ? SB_TIME_NONE : stamp.time;
}

static sb_status begin_cue(youtube_scan *s, const sb_markup_tag *tag)
{
    const sb_markup_attribute *start = sb_markup_find(tag, "start"), *t = sb_markup_find(tag, "t");
    sb_status status = sb_text_end(&s->writer);
    sb_time unit = start ? SB_TIME_SECOND : SB_TIME_MS;
    s->is_in_cue = true;
    s->level = tag->level;
    s->at = tag->at;
    s->reading->transcript->number_unit = unit;
    s->start = take_youtube_time(s, start ? start : t, unit);
    s->range = s->start != SB_TIME_NONE ? (start ? start : t)->range : (sb_range){0};
    sb_time length = take_youtube_time(s, sb_markup_find(tag, start ? "dur" : "d"), unit);
    bool has_stop = s->start != SB_TIME_NONE && length != SB_TIME_NONE && length < INT64_MAX - s->start;
    s->stop = has_stop ? s->start + length : SB_TIME_NONE;
    s->word_start = SB_TIME_NONE;
    return status;
}

static sb_status youtube_begin(void *user, const sb_markup_tag *tag)
{
    youtube_scan *s = user;
    bool has_time = sb_markup_find(tag, "start") || sb_markup_find(tag, "t");
    bool is_cue = strcmp(tag->name, "text") == 0 || strcmp(tag->name, "p") == 0;
    if (is_cue && has_time)
        return begin_cue(s, tag);
    if (!s->is_in_cue || strcmp(tag->name, "s") != 0 || s->start == SB_TIME_NONE)
        return SB_OK;
    sb_time after = take_youtube_time(s, sb_markup_find(tag, "t"), SB_TIME_MS);
    if (after == SB_TIME_NONE)
        after = 0;
    s->word_start = after < INT64_MAX - s->start ? s->start + after : SB_TIME_NONE;
    return SB_OK;
}

static sb_status youtube_end(void *user, const char *name, int level)
{
    youtube_scan *s = user;
    (void)name;
    if (!s->is_in_cue || level > s->level)
        return SB_OK;
    s->is_in_cue = false;
    return sb_text_end(&s->writer);
}

static sb_status begin_youtube_turn(youtube_scan *s)
{
    if (sb_reading_begin_turn(s->reading, &s->writer, sb_line_number_at(&s->line, s->reading, s->at)) !=
        SB_OK)
        return SB_ERR_MEMORY;
    s->writer.turn->stamp = s->start;
    s->writer.turn->stamp_range = s->range;
    s->writer.turn->stop = s->stop;
    return SB_OK;
}

/* Puts text without ">>" and escaped tags. */
static void put_text(youtube_scan *s, const char *text, size_t size)
{
    size_t at = 0, plain = 0;
    while (at < size) {
        size_t length = sb_cue_tag_read(text + at, size - at).length;
        if (length == 0 && size - at >= 2 && memcmp(text + at, ">>", 2) == 0) {
            length = 2;
            s->writer.turn->is_change = s->writer.turn->is_change || s->writer.turn->n_words == 0;
        }
        if (length == 0) {
            at++;
            continue;
        }
        sb_text_put(&s->writer, text + plain, at - plain);
        at += length;
        plain = at;
    }
    sb_text_put(&s->writer, text + plain, at - plain);
}

static sb_status youtube_put(void *user, const char *text, size_t size)
{
    youtube_scan *s = user;
    bool is_blank = sb_range_trim(text, (sb_range){0, size}).length == 0;
    if (!s->is_in_cue || (is_blank && !s->writer.turn))
        return SB_OK;
    if (!s->writer.turn && begin_youtube_turn(s) != SB_OK)
        return SB_ERR_MEMORY;
    if (memchr(text, '&', size)) {
        /* srv1 escapes twice: sb_text_put decodes what is left */
        s->decoded.size = 0;
        sb_entities_decode(&s->decoded, text, size);
        text = s->decoded.data;
        size = s->decoded.size;
    }
    if (s->decoded.failed)
        return SB_ERR_MEMORY;
    if (strchr(" \t\r\n", text[0]))
        sb_text_break(&s->writer);
    if (!is_blank && s->word_start != SB_TIME_NONE && s->writer.word.size == 0)
        s->writer.next_start = s->word_start;
    s->word_start = is_blank ? s->word_start : SB_TIME_NONE;
    put_text(s, text, size);
    return SB_OK;
}

static sb_status read_youtube_xml(sb_reading *reading)
{
    youtube_scan s = {.reading = reading};
    sb_markup markup = {reading->text, reading->size, &s, youtube_begin, youtube_end, youtube_put, false, 0};
    sb_status status = sb_xml_walk(&markup), end_status = sb_text_end(&s.writer);
    sb_bytes_finish(&s.decoded);
    if (status == SB_ERR_LIMIT)
        return sb_reading_fail(reading, 0, "the file is too large; split it");
    if (status != SB_OK || end_status != SB_OK)
        return status != SB_OK ? status : end_status;
    if (reading->transcript->n_turns == 0)
        return sb_reading_fail(
            reading, markup.is_damaged ? markup.damaged_at : 0,
            "there are no timed elements with text; choose another format, or get the whole file");
    sb_cue_notes_end(reading, s.n_problems);
    if (markup.is_damaged)
        sb_reading_note(reading, markup.damaged_at, "the XML is damaged here; what could be read is used");
    return SB_OK;
}

static sb_sniff sniff_youtube_xml(const char *text, size_t size)
{
    size_t head = size < 4096 ? size : 4096;
    sb_range content = sb_range_trim(text, (sb_range){0, head});
    if (content.length == 0 || text[content.at] != '<')
        return (sb_sniff){0};
    if (memmem(text, head, "<timedtext", 10))
        return (sb_sniff){100, "YouTube's <timedtext>"};
    bool has_root = memmem(text, head, "<transcript", 11) && memmem(text, head, "<text start=", 12);
    return has_root ? (sb_sniff){95, "YouTube's <transcript> with <text start=...>"} : (sb_sniff){0};
}

const sb_reader sb_reader_youtube_xml = {"youtube-xml", "YouTube's captions in XML: srv1, srv2, srv3",
                                         sniff_youtube_xml, read_youtube_xml, SB_UNIT_CUE};
