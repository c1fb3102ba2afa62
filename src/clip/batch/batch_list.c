#include "clip/batch/batch.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "option/option.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TITLES_MAX 5 /* lines above the header */

typedef struct list_reader {
    sb_batch_list *list;
    const char *path;
    const sb_clip_params *defaults;
    sb_batch_strangers strangers;
    sb_notes *notes;
} list_reader;

/* The columns of a table. */
typedef struct header {
    sb_batch_column *columns;
    size_t n_columns;
} header;

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

/* Handles an unknown column. It is an error only if its name is almost certainly a misspelled column name,
 * because its values would be lost. */
static sb_status take_stranger(list_reader *r, const char *path, int64_t line, const char *noun,
                               const char *name, sb_error *err)
{
    bool is_misspelt;
    const char *refusal = sb_batch_column_refused(name),
               *nearest = sb_batch_column_nearest(name, &is_misspelt);
    if (refusal)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, line, 0, "%s '%.60s' is not possible: %s", noun,
                               name, refusal);
    if (is_misspelt)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, line, 0,
                               "unknown %s '%.60s'; did you mean '%s'? Rename it, or leave it out", noun,
                               name, nearest);
    return sb_batch_strangers_add(&r->strangers, name) ? SB_OK : sb_error_memory(err, "reading the list");
}

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

static sb_status find_columns(list_reader *r, const sb_csv_record *names, header *out, sb_error *err)
{
    bool selects = false, of_manifest = is_manifest(names);
    sb_status status = SB_OK;
    for (size_t i = 0; i < names->n_cells && !status; i++) {
        const char *name = trim(names->cells[i]);
        sb_batch_column *column = &out->columns[i];
        if (!*name)
            column->is_nameless = true;
        else if (of_manifest)
            sb_batch_manifest_column_find(column, name);
        else if (!sb_batch_column_find(column, name))
            status = take_stranger(r, r->path, names->line, "column", name, err);
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

static sb_status read_header(list_reader *r, const sb_csv_record *names, header *out, sb_error *err)
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

static bool is_wanted(const sb_batch_column *column, size_t best)
{
    size_t rank = sb_batch_phrase_rank(column);
    return column->name && (rank == SIZE_MAX || rank <= best);
}

static sb_status read_record(const list_reader *r, sb_batch_row *row, const sb_csv_record *record,
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
            status =
                is_wanted(column, best) ? sb_batch_row_set(row, column, record->cells[i], &reason) : SB_OK;
        else if (*trim(record->cells[i]))
            status = sb_error_set(&reason, SB_ERR_FORMAT,
                                  "cell %zu has no column; quote cells that contain a separator", i + 1);
    }
    return end_row(r, row, status, &reason, err);
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

static sb_status read_records(list_reader *r, sb_csv *csv, const header *h, sb_error *err)
{
    for (;;) {
        sb_csv_record record;
        sb_status status = sb_csv_next(csv, &record, err);
        if (status || record.n_cells == 0)
            return status;
        if (!is_idle(&record, h)) {
            sb_batch_row *row = add_row(r, record.line, err);
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
static sb_status find_header(const list_reader *r, sb_csv *csv, sb_csv_record *names, sb_error *err)
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

static sb_status read_csv(list_reader *r, const char *data, size_t size, sb_error *err)
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
static sb_status set_json_column(sb_batch_row *row, const sb_batch_column *column, const char *key,
                                 const sb_json_value *value, sb_error *err)
{
    if (!sb_json_is_array(value))
        return set_json_value(row, column, key, value, err);
    if (sb_json_length(value) > 1 && !(column->option && column->option->repeats) &&
        !(column->option && column->is_manifest))
        return sb_error_set(err, SB_ERR_FORMAT, "'%.60s' takes one value, not a list; write one", key);
    sb_status status = SB_OK;
    for (size_t i = 0; i < sb_json_length(value) && !status; i++)
        status = set_json_value(row, column, key, sb_json_item(value, i), err);
    return status;
}

/* If 'verify' found places, they have the words that were said; they are used instead of the quote. */
static sb_status set_places(sb_batch_row *row, const sb_json_value *places, sb_error *err)
{
    sb_batch_column phrase;
    sb_batch_column_find(&phrase, "phrase");
    sb_status status = SB_OK;
    for (size_t i = 0; i < sb_json_length(places) && !status; i++) {
        const sb_json_value *text = sb_json_member(sb_json_item(places, i), "text");
        if (sb_json_string(text))
            status = sb_batch_row_set(row, &phrase, sb_json_string(text), err);
    }
    return status;
}

static sb_status set_asked(sb_batch_row *row, const sb_json_value *asked, sb_error *err)
{
    static const char *const names[][2] = {
        {"start", "asked_start"}, {"end", "asked_end"}, {"text", "asked_text"}};
    sb_status status = SB_OK;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !status; i++) {
        sb_batch_column column;
        sb_batch_manifest_column_find(&column, names[i][1]);
        status = set_json_value(row, &column, names[i][0], sb_json_member(asked, names[i][0]), err);
    }
    return status;
}

static sb_status set_manifest_member(sb_batch_row *row, const char *key, const sb_json_value *value,
                                     sb_error *err)
{
    sb_batch_column column;
    if (!strcmp(key, "asked"))
        return set_asked(row, value, err);
    if (!sb_batch_manifest_column_find(&column, key))
        return SB_OK;
    if (!strcmp(key, "joins"))
        return sb_batch_row_set(row, &column, "a montage", err);
    return set_json_column(row, &column, key, value, err);
}

/* What one row has: a manifest line, a line of 'verify', or a row that a person or a program wrote. */
typedef struct json_row {
    const sb_json_value *places; /* of a quote that 'verify' found; NULL: none */
    bool is_manifest, is_verified, selects;
    size_t best_phrase;
} json_row;

static json_row survey(const sb_json_value *root)
{
    json_row out = {.best_phrase = SIZE_MAX};
    const char *key = NULL;
    const sb_json_value *value;
    out.is_manifest = sb_json_string(sb_json_member(root, "source_sha256")) && sb_json_member(root, "asked");
    out.is_verified = sb_json_string(sb_json_member(root, "verdict"));
    if (out.is_verified && sb_json_length(sb_json_member(root, "places")))
        out.places = sb_json_member(root, "places");
    while ((value = sb_json_next_member(root, &key))) {
        sb_batch_column column;
        if (sb_json_is_null(value) || !sb_batch_column_find(&column, key))
            continue;
        size_t rank = sb_batch_phrase_rank(&column);
        out.best_phrase = rank < out.best_phrase ? rank : out.best_phrase;
        out.selects = out.selects || sb_batch_column_selects(&column);
    }
    return out;
}

static sb_status set_json_member(list_reader *r, sb_batch_row *row, const json_row *kind, const char *key,
                                 const sb_json_value *value, sb_error *err)
{
    sb_batch_column column;
    if (kind->is_manifest)
        return set_manifest_member(row, key, value, err);
    bool is_known = sb_batch_column_find(&column, key);
    if (!is_known && kind->is_verified) /* a result of the check */
        return SB_OK;
    if (!is_known)
        return take_stranger(r, NULL, 0, "member", key, err);
    if (kind->places && !strcmp(column.name, "quote"))
        return set_places(row, kind->places, err);
    if (!strcmp(column.name, "text") && kind->selects)
        return sb_batch_strangers_add(&r->strangers, key) ? SB_OK : sb_error_memory(err, "reading the list");
    return is_wanted(&column, kind->best_phrase) ? set_json_column(row, &column, key, value, err) : SB_OK;
}

static sb_status read_json_row(list_reader *r, sb_batch_row *row, const char *data, size_t size,
                               sb_error *err)
{
    sb_json_doc *doc;
    sb_status status = sb_json_read(&doc, data, size, NULL, err);
    if (status) {
        err->line = 0;
        return status;
    }
    const sb_json_value *root = sb_json_root(doc), *value;
    json_row kind = {0};
    const char *key = NULL;
    if (sb_json_is_object(root))
        kind = survey(root);
    else
        status = sb_error_set(err, SB_ERR_FORMAT,
                              "the line is not a JSON object; write one row per line as {...}");
    while (!status && (value = sb_json_next_member(root, &key)))
        status = set_json_member(r, row, &kind, key, value, err);
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
            sb_status status = row ? read_json_row(r, row, data + at, length, &reason) : SB_ERR_MEMORY;
            if (!row || (status = end_row(r, row, status, &reason, err)))
                return status;
        }
        at += length + 1;
    }
    return SB_OK;
}

static sb_status read_text(list_reader *r, const char *text, size_t size, sb_error *err)
{
    size_t blanks = 0;
    if (memchr(text, 0, size))
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, 0, 0,
                               "the list is not text; save it as \"CSV UTF-8\"");
    while (blanks < size && strchr(" \t\r\n", text[blanks]))
        blanks++;
    if (blanks == size || text[blanks] != '{')
        return read_csv(r, text, size, err);
    sb_status status = read_json_lines(r, text, size, err);
    if (!status)
        sb_batch_strangers_note(&r->strangers, r->notes, r->path, 0);
    return status;
}

sb_status sb_batch_list_read(sb_batch_list **out, const void *data, size_t size, const char *path,
                             const sb_clip_params *defaults, sb_notes *notes, sb_error *err)
{
    sb_bytes text = {0};
    const char *encoding;
    bool lossy = false;
    *out = NULL;
    sb_batch_list *list = calloc(1, sizeof *list);
    bool ok = list && sb_encoding_decode(&text, &encoding, &lossy, size ? data : "", size);
    list_reader r = {.list = list, .path = path, .defaults = defaults, .notes = notes};
    if (lossy)
        sb_notes_add(notes, path, 0, 0,
                     "some characters cannot be read and became U+FFFD; save it as \"CSV UTF-8\"");
    sb_status status = ok ? read_text(&r, text.data ? text.data : "", text.size, err)
                          : sb_error_memory(err, "reading the list");
    sb_batch_strangers_finish(&r.strangers);
    sb_bytes_finish(&text);
    if (status)
        sb_batch_list_free(&list);
    *out = list;
    return status;
}
