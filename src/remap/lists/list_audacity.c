#include "remap/lists/lists.h"

/* A line with `\`, TAB, and the lowest and highest frequency, which follows a label made in a spectrogram. */
static bool is_frequencies(const char *text, const sb_line *line)
{
    return line->length > 0 && text[line->at] == '\\';
}

static bool is_number(const char *text, size_t at, size_t end)
{
    sb_stamp stamp = sb_stamp_number(text + at, end - at, SB_TIME_SECOND);
    return stamp.length > 0 && stamp.length == end - at;
}

/* Splits a label's line into two times and the start of its text. */
static bool split_label(const char *text, const sb_line *line, sb_range *start, sb_range *end, size_t *label)
{
    size_t last = line->at + line->length, first_tab = sb_cell_end(text, line->at, last);
    if (first_tab == last)
        return false;
    size_t second_tab = sb_cell_end(text, first_tab + 1, last);
    *start = (sb_range){line->at, first_tab - line->at};
    *end = (sb_range){first_tab + 1, second_tab - first_tab - 1};
    *label = second_tab < last ? second_tab + 1 : last;
    return is_number(text, line->at, first_tab) && is_number(text, first_tab + 1, second_tab);
}

static int sniff_audacity(const char *text, size_t size)
{
    sb_line line = {0};
    sb_range start, end;
    size_t label;
    while (sb_line_next(&line, text, size))
        if (!sb_line_is_blank(&line, text))
            return split_label(text, &line, &start, &end, &label) ? 85 : 0;
    return 0;
}

static sb_status read_label(sb_time_list *list, sb_reading *reading, const sb_line *line)
{
    sb_range start, end;
    sb_time from, until;
    size_t label;
    if (!split_label(reading->text, line, &start, &end, &label))
        return sb_reading_fail(reading, line->at,
                               "not a label; write its start, a tab, its end, a tab, its text");
    sb_status status = sb_list_read_time(&from, &start, reading, start);
    if (status == SB_OK)
        status = sb_list_read_time(&until, &end, reading, end);
    if (status != SB_OK)
        return status;
    sb_timed_item *item = sb_time_list_add(list, from, start);
    if (!item)
        return SB_ERR_MEMORY;
    item->end = until;
    item->end_range = end;
    item->whole = (sb_range){line->at, line->next - line->at};
    return sb_list_set_label(item, reading, (sb_range){label, line->at + line->length - label});
}

static sb_status read_audacity(sb_time_list *list, sb_reading *reading)
{
    sb_line line = {0};
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        if (is_frequencies(reading->text, &line) && list->n_items > 0)
            list->items[list->n_items - 1].whole.length = line.next - list->items[list->n_items - 1].whole.at;
        else if (!sb_line_is_blank(&line, reading->text))
            status = read_label(list, reading, &line);
    }
    return status;
}

const sb_list_reader sb_list_reader_audacity = {
    .name = "audacity",
    .summary = "Audacity label tracks: start, tab, end, tab, text",
    .sniff = sniff_audacity,
    .read = read_audacity,
};
