#include <stdlib.h>
#include <string.h>

#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "quote/wording/wording.h"
#include "soundbite/verify.h"

enum { QUOTE, SPEAKER, ID, N_FIELDS };
static const char *const field_names[] = {"quote", "speaker", "id", NULL};

typedef struct reader {
    sb_claims *claims;
    const char *path;
    sb_error *err;
} reader;

void sb_claims_free(sb_claims **claims)
{
    if (!*claims)
        return;
    for (size_t i = 0; i < (*claims)->n_items; i++) {
        free((char *)(*claims)->items[i].quote);
        free((char *)(*claims)->items[i].speaker);
        free((char *)(*claims)->items[i].id);
        free((char *)(*claims)->items[i].source);
    }
    free((*claims)->items);
    free(*claims);
    *claims = NULL;
}

static bool is_blank_text(const char *text)
{
    return !text || !text[strspn(text, " \t\r")];
}

static sb_status fail_claim(const reader *r, int64_t line, const char *message)
{
    return sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, line, 0, "%s", message);
}

/* Reports an invalid quote with its line, before any quote is checked. */
static sb_status check_claim(const reader *r, const char *quote, int64_t line)
{
    sb_wording wording;
    sb_error reason = {0};
    if (is_blank_text(quote))
        return fail_claim(r, line, "the row has no quote; fill in the quote column");
    sb_status status = sb_wording_init(&wording, quote, &reason);
    if (!status)
        sb_wording_finish(&wording);
    if (status == SB_ERR_MEMORY)
        return sb_error_memory(r->err, "verifying quotations");
    return status ? fail_claim(r, line, reason.message) : SB_OK;
}

static char *copy_field(const char *text, bool *ok)
{
    return is_blank_text(text) ? NULL : sb_copy_text(text, ok);
}

static sb_status add_claim(const reader *r, const char *const fields[N_FIELDS], int64_t line)
{
    bool ok = true;
    if (check_claim(r, fields[QUOTE], line))
        return r->err->status;
    if (!sb_push_room(&r->claims->items, r->claims->n_items, sizeof *r->claims->items))
        return sb_error_memory(r->err, "verifying quotations");
    r->claims->items[r->claims->n_items++] = (sb_claim){.quote = sb_copy_text(fields[QUOTE], &ok),
                                                        .speaker = copy_field(fields[SPEAKER], &ok),
                                                        .id = copy_field(fields[ID], &ok)};
    return ok ? SB_OK : sb_error_memory(r->err, "verifying quotations");
}

/* The index of the field called `name`, or N_FIELDS. An unknown column is an error, because a typo would
 * drop a claim silently. */
static sb_status find_field(size_t *out, const reader *r, const char *name, int64_t line)
{
    char *folded = sb_fold(name + strspn(name, " "));
    if (!folded)
        return sb_error_memory(r->err, "verifying quotations");
    for (size_t n = strlen(folded); n && folded[n - 1] == ' ';)
        folded[--n] = '\0';
    for (*out = 0; *out < N_FIELDS && strcmp(folded, field_names[*out]);)
        ++*out;
    if (*out == N_FIELDS && sb_nearest_name(folded, &field_names[SPEAKER]) == field_names[SPEAKER])
        sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, line, 0,
                        "unknown column '%.60s'; did you mean 'speaker'?", name);
    free(folded);
    return r->err->status;
}

static sb_status read_header(const reader *r, const sb_csv_record *header, size_t columns[N_FIELDS])
{
    for (size_t f = 0; f < N_FIELDS; f++)
        columns[f] = SIZE_MAX;
    for (size_t i = 0; i < header->n_cells; i++) {
        size_t field;
        if (find_field(&field, r, header->cells[i], header->line))
            return r->err->status;
        if (field < N_FIELDS)
            columns[field] = i;
    }
    return SB_OK;
}

/* A comment is a line without a quote, or with a comment as the quote. */
static bool is_remark(const sb_csv_record *record, size_t quote_column)
{
    return record->cells[0][0] == '#' && (quote_column == 0 || record->n_cells <= quote_column);
}

static sb_status read_record(const reader *r, const sb_csv_record *record, const size_t columns[N_FIELDS])
{
    const char *fields[N_FIELDS] = {0};
    if (is_remark(record, columns[QUOTE]))
        return SB_OK;
    if (record->unclosed)
        return fail_claim(r, record->line,
                          "a quotation mark is not closed; close it, or double it inside a cell");
    for (size_t f = 0; f < N_FIELDS; f++)
        if (columns[f] < record->n_cells)
            fields[f] = record->cells[columns[f]];
    return add_claim(r, fields, record->line);
}

static sb_status read_csv(const reader *r, sb_csv *csv, const sb_csv_record *header)
{
    size_t columns[N_FIELDS];
    sb_status status = read_header(r, header, columns);
    while (!status) {
        sb_csv_record record;
        status = sb_csv_next(csv, &record, r->err);
        if (status || record.n_cells == 0)
            break;
        status = read_record(r, &record, columns);
        sb_csv_record_finish(&record);
    }
    return status;
}

static sb_status set_member(const reader *r, const char *fields[N_FIELDS], const char *key,
                            const sb_json_value *value, int64_t line)
{
    size_t field;
    if (find_field(&field, r, key, line) || field == N_FIELDS || sb_json_is_null(value))
        return r->err->status;
    fields[field] = sb_json_string(value);
    return fields[field]
               ? SB_OK
               : fail_claim(r, line, "quote, speaker and id must be strings; put them in quotation marks");
}

static sb_status read_object(const reader *r, const char *data, size_t size, int64_t line)
{
    sb_json_doc *doc;
    sb_error reason = {0};
    const char *fields[N_FIELDS] = {0}, *key = NULL;
    sb_status status = sb_json_read(&doc, data, size, NULL, &reason);
    if (status)
        return sb_error_set_at(r->err, status, r->path, line, reason.column, "%s", reason.message);
    const sb_json_value *root = sb_json_root(doc), *value;
    if (!sb_json_is_object(root))
        status = fail_claim(
            r, line, "the line is not a JSON object; write one quote per line as {\"quote\": \"...\"}");
    while (!status && (value = sb_json_next_member(root, &key)))
        status = set_member(r, fields, key, value, line);
    if (!status)
        status = add_claim(r, fields, line);
    sb_json_free(&doc);
    return status;
}

static sb_status read_claim_line(const reader *r, const char *data, size_t size, int64_t line, bool json)
{
    const char *fields[N_FIELDS] = {0};
    char *text = sb_copy_bytes(data, size);
    sb_status status = SB_OK;
    if (!text)
        return sb_error_memory(r->err, "verifying quotations");
    size_t begin = strspn(text, " \t\r");
    fields[QUOTE] = text + begin;
    if (text[begin] && text[begin] != '#')
        status = json ? read_object(r, data, size, line) : add_claim(r, fields, line);
    free(text);
    return status;
}

static sb_status read_lines(const reader *r, const char *data, size_t size, bool json)
{
    int64_t line = 1;
    for (size_t at = 0; at < size; line++) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t length = end ? (size_t)(end - data) - at : size - at, trimmed = length;
        while (trimmed && strchr(" \t\r", data[at + trimmed - 1]))
            trimmed--;
        if (read_claim_line(r, data + at, trimmed, line, json))
            return r->err->status;
        at += length + 1;
    }
    return SB_OK;
}

/* The position of the first line that is neither blank nor a comment. */
static size_t after_remarks(const char *data, size_t size, int64_t *line)
{
    size_t at = 0;
    for (*line = 1; at < size; ++*line) {
        size_t begin = at;
        while (begin < size && data[begin] && strchr(" \t\r", data[begin]))
            begin++;
        if (begin < size && data[begin] != '\n' && data[begin] != '#')
            return begin;
        const char *end = memchr(data + begin, '\n', size - begin);
        at = end ? (size_t)(end - data) + 1 : size;
    }
    return size;
}

static bool names_quote(const sb_csv_record *header)
{
    for (size_t i = 0; i < header->n_cells; i++) {
        const char *cell = header->cells[i] + strspn(header->cells[i], " ");
        size_t length = strlen(field_names[QUOTE]);
        if (strncasecmp(cell, field_names[QUOTE], length) == 0 && is_blank_text(cell + length))
            return true;
    }
    return false;
}

/* The cells of a table would be read as words of quotes. */
static sb_status refuse_table(const reader *r, const sb_csv_record *header)
{
    return sb_error_set_at(
        r->err, SB_ERR_FORMAT, r->path, header->line, 0,
        "no column is called 'quote'; name the column with the quotes 'quote', and the one "
        "with their speakers 'speaker'");
}

static sb_status read_claim_table(const reader *r, const char *data, size_t size)
{
    sb_csv csv;
    sb_csv_record header;
    int64_t line;
    size_t begin = after_remarks(data, size, &line);
    if (begin < size && data[begin] == '{')
        return read_lines(r, data, size, true);
    sb_csv_init(&csv, data + begin, size - begin);
    csv.line = line;
    sb_status status = sb_csv_next(&csv, &header, r->err);
    if (status)
        return status;
    bool is_csv = header.n_cells && names_quote(&header);
    if (!is_csv && header.n_cells > 1 &&
        (sb_path_has_extension(r->path, "csv") || sb_path_has_extension(r->path, "tsv")))
        status = refuse_table(r, &header);
    else
        status = is_csv ? read_csv(r, &csv, &header) : read_lines(r, data, size, false);
    sb_csv_record_finish(&header);
    return status;
}

sb_status sb_claims_read(sb_claims **out, const void *data, size_t size, const char *path, sb_error *err)
{
    sb_error reason = {0};
    sb_bytes text = {0};
    const char *encoding;
    bool is_lossy;
    *out = NULL;
    sb_claims *claims = calloc(1, sizeof *claims);
    const reader r = {claims, path, &reason};
    sb_status status = SB_OK;
    if (!claims || !sb_encoding_decode(&text, &encoding, &is_lossy, size ? data : "", size))
        status = sb_error_memory(&reason, "verifying quotations");
    else if (text.size && memchr(text.data, 0, text.size))
        status = sb_error_set_at(&reason, SB_ERR_FORMAT, path, 0, 0,
                                 "the list of quotes is not text; save it as UTF-8");
    else
        status = read_claim_table(&r, text.size ? text.data : "", text.size);
    sb_bytes_finish(&text);
    if (!status && claims->n_items == 0)
        status =
            sb_error_set_at(&reason, SB_ERR_FORMAT, path, 0, 0, "the list has no quotes; write one per line");
    if (!status) {
        *out = claims;
        return SB_OK;
    }
    sb_claims_free(&claims);
    return sb_error_set_at(err, status, reason.file, reason.line, reason.column, "%s", reason.message);
}
