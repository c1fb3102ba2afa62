#include "clip/batch/batch.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "option/option.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TITLES_MAX 5 /* lines above the header */

/* The columns of a table. */
typedef struct header {
    sb_batch_column *columns;
    size_t n_columns;
} header;

static const char *trim(char *text)
{
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length && strchr(" \t\r\n", text[length - 1]))
        text[--length] = 0;
    return text;
}

static bool is_manifest(const sb_csv_record *names)
{
    size_t n = 0;
    for (size_t i = 0; i < names->n_cells; i++)
        n += !strcmp(names->cells[i], "source_sha256") || !strcmp(names->cells[i], "asked_text");
    return n == 2;
}

/* A list that 'search' wrote. */
static bool is_of_search(const sb_csv_record *names)
{
    size_t n = 0;
    for (size_t i = 0; i < names->n_cells; i++)
        n += !strcmp(names->cells[i], "who") || !strcmp(names->cells[i], "episode") ||
             !strcmp(names->cells[i], "phrase");
    return n == 3;
}

static sb_status find_columns(sb_batch_reader *r, const sb_csv_record *names, header *out, sb_error *err)
{
    bool selects = false, of_manifest = is_manifest(names), of_search = is_of_search(names);
    sb_status status = SB_OK;
    for (size_t i = 0; i < names->n_cells && !status; i++) {
        const char *name = trim(names->cells[i]);
        sb_batch_column *column = &out->columns[i];
        if (!*name)
            column->is_nameless = true;
        else if (of_manifest)
            sb_batch_manifest_column_find(column, name);
        else if (!sb_batch_column_find(column, name) && !of_search)
            status = sb_batch_take_stranger(r, r->path, names->line, "column", name, err);
        selects = selects || sb_batch_column_selects(column);
    }
    for (size_t i = 0; selects && i < names->n_cells && !status; i++)
        if (out->columns[i].name && !strcmp(out->columns[i].name, "text")) {
            out->columns[i].name = NULL;
            if (!sb_batch_strangers_add(&r->strangers, "text"))
                status = sb_error_memory(err, "reading the list");
        }
    return status;
}

static sb_status read_header(sb_batch_reader *r, const sb_csv_record *names, header *out, sb_error *err)
{
    bool has_audio = false;
    out->columns = calloc(names->n_cells, sizeof *out->columns);
    out->n_columns = names->n_cells;
    if (!out->columns)
        return sb_error_memory(err, "reading the list");
    sb_status status = find_columns(r, names, out, err);
    if (status)
        return status;
    for (size_t i = 0; i < out->n_columns; i++)
        has_audio = has_audio || (out->columns[i].name && !strcmp(out->columns[i].name, "audio"));
    sb_batch_strangers_note(&r->strangers, r->notes, r->path, names->line);
    if (!has_audio)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, names->line, 0,
                               "the first line has no column 'audio'; begin the list with a header such as "
                               "audio,transcript,phrase");
    return SB_OK;
}

/* Returns the preferred one of the phrase columns that are not empty in this row. */
static size_t best_phrase(const sb_csv_record *record, const header *h)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < record->n_cells && i < h->n_columns; i++) {
        size_t rank = sb_batch_phrase_rank(&h->columns[i]);
        if (*trim(record->cells[i]) && rank < best)
            best = rank;
    }
    return best;
}

static sb_status read_record(const sb_batch_reader *r, sb_batch_row *row, const sb_csv_record *record,
                             const header *h, sb_error *err)
{
    sb_error reason = {0};
    sb_status status = SB_OK;
    size_t best = best_phrase(record, h);
    if (record->unclosed)
        status = sb_error_set(&reason, SB_ERR_FORMAT,
                              "a quotation mark is not closed; close it, or double it inside a cell");
    for (size_t i = 0; i < record->n_cells && !status; i++) {
        const sb_batch_column *column = i < h->n_columns ? &h->columns[i] : NULL;
        if (column && !column->is_nameless)
            status = sb_batch_column_wanted(column, best)
                         ? sb_batch_row_set(row, column, record->cells[i], &reason)
                         : SB_OK;
        else if (*trim(record->cells[i]))
            status = sb_error_set(&reason, SB_ERR_FORMAT,
                                  "cell %zu has no column; quote cells that contain a separator", i + 1);
    }
    return sb_batch_row_end(r, row, status, &reason, err);
}

/* Returns true for a row without values for a clip: a heading for the reader, or an empty check box. */
static bool is_idle(const sb_csv_record *record, const header *h)
{
    for (size_t i = 0; i < record->n_cells; i++) {
        const sb_batch_column *column = i < h->n_columns ? &h->columns[i] : NULL;
        const char *cell = trim(record->cells[i]);
        bool is_off =
            column && column->option && column->option->type == SB_OPTION_FLAG && sb_option_is_no(cell);
        if (*cell && !is_off && !(column && !column->name && !column->is_nameless))
            return false;
    }
    return !record->unclosed;
}

static sb_status read_records(sb_batch_reader *r, sb_csv *csv, const header *h, sb_error *err)
{
    for (;;) {
        sb_csv_record record;
        sb_status status = sb_csv_next(csv, &record, err);
        if (status || record.n_cells == 0)
            return status;
        if (!is_idle(&record, h)) {
            sb_batch_row *row = sb_batch_row_add(r, record.line, err);
            status = row ? read_record(r, row, &record, h, err) : SB_ERR_MEMORY;
        }
        sb_csv_record_finish(&record);
        if (status)
            return status;
    }
}

static bool names_audio(const sb_csv_record *names)
{
    for (size_t i = 0; i < names->n_cells; i++)
        if (!strcasecmp(trim(names->cells[i]), "audio"))
            return true;
    return false;
}

/* There may be a title above the header. If no line looks like a header, the first line is used. */
static sb_status find_header(const sb_batch_reader *r, sb_csv *csv, sb_csv_record *names, sb_error *err)
{
    sb_status status = sb_csv_next(csv, names, err);
    sb_csv probe = *csv;
    for (size_t i = 0; i < TITLES_MAX && !status && !names_audio(names) && probe.at < probe.size; i++) {
        sb_csv_record other;
        int64_t line = probe.line;
        sb_csv_init(&probe, probe.data + probe.at, probe.size - probe.at);
        probe.line = line;
        status = sb_csv_next(&probe, &other, err);
        if (!status && names_audio(&other)) {
            sb_notes_add(r->notes, r->path, names->line, 0, "the lines above the header were ignored");
            sb_csv_record_finish(names);
            *names = other;
            *csv = probe;
        } else if (!status) {
            sb_csv_record_finish(&other);
        }
    }
    if (status)
        sb_csv_record_finish(names);
    return status;
}

sb_status sb_batch_table_read(sb_batch_reader *r, const char *data, size_t size, sb_error *err)
{
    sb_csv csv;
    sb_csv_record names = {0};
    header h = {0};
    sb_csv_init(&csv, data, size);
    sb_status status = find_header(r, &csv, &names, err);
    if (status)
        return status;
    if (names.n_cells == 0)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, 0, 0,
                               "the list is empty; begin it with a header such as audio,transcript,phrase");
    status = read_header(r, &names, &h, err);
    if (!status)
        status = read_records(r, &csv, &h, err);
    free(h.columns);
    sb_csv_record_finish(&names);
    return status;
}
