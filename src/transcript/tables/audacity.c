#include "transcript/tables/tables.h"

#include <string.h>

#define MAX_SNIFFED_LINES 200

typedef enum line_kind { LINE_OTHER, LINE_BLANK, LINE_LABEL, LINE_FREQUENCIES } line_kind;

static bool read_label_time(sb_time *time, sb_range *range, const char *text, size_t at, size_t end)
{
    sb_stamp stamp = sb_stamp_number(text + at, end - at, SB_TIME_SECOND);
    *time = stamp.problem ? SB_TIME_NONE : stamp.time;
    *range = (sb_range){at, stamp.length};
    return stamp.length > 0 && at + stamp.length == end;
}

/* Reads `start TAB end TAB text`; the text may be missing with its tab. A label with an empty span marks a
 * point. */
static line_kind read_label_line(sb_table_row *row, const char *text, const sb_line *line)
{
    size_t end = line->at + line->length;
    *row = (sb_table_row){.line = line->number};
    if (sb_line_is_blank(line, text))
        return LINE_BLANK;
    if (line->length > 1 && text[line->at] == '\\' && text[line->at + 1] == '\t')
        return LINE_FREQUENCIES;
    const char *tab = memchr(text + line->at, '\t', line->length);
    if (!tab)
        return LINE_OTHER;
    size_t first = (size_t)(tab - text);
    tab = memchr(text + first + 1, '\t', end - first - 1);
    size_t second = tab ? (size_t)(tab - text) : end;
    if (!read_label_time(&row->start, &row->start_range, text, line->at, first) ||
        !read_label_time(&row->end, &row->end_range, text, first + 1, second))
        return LINE_OTHER;
    row->text.range = tab ? (sb_range){second + 1, end - second - 1} : (sb_range){second, 0};
    return LINE_LABEL;
}

static sb_sniff sniff_audacity(const char *text, size_t size)
{
    sb_line line = {0};
    sb_table_row row;
    size_t n_labels = 0, n_other = 0, n_texts = 0;
    while (line.number < MAX_SNIFFED_LINES && sb_line_next(&line, text, size)) {
        line_kind kind = read_label_line(&row, text, &line);
        bool is_label = kind == LINE_LABEL && row.start != SB_TIME_NONE;
        n_labels += is_label;
        n_texts += is_label && row.text.range.length > 0;
        n_other += (kind == LINE_OTHER || (kind == LINE_LABEL && !is_label)) && line.has_end;
        if (line.number == 1 && kind != LINE_LABEL)
            return (sb_sniff){0};
    }
    bool is_clear = n_texts > 0 && n_other * 2 <= n_labels;
    return is_clear ? (sb_sniff){90, "lines of start, end and label with tabs, in seconds"} : (sb_sniff){0};
}

static sb_status add_label(sb_table *table, sb_table_row *row)
{
    if (row->start == SB_TIME_NONE || row->end == SB_TIME_NONE)
        sb_table_count(table, SB_FAULT_TIME, row->start_range.at);
    if (row->end == row->start)
        row->end = SB_TIME_NONE;
    return sb_table_add(table, row);
}

/* Labels are in seconds, but a list of whole numbers may be in milliseconds. */
static void use_ms(sb_table *table)
{
    if (sb_table_number_unit(table, true) != SB_TIME_MS)
        return;
    table->reading->transcript->number_unit = SB_TIME_MS;
    for (size_t i = 0; i < table->n_items; i++) {
        sb_table_row *row = &table->items[i];
        row->start = row->start == SB_TIME_NONE ? row->start : row->start / 1000;
        row->end = row->end == SB_TIME_NONE ? row->end : row->end / 1000;
    }
}

sb_status sb_label_rows_read(sb_table *table)
{
    const sb_reading *reading = table->reading;
    sb_line line = {0};
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        sb_table_row row;
        line_kind kind = read_label_line(&row, reading->text, &line);
        if (kind == LINE_LABEL)
            status = add_label(table, &row);
        else if (kind == LINE_OTHER && line.has_end)
            sb_table_count(table, SB_FAULT_LINE, line.at);
    }
    use_ms(table);
    return status;
}

static sb_status read_audacity(sb_reading *reading)
{
    sb_table table = {.reading = reading};
    sb_status status = sb_label_rows_read(&table);
    if (status == SB_OK && table.n_items == 0)
        status = sb_reading_fail(reading, 0,
                                 "no label such as \"1.5 TAB 4.25 TAB text\"; choose another format, or "
                                 "export the labels again");
    if (status == SB_OK)
        status = sb_table_add_turns(&table);
    sb_table_finish(&table);
    return status;
}

const sb_reader sb_reader_audacity = {"audacity", "label track: start, end and text with tabs, in seconds",
                                      sniff_audacity, read_audacity, SB_UNIT_CUE};
