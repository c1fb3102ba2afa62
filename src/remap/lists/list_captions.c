#include <string.h>

#include "base/run/run.h"
#include "remap/lists/lists.h"
#include "transcript/cues/cues.h"
#include "transcript/transcript.h"

/* A caption's block begins at the line above its times, unless that is empty. */
static void find_blocks(sb_time_list *list)
{
    sb_line line = {0}, above = {0};
    size_t i = 0;
    while (i < list->n_items && sb_line_next(&line, list->source, list->source_size)) {
        sb_timed_item *item = &list->items[i];
        if (item->start_range.at < line.next) {
            bool has_name = above.length > 0 && !sb_line_is_blank(&above, list->source);
            item->whole.at = has_name ? above.at : line.at;
            i++;
        }
        above = line;
    }
}

/* A block includes the empty lines below it. */
static void end_blocks(sb_time_list *list, const sb_cues *cues)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_cue *cue = &cues->items[i];
        size_t text_end = cue->text.length ? cue->text.at + cue->text.length : cue->end_range.at;
        sb_line line = {.next = text_end};
        size_t end = text_end,
               limit = i + 1 < list->n_items ? list->items[i + 1].whole.at : list->source_size;
        for (bool first = true; sb_line_next(&line, list->source, limit); first = false) {
            if (!first && !sb_line_is_blank(&line, list->source))
                break;
            end = line.next;
        }
        list->items[i].whole.length = end > list->items[i].whole.at ? end - list->items[i].whole.at : 0;
    }
}

static sb_status add_inner_times(sb_time_list *list, const sb_cue *cue)
{
    size_t end = cue->text.at + cue->text.length;
    for (size_t at = cue->text.at; at < end;) {
        sb_cue_tag tag = sb_cue_tag_read(list->source + at, end - at);
        if (tag.length > 0 && tag.time != SB_TIME_NONE) {
            if (!sb_push_room(&list->inner_times, list->n_inner_times, sizeof *list->inner_times))
                return SB_ERR_MEMORY;
            list->inner_times[list->n_inner_times++] =
                (sb_inner_time){list->n_items - 1, {at + 1, tag.time_length}, tag.time};
        }
        at += tag.length > 0 ? tag.length : 1;
    }
    return SB_OK;
}

/* Takes the text without markup. */
static sb_status set_label(sb_timed_item *item, const sb_cue *cue, const char *text)
{
    sb_bytes words = {0};
    size_t end = cue->text.at + cue->text.length;
    for (size_t at = cue->text.at; at < end;) {
        sb_cue_tag tag = sb_cue_tag_read(text + at, end - at);
        if (tag.length == 0)
            sb_bytes_append(&words, text + at, 1);
        at += tag.length > 0 ? tag.length : 1;
    }
    sb_reading said = {.text = words.data};
    sb_status status = words.failed ? SB_ERR_MEMORY : SB_OK;
    if (words.size > 0 && status == SB_OK)
        status = sb_list_set_label(item, &said, (sb_range){0, words.size});
    sb_bytes_finish(&words);
    return status;
}

/* A transcript reader can ignore such times, but here they must be replaced. */
static sb_status fail_times(sb_reading *reading, const sb_cue *cue)
{
    sb_line line = {0};
    while (line.number < cue->line && sb_line_next(&line, reading->text, reading->size))
        continue;
    return sb_reading_fail(reading, line.at, "the cue's times cannot be read; correct them");
}

static sb_status add_cue(sb_time_list *list, sb_reading *reading, const sb_cue *cue)
{
    if (cue->start == SB_TIME_NONE || cue->end == SB_TIME_NONE)
        return fail_times(reading, cue);
    sb_timed_item *item = sb_time_list_add(list, cue->start, cue->start_range);
    if (!item)
        return SB_ERR_MEMORY;
    item->end = cue->end;
    item->end_range = cue->end_range;
    sb_status status = set_label(item, cue, list->source);
    return status == SB_OK ? add_inner_times(list, cue) : status;
}

static sb_status read_cues(sb_time_list *list, sb_reading *reading, bool is_vtt)
{
    sb_cues cues = {0};
    sb_line line = {0}, next;
    if (is_vtt && reading->size >= 6 && memcmp(reading->text, "WEBVTT", 6) == 0)
        for (next = line; sb_line_next(&next, reading->text, reading->size) &&
                          !sb_line_is_blank(&next, reading->text) &&
                          !memmem(reading->text + next.at, next.length, "-->", 3);)
            line = next;
    sb_status status = sb_cues_read(&cues, reading, line, is_vtt);
    for (size_t i = 0; status == SB_OK && i < cues.n_items; i++)
        status = add_cue(list, reading, &cues.items[i]);
    if (status == SB_OK) {
        find_blocks(list);
        end_blocks(list, &cues);
    }
    sb_cues_finish(&cues);
    return status;
}

static int sniff_srt(const char *text, size_t size)
{
    return sb_reader_srt.sniff(text, size).score;
}

static sb_status read_srt(sb_time_list *list, sb_reading *reading)
{
    return read_cues(list, reading, false);
}

static int sniff_vtt(const char *text, size_t size)
{
    return sb_reader_vtt.sniff(text, size).score;
}

static sb_status read_vtt(sb_time_list *list, sb_reading *reading)
{
    return read_cues(list, reading, true);
}

const sb_list_reader sb_list_reader_srt = {
    .name = "srt",
    .summary = "SubRip captions",
    .sniff = sniff_srt,
    .read = read_srt,
};

const sb_list_reader sb_list_reader_vtt = {
    .name = "vtt",
    .summary = "WebVTT captions",
    .sniff = sniff_vtt,
    .read = read_vtt,
};
