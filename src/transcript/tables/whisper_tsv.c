#include "transcript/tables/tables.h"

#include <string.h>

/* Whisper's TSV: start, end and text, with times in whole milliseconds. The text is never quoted. */
static bool read_whisper_header(sb_line *line, const char *text, size_t size)
{
    *line = (sb_line){0};
    if (!sb_line_next(line, text, size))
        return false;
    sb_range header = sb_range_trim(text, (sb_range){line->at, line->length});
    return sb_range_is(text, header, "start\tend\ttext");
}

static bool read_tsv_time(sb_time *time, sb_range *range, const char *text, sb_range cell, sb_time unit)
{
    sb_stamp stamp = sb_stamp_number(text + cell.at, cell.length, unit);
    *time = stamp.problem ? SB_TIME_NONE : stamp.time;
    *range = (sb_range){cell.at, stamp.length};
    return stamp.length > 0 && stamp.length == cell.length && !stamp.problem;
}

static bool read_row(sb_table_row *row, const char *text, const sb_line *line, sb_time unit)
{
    size_t end = line->at + line->length, first = sb_cell_end(text, line->at, end);
    size_t second = first < end ? sb_cell_end(text, first + 1, end) : end;
    *row = (sb_table_row){.line = line->number};
    if (second == end)
        return false;
    row->text.range = (sb_range){second + 1, end - second - 1};
    return read_tsv_time(&row->start, &row->start_range, text, (sb_range){line->at, first - line->at},
                         unit) &&
           read_tsv_time(&row->end, &row->end_range, text, (sb_range){first + 1, second - first - 1}, unit);
}

/* Some programs write seconds with decimals under the same header. */
static sb_time unit_of(const char *text, size_t size, sb_line line)
{
    while (sb_line_next(&line, text, size)) {
        size_t end = sb_cell_end(text, line.at, line.at + line.length);
        if (end > line.at && end < line.at + line.length)
            return memchr(text + line.at, '.', end - line.at) ? SB_TIME_SECOND : SB_TIME_MS;
    }
    return SB_TIME_MS;
}

static sb_sniff sniff_whisper_tsv(const char *text, size_t size)
{
    sb_line line;
    sb_table_row row;
    if (!read_whisper_header(&line, text, size))
        return (sb_sniff){0};
    bool is_row = sb_line_next(&line, text, size) && read_row(&row, text, &line, SB_TIME_MS);
    return (sb_sniff){is_row || line.next >= size ? 100 : 40, "the header start, end, text with tabs"};
}

static sb_status read_whisper_tsv(sb_reading *reading)
{
    sb_line line;
    sb_table table = {.reading = reading};
    if (!read_whisper_header(&line, reading->text, reading->size))
        return sb_reading_fail(reading, 0,
                               "the first line is not start, end and text with tabs; choose another format");
    sb_time unit = unit_of(reading->text, reading->size, line);
    sb_status status = SB_OK;
    reading->transcript->number_unit = unit;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        sb_table_row row;
        if (read_row(&row, reading->text, &line, unit))
            status = sb_table_add(&table, &row);
        else if (!sb_line_is_blank(&line, reading->text) && line.has_end)
            sb_table_count(&table, SB_FAULT_LINE, line.at);
    }
    if (status == SB_OK)
        status = sb_table_add_turns(&table);
    sb_table_finish(&table);
    return status;
}

const sb_reader sb_reader_whisper_tsv = {"whisper-tsv", "Whisper's start, end and text with tabs, in ms",
                                         sniff_whisper_tsv, read_whisper_tsv, SB_UNIT_CUE};
