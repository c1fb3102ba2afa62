#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/json/json_forms.h"
#include "transcript/transcript.h"

/* An average segment of speech is not shorter than this. */
#define MIN_MS_SEGMENT 50

typedef struct document {
    sb_reading *reading;
    sb_json_scan scan;
    sb_segments segments;
    sb_line line; /* line of the segment being read */
    bool is_bare; /* the document is an array, not an object with "segments" */
    bool has_segments, has_fraction;
} document;

static const char *const start_keys[] = {"startTime", "start", "start_time"};
static const char *const end_keys[] = {"endTime", "end", "end_time"};
static const char *const body_keys[] = {"body", "text"};

static bool is_any(const document *d, const sb_scan_token *key, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (sb_json_scan_is(&d->scan, key, names[i]))
            return true;
    }
    return false;
}

static sb_status fail_bad(document *d, size_t at)
{
    if (d->reading->size - at >= 3 && memcmp(d->reading->text + at, "NaN", 3) == 0)
        return sb_reading_fail(d->reading, at, "NaN is not a time; write the time in seconds, or null");
    return sb_reading_fail(d->reading, at, "not valid JSON; correct it, or export the transcript again");
}

/* Converts the token that ended the scan to a status. For a file cut short, the segments before the cut are
 * kept. */
static sb_status status_of(document *d, sb_scan_token token)
{
    if (token.kind == SB_SCAN_MEMORY)
        return SB_ERR_MEMORY;
    return token.kind == SB_SCAN_BAD ? fail_bad(d, token.range.at) : SB_OK;
}

static int64_t line_at(document *d, size_t at)
{
    while (d->line.next <= at && sb_line_next(&d->line, d->reading->text, d->reading->size))
        continue;
    return d->line.number;
}

/* Reads a time that is a number or text and sets the range of its digits. The unit is determined later. */
static sb_status take_time(document *d, const sb_scan_token *value, sb_time *time, sb_range *range)
{
    const char *text = d->reading->text + value->range.at;
    sb_stamp stamp;
    if (value->kind == SB_SCAN_NUMBER)
        stamp = sb_stamp_number(text, value->range.length, SB_TIME_SECOND);
    else if (value->kind == SB_SCAN_TEXT)
        stamp = sb_stamp_any(text, value->range.length);
    else if (value->kind == SB_SCAN_WORD)
        return SB_OK;
    else
        return sb_reading_fail(d->reading, value->range.at, "the time is not a number; write it in seconds");
    if (stamp.problem)
        return sb_reading_fail(d->reading, value->range.at, "%s", stamp.problem);
    if (stamp.length == 0)
        return sb_reading_fail(d->reading, value->range.at, "not a time; write it in seconds");
    d->has_fraction = d->has_fraction || memchr(text, '.', stamp.length) || memchr(text, ':', stamp.length);
    *time = stamp.time;
    *range = (sb_range){value->range.at, stamp.length};
    return SB_OK;
}

static sb_status take_member(document *d, sb_segment *segment, const sb_scan_token *key,
                             const sb_scan_token *value)
{
    if (is_any(d, key, start_keys, 3))
        return take_time(d, value, &segment->start, &segment->start_range);
    if (is_any(d, key, end_keys, 3))
        return take_time(d, value, &segment->end, &segment->end_range);
    bool is_text = value->kind == SB_SCAN_TEXT;
    if (is_any(d, key, body_keys, 2) && is_text)
        segment->body = value->range;
    if (sb_json_scan_is(&d->scan, key, "speaker")) {
        segment->has_speaker = true;
        segment->speaker = is_text ? value->range : (sb_range){0};
    }
    return SB_OK;
}

static sb_status push_segment(document *d, const sb_segment *segment)
{
    sb_segments *list = &d->segments;
    if (segment->start != SB_TIME_NONE && segment->end != SB_TIME_NONE && segment->end < segment->start)
        return sb_reading_fail(d->reading, segment->end_range.at,
                               "the segment ends before it starts; correct one of its two times");
    if (!sb_grow(&list->items, list->n_items, &list->capacity, sizeof *list->items))
        return SB_ERR_MEMORY;
    list->items[list->n_items++] = *segment;
    return SB_OK;
}

/* Reads the members up to the closing bracket. `*last` is that bracket or the token that ended the scan. */
static sb_status read_segment(document *d, sb_scan_token begin, sb_scan_token *last)
{
    sb_segment segment = {.start = SB_TIME_NONE, .end = SB_TIME_NONE, .line = line_at(d, begin.range.at)};
    for (;;) {
        sb_scan_token key = sb_json_scan_next(&d->scan);
        *last = key;
        if (key.kind == SB_SCAN_END_OBJECT)
            return push_segment(d, &segment);
        sb_scan_token value = key.kind == SB_SCAN_KEY ? sb_json_scan_next(&d->scan) : key;
        *last = value;
        sb_status status =
            value.kind >= SB_SCAN_DONE ? status_of(d, value) : take_member(d, &segment, &key, &value);
        if (status != SB_OK || value.kind >= SB_SCAN_DONE)
            return status;
        *last = sb_json_scan_skip(&d->scan, value);
        if (last->kind >= SB_SCAN_DONE)
            return status_of(d, *last);
    }
}

static sb_status read_segments(document *d, sb_scan_token *last)
{
    sb_status status = SB_OK;
    d->has_segments = true;
    while (status == SB_OK) {
        *last = sb_json_scan_next(&d->scan);
        if (last->kind == SB_SCAN_END_ARRAY)
            break;
        if (last->kind == SB_SCAN_BEGIN_OBJECT)
            status = read_segment(d, *last, last);
        else
            *last = sb_json_scan_skip(&d->scan, *last);
        if (last->kind >= SB_SCAN_DONE)
            return status == SB_OK ? status_of(d, *last) : status;
    }
    return status;
}

static sb_status take_root_member(document *d, const sb_scan_token *key, sb_scan_token *value)
{
    bool ok = true;
    sb_transcript *t = d->reading->transcript;
    if (value->kind == SB_SCAN_BEGIN_ARRAY && sb_json_scan_is(&d->scan, key, "segments"))
        return read_segments(d, value);
    char **slot = sb_json_scan_is(&d->scan, key, "title")      ? &t->title
                  : sb_json_scan_is(&d->scan, key, "language") ? &t->language
                                                               : NULL;
    if (slot && !*slot && value->kind == SB_SCAN_TEXT) {
        sb_bytes text = {0};
        sb_json_scan_text(&text, &d->scan, value->range);
        *slot = text.size ? sb_text_plain(text.data, text.size, &ok) : NULL;
        ok = ok && !text.failed;
        sb_bytes_finish(&text);
    }
    *value = sb_json_scan_skip(&d->scan, *value);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static sb_status read_root(document *d, sb_scan_token *last)
{
    *last = sb_json_scan_next(&d->scan);
    d->is_bare = last->kind == SB_SCAN_BEGIN_ARRAY;
    if (d->is_bare)
        return read_segments(d, last);
    while (last->kind < SB_SCAN_DONE) {
        sb_scan_token key = *last = sb_json_scan_next(&d->scan);
        if (key.kind != SB_SCAN_KEY)
            continue;
        *last = sb_json_scan_next(&d->scan);
        if (last->kind >= SB_SCAN_DONE)
            break;
        sb_status status = take_root_member(d, &key, last);
        if (status != SB_OK)
            return status;
    }
    return status_of(d, *last);
}

/* Bare arrays use milliseconds, unless the times have decimals or milliseconds would make the segments too
 * short. */
static sb_time unit_of(const document *d)
{
    int64_t sum = 0, n = 0;
    const sb_segments *list = &d->segments;
    if (!d->is_bare || d->has_fraction || list->n_items == 0)
        return SB_TIME_SECOND;
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_segment *s = &list->items[i];
        if (s->start == SB_TIME_NONE || s->end == SB_TIME_NONE)
            continue;
        int64_t length = (s->end - s->start) / SB_TIME_SECOND;
        sum += length < INT32_MAX ? length : INT32_MAX;
        n++;
    }
    return n > 0 && sum / n < MIN_MS_SEGMENT ? SB_TIME_SECOND : SB_TIME_MS;
}

static void apply_unit(document *d, sb_time unit)
{
    d->reading->transcript->number_unit = unit;
    for (size_t i = 0; unit != SB_TIME_SECOND && i < d->segments.n_items; i++) {
        sb_segment *s = &d->segments.items[i];
        if (s->start != SB_TIME_NONE)
            s->start = s->start / SB_TIME_SECOND * unit;
        if (s->end != SB_TIME_NONE)
            s->end = s->end / SB_TIME_SECOND * unit;
    }
}

static bool has(const char *text, size_t size, const char *needle)
{
    return memmem(text, size, needle, strlen(needle)) != NULL;
}

static sb_sniff sniff(const char *text, size_t size)
{
    sb_range content = sb_range_trim(text, (sb_range){0, size});
    char first = content.length ? text[content.at] : 0;
    if (first == '{' && has(text, size, "\"segments\""))
        return (sb_sniff){has(text, size, "\"startTime\"") || has(text, size, "\"body\"") ? 90 : 40,
                          "JSON with \"segments\""};
    bool is_list = first == '[' && has(text, size, "\"start\"") && has(text, size, "\"text\"");
    return is_list ? (sb_sniff){60, "a JSON array with \"start\" and \"text\""} : (sb_sniff){0};
}

static sb_status finish_reading(document *d, sb_scan_token last)
{
    size_t n = d->segments.n_items;
    bool is_cut = last.kind == SB_SCAN_CUT;
    if (!d->has_segments || (is_cut && n == 0))
        return sb_reading_fail(d->reading, is_cut ? d->reading->size : 0,
                               is_cut ? "the file ends before its first segment; get the whole file"
                                      : "there is no array \"segments\"; choose another format");
    if (is_cut)
        sb_reading_note(d->reading, d->reading->size, "the file is cut short; segments read: %zu", n);
    apply_unit(d, unit_of(d));
    return sb_segments_add_turns(d->reading, &d->segments);
}

static sb_status read(sb_reading *reading)
{
    document d = {.reading = reading, .scan = {.text = reading->text, .size = reading->size}};
    sb_scan_token last;
    sb_status status = read_root(&d, &last);
    if (status == SB_OK)
        status = finish_reading(&d, last);
    sb_segments_finish(&d.segments);
    sb_json_scan_finish(&d.scan);
    return status;
}

const sb_reader sb_reader_podcast_json = {
    "podcast-json", "JSON of podcast feeds: segments with startTime, endTime, speaker, body", sniff, read,
    SB_UNIT_CUE};
