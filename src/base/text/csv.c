#include "base/text/text.h"

#include "base/run/run.h"
#include "soundbite/file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Spreadsheets write "sep=;" above the header, as a hint for Excel. Returns the length of that line; 0 if
 * there is none. */
static size_t separator_line(const char *data, size_t size, char *separator)
{
    size_t quote = size > 0 && data[0] == '"';
    if (size < 5 + 2 * quote || strncasecmp(data + quote, "sep=", 4) != 0 || strchr("\r\n", data[4 + quote]))
        return 0;
    *separator = data[4 + quote];
    size_t end = 5 + quote;
    end += quote && data[end] == '"';
    if (end < size && data[end] != '\n' && data[end] != '\r')
        return 0;
    if (end + 1 < size && data[end] == '\r' && data[end + 1] == '\n')
        end++;
    return end < size ? end + 1 : size;
}

void sb_csv_init(sb_csv *csv, const char *data, size_t size)
{
    static const char separators[] = ",;\t|";
    size_t counts[sizeof separators - 1] = {0}, best = 0;
    bool quoted = false;
    *csv = (sb_csv){.data = data, .size = size, .line = 1};
    csv->at = separator_line(data, size, &csv->separator);
    if (csv->at > 0) {
        csv->line = 2;
        return;
    }
    for (size_t i = 0; i < size && (quoted || (data[i] != '\n' && data[i] != '\r')); i++) {
        const char *separator = data[i] ? strchr(separators, data[i]) : NULL;
        if (data[i] == '"')
            quoted = !quoted;
        else if (separator && !quoted)
            counts[separator - separators]++;
    }
    for (size_t i = 1; i < sizeof separators - 1; i++)
        if (counts[i] > counts[best])
            best = i;
    csv->separator = separators[best];
}

void sb_csv_record_finish(sb_csv_record *record)
{
    for (size_t i = 0; i < record->n_cells; i++)
        free(record->cells[i]);
    free(record->cells);
    free(record->ranges);
    *record = (sb_csv_record){0};
}

static bool at_line_end(const sb_csv *csv)
{
    return csv->at == csv->size || csv->data[csv->at] == '\n' || csv->data[csv->at] == '\r';
}

static void skip_line_end(sb_csv *csv)
{
    if (csv->at == csv->size)
        return;
    if (csv->data[csv->at] == '\r' && csv->at + 1 < csv->size && csv->data[csv->at + 1] == '\n')
        csv->at++;
    csv->at++;
    csv->line++;
}

static void count_record_lines(sb_csv *csv, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        char c = csv->data[i];
        csv->line += c == '\n' || (c == '\r' && (i + 1 == csv->size || csv->data[i + 1] != '\n'));
    }
}

/* A doubled quotation mark stands for one. */
static bool read_quoted(sb_csv *csv, sb_bytes *cell)
{
    csv->at++;
    while (csv->at < csv->size) {
        size_t from = csv->at;
        const char *quote = memchr(csv->data + from, '"', csv->size - from);
        csv->at = quote ? (size_t)(quote - csv->data) + 1 : csv->size;
        bool is_doubled = quote && csv->at < csv->size && csv->data[csv->at] == '"';
        sb_bytes_append(cell, csv->data + from, csv->at - from - (quote && !is_doubled));
        count_record_lines(csv, from, csv->at);
        if (quote && !is_doubled)
            return true;
        csv->at += is_doubled;
    }
    return false;
}

static bool read_cell(sb_csv *csv, sb_bytes *cell)
{
    sb_bytes_append(cell, "", 0);
    bool is_quoted = !csv->is_plain && csv->at < csv->size && csv->data[csv->at] == '"';
    if (is_quoted && !read_quoted(csv, cell))
        return false;
    size_t from = csv->at;
    while (!at_line_end(csv) && csv->data[csv->at] != csv->separator)
        csv->at++;
    sb_bytes_append(cell, csv->data + from, csv->at - from);
    return true;
}

static bool add_cell(sb_csv_record *record, const sb_bytes *cell, sb_range range)
{
    char *text = cell->failed ? NULL : sb_copy_bytes(cell->size ? cell->data : "", cell->size);
    if (!text || !sb_push_room(&record->cells, record->n_cells, sizeof *record->cells) ||
        !sb_push_room(&record->ranges, record->n_cells, sizeof *record->ranges)) {
        free(text);
        return false;
    }
    record->ranges[record->n_cells] = range;
    record->cells[record->n_cells++] = text;
    return true;
}

static sb_status read_record(sb_csv *csv, sb_csv_record *out, sb_error *err)
{
    out->line = csv->line;
    for (;;) {
        sb_bytes cell = {0};
        size_t at = csv->at;
        out->unclosed = !read_cell(csv, &cell);
        bool ok = add_cell(out, &cell, (sb_range){at, csv->at - at});
        sb_bytes_finish(&cell);
        if (!ok) {
            sb_csv_record_finish(out);
            return sb_error_memory(err, "reading CSV");
        }
        if (at_line_end(csv))
            break;
        csv->at++;
    }
    skip_line_end(csv);
    return SB_OK;
}

static bool record_is_blank(const sb_csv_record *record)
{
    for (size_t i = 0; i < record->n_cells; i++)
        if (record->cells[i][strspn(record->cells[i], " ")])
            return false;
    return true;
}

sb_status sb_csv_next(sb_csv *csv, sb_csv_record *out, sb_error *err)
{
    *out = (sb_csv_record){0};
    while (csv->at < csv->size) {
        sb_status status = read_record(csv, out, err);
        if (status || !record_is_blank(out))
            return status;
        sb_csv_record_finish(out);
    }
    return SB_OK;
}
