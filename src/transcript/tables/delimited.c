#include "transcript/tables/tables.h"

#include <stdlib.h>
#include <string.h>

#define MAX_REREADS 8
#define MAX_SHOWN   200

/* A cell of the source without the quotation marks around it. */
static sb_cell cell_at(const char *text, const sb_csv_record *record, size_t column, bool is_plain)
{
    if (column >= record->n_cells)
        return (sb_cell){0};
    sb_range range = record->ranges[column];
    bool is_open = !is_plain && range.length > 0 && text[range.at] == '"';
    if (!is_open)
        return (sb_cell){.range = range};
    size_t end = range.at + range.length;
    bool is_last = column + 1 == record->n_cells;
    if (is_last && record->unclosed)
        return (sb_cell){.range = {range.at + 1, range.length - 1}, .is_quoted = true};
    if (end > range.at + 1 && text[end - 1] == '"')
        return (sb_cell){.range = {range.at + 1, range.length - 2}, .is_quoted = true};
    return (sb_cell){.range = range};
}

/* Tables for spreadsheets have an apostrophe before text that would be a formula. */
static void drop_formula_guard(const char *text, sb_cell *cell)
{
    if (cell->range.length > 1 && text[cell->range.at] == '\'' && strchr("=+-@", text[cell->range.at + 1])) {
        cell->range.at++;
        cell->range.length--;
    }
}

typedef struct scan {
    sb_table table;
    sb_columns columns;
    sb_csv csv;
    size_t n_rereads;
} scan;

/* Returns true if the second line of a record looks like a row of its own, so that a quotation mark in the
 * first is a character. */
static bool swallowed_row(const scan *s, size_t begin)
{
    const sb_csv *csv = &s->csv;
    sb_line line = {.next = begin}, second;
    if (!sb_line_next(&line, csv->data, csv->at) || line.next >= csv->at)
        return false;
    second = line;
    if (!sb_line_next(&second, csv->data, csv->size))
        return false;
    sb_csv rest = *csv;
    sb_csv_record record;
    rest.at = second.at;
    rest.size = second.at + second.length;
    rest.is_plain = true;
    if (sb_csv_next(&rest, &record, NULL) != SB_OK)
        return false;
    sb_range range;
    const sb_cell_clock clock = {0};
    size_t start = s->columns.start;
    bool is_row =
        record.n_cells == s->columns.n && start < record.n_cells &&
        sb_cell_time(&range, &clock, record.cells[start], (sb_range){0, strlen(record.cells[start])}).time !=
            SB_TIME_NONE;
    sb_csv_record_finish(&record);
    return is_row;
}

static sb_status next_record(scan *s, sb_csv_record *record, bool *is_plain)
{
    sb_csv before = s->csv;
    *is_plain = s->csv.is_plain;
    if (sb_csv_next(&s->csv, record, NULL) != SB_OK)
        return SB_ERR_MEMORY;
    if (record->n_cells == 0 || *is_plain || s->csv.line - record->line < 2 ||
        !swallowed_row(s, record->ranges[0].at))
        return SB_OK;
    sb_table_count(&s->table, SB_FAULT_QUOTE, record->ranges[0].at);
    sb_csv_record_finish(record);
    s->csv = before;
    s->csv.is_plain = *is_plain = true;
    if (sb_csv_next(&s->csv, record, NULL) != SB_OK)
        return SB_ERR_MEMORY;
    s->csv.is_plain = ++s->n_rereads >= MAX_REREADS;
    return SB_OK;
}

static void take_text_cell(scan *s, sb_table_row *row, const sb_csv_record *record, bool is_plain)
{
    const char *text = s->table.reading->text;
    size_t column = s->columns.text, n = record->n_cells;
    row->text = cell_at(text, record, column, is_plain);
    if (n > s->columns.n && column + 1 == s->columns.n) {
        sb_range last = record->ranges[n - 1];
        if (!row->text.is_quoted && last.length > 0) {
            row->text.range.length = last.at + last.length - row->text.range.at;
            sb_table_count(&s->table, SB_FAULT_CELLS, record->ranges[column].at);
        }
    }
    drop_formula_guard(text, &row->text);
}

/* Returns true for the last cell of a row that the end of the file cuts short: a time in it may lack
 * digits. */
static bool is_cut(const scan *s, const sb_csv_record *record, size_t column)
{
    const sb_csv *csv = &s->csv;
    return csv->at == csv->size && csv->size > 0 && !strchr("\r\n", csv->data[csv->size - 1]) &&
           record->n_cells < s->columns.n && column + 1 == record->n_cells;
}

static sb_status take_record(scan *s, const sb_csv_record *record, bool is_plain)
{
    const char *text = s->table.reading->text;
    sb_table_row row = {.start = SB_TIME_NONE, .end = SB_TIME_NONE, .line = record->line};
    row.start_range = cell_at(text, record, s->columns.start, is_plain).range;
    row.end_range = cell_at(text, record, s->columns.end, is_plain).range;
    if (is_cut(s, record, s->columns.start))
        row.start_range.length = 0;
    if (is_cut(s, record, s->columns.end))
        row.end_range.length = 0;
    take_text_cell(s, &row, record, is_plain);
    if (s->columns.speaker != SB_COLUMN_NONE) {
        row.speaker = cell_at(text, record, s->columns.speaker, is_plain);
        row.has_speaker = sb_range_trim(text, row.speaker.range).length > 0;
    }
    if (s->columns.end == SB_COLUMN_NONE && s->columns.length != SB_COLUMN_NONE)
        row.end_range = cell_at(text, record, s->columns.length, is_plain).range;
    return sb_table_add(&s->table, &row);
}

/* Times with frames need the highest number of a frame, and plain numbers their unit, so times are read
 * last. */
static void measure_frames(sb_cell_clock *clock, const scan *s)
{
    int64_t most = 0;
    size_t n = 0;
    for (size_t i = 0; i < s->table.n_items; i++) {
        const sb_table_row *row = &s->table.items[i];
        for (int k = 0; k < 2; k++) {
            sb_range cell = sb_range_trim(s->table.reading->text, k ? row->end_range : row->start_range);
            sb_stamp stamp =
                sb_stamp_frames(s->table.reading->text + cell.at, cell.length, SB_TIME_SECOND / 25);
            if (stamp.length == 0)
                continue;
            n++;
            most = stamp.decimals > most ? stamp.decimals : most;
            clock->drops = clock->drops || memchr(s->table.reading->text + cell.at, ';', stamp.length);
        }
    }
    clock->frame = n ? sb_frame_length(most, n, clock->drops) : 0;
}

/* Reads a time and its place; a cell that is blank has none. */
static sb_time read_row_time(scan *s, const sb_cell_clock *clock, sb_range *range, sb_range *rest)
{
    const char *text = s->table.reading->text;
    sb_range cell = sb_range_trim(text, *range), digits = {0};
    *range = *rest = (sb_range){0};
    if (cell.length == 0 || (cell.length <= 3 && memchr("---", text[cell.at], 3)))
        return SB_TIME_NONE;
    sb_stamp stamp = sb_cell_time(&digits, clock, text, cell);
    if (stamp.time == SB_TIME_NONE || stamp.problem) {
        sb_table_count(&s->table, SB_FAULT_TIME, cell.at);
        return SB_TIME_NONE;
    }
    bool is_plain_number =
        !memchr(text + digits.at, ':', digits.length) && !memchr(text + digits.at, ';', digits.length);
    if (!is_plain_number || clock->frame == 0)
        *range = digits;
    *rest = (sb_range){cell.at + stamp.length, cell.length - stamp.length};
    return stamp.time;
}

/* Reads the second time of "00:00:01 - 00:00:04" or "0:01 --> 0:04". */
static void read_second_time(scan *s, const sb_cell_clock *clock, sb_table_row *row, sb_range rest)
{
    const char *text = s->table.reading->text;
    static const char *const dashes[] = {"-->", "->", "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x86\x92",
                                         "to ", "~",  "/"};
    sb_range cell = sb_range_trim(text, rest);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t n = strlen(dashes[i]);
        if (cell.length <= n || memcmp(text + cell.at, dashes[i], n) != 0)
            continue;
        row->end_range = (sb_range){cell.at + n, cell.length - n};
        row->end = read_row_time(s, clock, &row->end_range, &rest);
        return;
    }
}

static void read_times(scan *s)
{
    sb_cell_clock clock = {.unit = s->columns.unit};
    measure_frames(&clock, s);
    if (clock.unit == 0)
        clock.unit = sb_table_number_unit(&s->table, s->columns.end != SB_COLUMN_NONE);
    s->table.reading->transcript->number_unit = clock.frame ? clock.frame : clock.unit;
    bool has_length = s->columns.end == SB_COLUMN_NONE && s->columns.length != SB_COLUMN_NONE;
    for (size_t i = 0; i < s->table.n_items; i++) {
        sb_table_row *row = &s->table.items[i];
        sb_range rest, end_rest;
        row->start = read_row_time(s, &clock, &row->start_range, &rest);
        row->end = read_row_time(s, &clock, &row->end_range, &end_rest);
        if (has_length) {
            row->end_range = (sb_range){0};
            if (row->end != SB_TIME_NONE && row->start != SB_TIME_NONE)
                row->end += row->start;
        } else if (row->end == SB_TIME_NONE && s->columns.end == SB_COLUMN_NONE && rest.length > 0) {
            read_second_time(s, &clock, row, rest);
        }
        if (row->end != SB_TIME_NONE && row->start != SB_TIME_NONE && row->end < row->start) {
            sb_table_count(&s->table, SB_FAULT_REVERSED, row->end_range.at);
            row->end = SB_TIME_NONE;
            row->end_range = (sb_range){0};
        }
        if (row->start != SB_TIME_NONE && row->end == row->start) /* a marker */
            row->end = SB_TIME_NONE;
    }
}

static sb_status refuse_table(sb_reading *reading, const sb_columns *columns)
{
    sb_line line = {0};
    while (sb_line_next(&line, reading->text, reading->size) && line.next < columns->csv.at)
        continue;
    sb_range header = sb_range_trim(reading->text, (sb_range){line.at, line.length});
    size_t shown =
        header.length <= MAX_SHOWN ? header.length : sb_utf8_cut(reading->text + header.at, MAX_SHOWN);
    sb_bytes names = {0};
    sb_append_printable_n(&names, reading->text + header.at, shown);
    for (size_t i = 0; i < names.size; i++)
        if (names.data[i] == '?' && reading->text[header.at + i] == '\t')
            names.data[i] = ' ';
    sb_status status =
        names.failed ? SB_ERR_MEMORY
        : columns->is_file_list
            ? sb_reading_fail(reading, header.at,
                              "a list of files, not a transcript (its columns are %s); name one of the "
                              "transcripts that it lists, or use it as a list of episodes",
                              names.data)
            : sb_reading_fail(reading, header.at,
                              "a table that is not a transcript: no column such as text, transcript or "
                              "caption beside start or speaker, only %s; name the columns so, or export "
                              "the transcript again",
                              names.data);
    sb_bytes_finish(&names);
    return status;
}

static sb_status read_rows(scan *s)
{
    for (;;) {
        sb_csv_record record = {0};
        bool is_plain;
        sb_status status = next_record(s, &record, &is_plain);
        bool is_end = record.n_cells == 0;
        if (status == SB_OK && !is_end)
            status = take_record(s, &record, is_plain);
        sb_csv_record_finish(&record);
        if (status != SB_OK || is_end)
            return status;
    }
}

sb_status sb_delimited_rows_read(sb_table *table, const sb_columns *columns)
{
    scan s = {.table = *table, .columns = *columns, .csv = columns->csv};
    sb_status status = read_rows(&s);
    if (status == SB_OK)
        read_times(&s);
    if (columns->lost_times)
        sb_reading_note(
            table->reading, columns->csv.at,
            "a column of times has none that can be read; it was left out; write them as HH:MM:SS");
    *table = s.table;
    table->repeats_names = true;
    return status;
}

static sb_status read_delimited(sb_reading *reading)
{
    sb_table table = {.reading = reading};
    sb_columns columns;
    if (!sb_columns_find(&columns, reading->text, reading->size))
        return columns.failed
                   ? SB_ERR_MEMORY
                   : sb_reading_fail(
                         reading, 0,
                         "no header with names such as start, end, speaker and text; add one as the "
                         "first line, or choose another format");
    if (columns.text == SB_COLUMN_NONE || columns.is_file_list)
        return refuse_table(reading, &columns);
    sb_status status = sb_delimited_rows_read(&table, &columns);
    if (status == SB_OK)
        status = sb_table_add_turns(&table);
    sb_table_finish(&table);
    return status;
}

static sb_sniff sniff_delimited(const char *text, size_t size, bool is_tab)
{
    sb_columns columns;
    if (!sb_columns_find(&columns, text, size) || (columns.csv.separator == '\t') != is_tab)
        return (sb_sniff){0};
    if (columns.text == SB_COLUMN_NONE || columns.is_file_list)
        return (sb_sniff){60, "a table with a header, but without a transcript"};
    if (!columns.has_header)
        return (sb_sniff){is_tab ? 86 : 60, "columns of times and text without a header"};
    if (!columns.has_rows)
        return (sb_sniff){30, "a header, but no rows"};
    if (columns.start == SB_COLUMN_NONE && columns.has_header)
        return (sb_sniff){80, "a table with columns of speakers and text"};
    return (sb_sniff){95, "a table with columns of times and text"};
}

static sb_sniff sniff_csv(const char *text, size_t size)
{
    return sniff_delimited(text, size, false);
}

static sb_sniff sniff_tsv(const char *text, size_t size)
{
    return sniff_delimited(text, size, true);
}

const sb_reader sb_reader_csv = {"csv", "a table with a header such as Speaker,Start,End,Text", sniff_csv,
                                 read_delimited, SB_UNIT_CUE};
const sb_reader sb_reader_tsv = {"tsv", "the same with tabs between the cells", sniff_tsv, read_delimited,
                                 SB_UNIT_CUE};
