#include <string.h>

#include "base/json/json.h"
#include "base/text/text.h"
#include "remap/lists/lists.h"
#include "transcript/transcript.h"

typedef struct chapter {
    sb_time start, end;
    sb_range start_range, end_range, title;
} chapter;

static int sniff(const char *text, size_t size)
{
    size_t at = strspn(text, " \t\r\n");
    if (at >= size || text[at] != '{')
        return 0;
    return memmem(text, size, "\"chapters\"", 10) ? 95 : 0;
}

static sb_status fail_at_token(sb_reading *reading, const sb_scan_token *token)
{
    if (token->kind == SB_SCAN_MEMORY)
        return SB_ERR_MEMORY;
    if (token->kind == SB_SCAN_CUT)
        return sb_reading_fail(reading, token->range.at, "the JSON is cut short; get the whole file");
    return sb_reading_fail(reading, token->range.at,
                           "not a list of chapters; write {\"version\": \"1.2.0\", \"chapters\": "
                           "[{\"startTime\": 0, \"title\": \"...\"}]}");
}

static sb_status read_chapter_time(sb_time *out, sb_range *digits, sb_reading *reading,
                                   const sb_scan_token *value)
{
    if (value->kind == SB_SCAN_NUMBER || value->kind == SB_SCAN_TEXT)
        return sb_list_read_time(out, digits, reading, value->range);
    bool is_null = value->kind == SB_SCAN_WORD && !strchr("NI-", reading->text[value->range.at]);
    return is_null ? SB_OK : fail_at_token(reading, value);
}

static sb_status read_member(chapter *c, sb_json_scan *scan, const sb_scan_token *key, sb_reading *reading)
{
    sb_scan_token value = sb_json_scan_next(scan);
    if (sb_json_scan_is(scan, key, "startTime"))
        return read_chapter_time(&c->start, &c->start_range, reading, &value);
    if (sb_json_scan_is(scan, key, "endTime"))
        return read_chapter_time(&c->end, &c->end_range, reading, &value);
    if (sb_json_scan_is(scan, key, "title") && value.kind == SB_SCAN_TEXT)
        c->title = value.range;
    value = sb_json_scan_skip(scan, value);
    return value.kind >= SB_SCAN_DONE ? fail_at_token(reading, &value) : SB_OK;
}

static sb_status set_title(sb_timed_item *item, const sb_json_scan *scan, sb_range range)
{
    sb_bytes text = {0};
    sb_json_scan_text(&text, scan, range);
    sb_reading title = {.text = text.data};
    sb_status status = text.failed ? SB_ERR_MEMORY : SB_OK;
    if (text.size > 0 && status == SB_OK)
        status = sb_list_set_label(item, &title, (sb_range){0, text.size});
    sb_bytes_finish(&text);
    return status;
}

static sb_status add_listed_chapter(sb_time_list *list, const chapter *c, const sb_json_scan *scan,
                                    size_t begin)
{
    sb_timed_item *item = sb_time_list_add(list, c->start, c->start_range);
    if (!item)
        return SB_ERR_MEMORY;
    item->end = c->end;
    item->end_range = c->end_range;
    item->runs_on = c->end == SB_TIME_NONE;
    item->whole = (sb_range){begin, scan->at - begin};
    return set_title(item, scan, c->title);
}

static sb_status read_chapter(sb_time_list *list, sb_json_scan *scan, size_t begin, sb_reading *reading)
{
    chapter c = {.start = SB_TIME_NONE, .end = SB_TIME_NONE};
    sb_scan_token token;
    while ((token = sb_json_scan_next(scan)).kind == SB_SCAN_KEY) {
        sb_status status = read_member(&c, scan, &token, reading);
        if (status != SB_OK)
            return status;
    }
    if (token.kind != SB_SCAN_END_OBJECT)
        return fail_at_token(reading, &token);
    if (c.start == SB_TIME_NONE)
        return sb_reading_fail(reading, begin, "the chapter has no startTime; add one");
    return add_listed_chapter(list, &c, scan, begin);
}

static sb_status read_chapters(sb_time_list *list, sb_json_scan *scan, sb_reading *reading)
{
    sb_status status = SB_OK;
    sb_scan_token token = sb_json_scan_next(scan);
    if (token.kind != SB_SCAN_BEGIN_ARRAY)
        return fail_at_token(reading, &token);
    while (status == SB_OK && (token = sb_json_scan_next(scan)).kind == SB_SCAN_BEGIN_OBJECT)
        status = read_chapter(list, scan, token.range.at, reading);
    if (status != SB_OK)
        return status;
    return token.kind == SB_SCAN_END_ARRAY ? SB_OK : fail_at_token(reading, &token);
}

static sb_status read_document(sb_time_list *list, sb_json_scan *scan, sb_reading *reading)
{
    sb_scan_token token = sb_json_scan_next(scan);
    if (token.kind != SB_SCAN_BEGIN_OBJECT)
        return fail_at_token(reading, &token);
    while ((token = sb_json_scan_next(scan)).kind == SB_SCAN_KEY) {
        sb_status status = SB_OK;
        if (sb_json_scan_is(scan, &token, "chapters")) {
            status = read_chapters(list, scan, reading);
        } else {
            token = sb_json_scan_skip(scan, sb_json_scan_next(scan));
            status = token.kind >= SB_SCAN_DONE ? fail_at_token(reading, &token) : SB_OK;
        }
        if (status != SB_OK)
            return status;
    }
    if (token.kind == SB_SCAN_END_OBJECT)
        token = sb_json_scan_next(scan);
    return token.kind == SB_SCAN_DONE ? SB_OK : fail_at_token(reading, &token);
}

static sb_status read(sb_time_list *list, sb_reading *reading)
{
    sb_json_scan scan = {.text = reading->text, .size = reading->size};
    sb_status status = read_document(list, &scan, reading);
    sb_json_scan_finish(&scan);
    return status;
}

const sb_list_reader sb_list_reader_chapters = {
    .name = "chapters",
    .summary = "Podcasting 2.0 JSON chapters 1.2",
    .is_separated = true,
    .sniff = sniff,
    .read = read,
};
