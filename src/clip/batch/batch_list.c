#include "clip/batch/batch.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct list_reader {
    sb_batch_list *list;
    const char *path;
    const sb_clip_params *defaults;
} list_reader;

void sb_batch_list_free(sb_batch_list **list)
{
    if (!*list)
        return;
    for (size_t i = 0; i < (*list)->n_rows; i++)
        sb_batch_row_finish(&(*list)->rows[i]);
    free((*list)->rows);
    free(*list);
    *list = NULL;
}

static sb_batch_row *add_row(list_reader *r, int64_t line, sb_error *err)
{
    if (!sb_push_room(&r->list->rows, r->list->n_rows, sizeof *r->list->rows)) {
        sb_error_memory(err, "reading the list");
        return NULL;
    }
    sb_batch_row *row = &r->list->rows[r->list->n_rows++];
    sb_batch_row_init(row, line, r->defaults);
    return row;
}

/* Adds the position to the row's error. Only SB_ERR_MEMORY ends the whole list. */
static sb_status end_row(const list_reader *r, sb_batch_row *row, sb_status status, const sb_error *reason,
                         sb_error *err)
{
    sb_error checked = *reason;
    if (!status)
        status = sb_batch_row_check(row, &checked);
    if (status == SB_ERR_MEMORY)
        return sb_error_memory(err, "reading the list");
    if (status) {
        sb_error_set_at(&row->error, status, r->path, checked.line ? checked.line : row->line, checked.column,
                        "%s", checked.message);
        row->error.field = checked.field;
    }
    return SB_OK;
}

static sb_status fail_name(const char *path, int64_t line, const char *noun, const char *name, sb_error *err)
{
    const char *nearest = sb_batch_column_nearest(name);
    if (nearest)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, line, 0, "unknown %s '%.60s'; did you mean '%s'?",
                               noun, name, nearest);
    return sb_error_set_at(err, SB_ERR_FORMAT, path, line, 0,
                           "unknown %s '%.60s'; use audio, transcript, id, output, or the name of a setting "
                           "for selection or clips",
                           noun, name);
}

static char *trim(char *text)
{
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        text[--length] = 0;
    return text;
}

/* Spreadsheets write columns without a name. */
static sb_status read_header(const list_reader *r, const sb_csv_record *header, sb_batch_column *columns,
                             sb_error *err)
{
    bool has_audio = false;
    for (size_t i = 0; i < header->n_cells; i++) {
        char *name = trim(header->cells[i]);
        if (!sb_batch_column_find(&columns[i], name) && *name)
            return fail_name(r->path, header->line, "column", name, err);
        has_audio = has_audio || (columns[i].name && !strcmp(columns[i].name, "audio"));
    }
    if (!has_audio)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, header->line, 0,
                               "the first line has no column 'audio'; begin the list with a header such as "
                               "audio,transcript,phrase");
    return SB_OK;
}

static sb_status read_record(const list_reader *r, sb_batch_row *row, const sb_csv_record *record,
                             const sb_batch_column *columns, size_t n_columns, sb_error *err)
{
    sb_error reason = {0};
    sb_status status = SB_OK;
    if (record->unclosed)
        status = sb_error_set(&reason, SB_ERR_FORMAT,
                              "a quotation mark is not closed; close it, or double it inside a cell");
    for (size_t i = 0; i < record->n_cells && !status; i++) {
        if (i < n_columns && columns[i].name)
            status = sb_batch_row_set(row, &columns[i], record->cells[i], &reason);
        else if (*trim(record->cells[i]))
            status = sb_error_set(&reason, SB_ERR_FORMAT,
                                  "cell %zu has no column; quote cells that contain a separator", i + 1);
    }
    return end_row(r, row, status, &reason, err);
}

static sb_status read_records(list_reader *r, sb_csv *csv, const sb_batch_column *columns, size_t n_columns,
                              sb_error *err)
{
    for (;;) {
        sb_csv_record record;
        sb_status status = sb_csv_next(csv, &record, err);
        if (status || record.n_cells == 0)
            return status;
        sb_batch_row *row = add_row(r, record.line, err);
        status = row ? read_record(r, row, &record, columns, n_columns, err) : SB_ERR_MEMORY;
        sb_csv_record_finish(&record);
        if (status)
            return status;
    }
}

static sb_status read_csv(list_reader *r, const char *data, size_t size, sb_error *err)
{
    sb_csv csv;
    sb_csv_record header;
    sb_csv_init(&csv, data, size);
    sb_status status = sb_csv_next(&csv, &header, err);
    if (status)
        return status;
    if (header.n_cells == 0)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, 0, 0,
                               "the list is empty; begin it with a header such as audio,transcript,phrase");
    sb_batch_column *columns = calloc(header.n_cells, sizeof *columns);
    status = columns ? read_header(r, &header, columns, err) : sb_error_memory(err, "reading the list");
    if (!status)
        status = read_records(r, &csv, columns, header.n_cells, err);
    free(columns);
    sb_csv_record_finish(&header);
    return status;
}

static sb_status set_json_number(sb_batch_row *row, const sb_batch_column *column, double number,
                                 sb_error *err)
{
    sb_bytes text = {0};
    sb_json_writer w = {.out = &text};
    sb_json_number(&w, NULL, number, number == floor(number) ? 0 : 6);
    sb_status status = text.failed ? sb_error_memory(err, "reading the list")
                                   : sb_batch_row_set(row, column, text.data, err);
    sb_bytes_finish(&text);
    return status;
}

static sb_status set_json_value(sb_batch_row *row, const sb_batch_column *column, const char *key,
                                const sb_json_value *value, sb_error *err)
{
    if (sb_json_is_null(value))
        return SB_OK;
    if (sb_json_string(value))
        return sb_batch_row_set(row, column, sb_json_string(value), err);
    if (sb_json_is_number(value))
        return set_json_number(row, column, sb_json_double(value), err);
    if (sb_json_is_bool(value))
        return sb_batch_row_set(row, column, sb_json_true(value) ? "true" : "false", err);
    return sb_error_set(err, SB_ERR_FORMAT,
                        "'%.60s' has a value of the wrong type; write a string, a number, true or false",
                        key);
}

/* An array is an option that is given several times. */
static sb_status set_json_member(sb_batch_row *row, const char *key, const sb_json_value *value,
                                 sb_error *err)
{
    sb_batch_column column;
    if (!sb_batch_column_find(&column, key))
        return fail_name(NULL, 0, "member", key, err);
    if (!sb_json_is_array(value))
        return set_json_value(row, &column, key, value, err);
    if (sb_json_length(value) > 1 && !(column.option && column.option->repeats))
        return sb_error_set(err, SB_ERR_FORMAT, "'%.60s' takes one value, not a list; write one", key);
    sb_status status = SB_OK;
    for (size_t i = 0; i < sb_json_length(value) && !status; i++)
        status = set_json_value(row, &column, key, sb_json_item(value, i), err);
    return status;
}

static sb_status read_json_row(sb_batch_row *row, const char *data, size_t size, sb_error *err)
{
    sb_json_doc *doc;
    sb_status status = sb_json_read(&doc, data, size, NULL, err);
    if (status) {
        err->line = 0;
        return status;
    }
    const sb_json_value *root = sb_json_root(doc);
    if (!sb_json_is_object(root))
        status = sb_error_set(err, SB_ERR_FORMAT,
                              "the line is not a JSON object; write one row per line as {...}");
    const char *key = NULL;
    const sb_json_value *value;
    while (!status && (value = sb_json_next_member(root, &key)))
        status = set_json_member(row, key, value, err);
    sb_json_free(&doc);
    return status;
}

static bool is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!strchr(" \t\r", text[i]))
            return false;
    return true;
}

static sb_status read_json_lines(list_reader *r, const char *data, size_t size, sb_error *err)
{
    int64_t line = 0;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t length = end ? (size_t)(end - data) - at : size - at;
        line++;
        if (!is_blank(data + at, length)) {
            sb_error reason = {0};
            sb_batch_row *row = add_row(r, line, err);
            sb_status status = row ? read_json_row(row, data + at, length, &reason) : SB_ERR_MEMORY;
            if (!row || (status = end_row(r, row, status, &reason, err)))
                return status;
        }
        at += length + 1;
    }
    return SB_OK;
}

static sb_status check_text(const char *path, const char *data, size_t size, sb_error *err)
{
    if (memchr(data, 0, size) || !sb_utf8_valid(data, size))
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "the list is not UTF-8 text; save it as \"CSV UTF-8\"");
    return SB_OK;
}

sb_status sb_batch_list_read(sb_batch_list **out, const void *data, size_t size, const char *path,
                             const sb_clip_params *defaults, sb_error *err)
{
    *out = NULL;
    const char *text = size ? data : "";
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        size -= 3;
    }
    sb_status status = check_text(path, text, size, err);
    if (status)
        return status;
    sb_batch_list *list = calloc(1, sizeof *list);
    if (!list)
        return sb_error_memory(err, "reading the list");
    list_reader r = {.list = list, .path = path, .defaults = defaults};
    size_t blanks = 0;
    while (blanks < size && strchr(" \t\r\n", text[blanks]))
        blanks++;
    status = blanks < size && text[blanks] == '{' ? read_json_lines(&r, text, size, err)
                                                  : read_csv(&r, text, size, err);
    if (status) {
        sb_batch_list_free(&list);
        return status;
    }
    *out = list;
    return SB_OK;
}
