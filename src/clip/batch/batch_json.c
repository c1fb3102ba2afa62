#include "clip/batch/batch.h"

#include "base/json/json.h"
#include "base/run/run.h"

#include <math.h>
#include <string.h>

#define DECIMALS 9 /* tell all times apart */

static sb_status set_json_number(sb_batch_row *row, const sb_batch_column *column, double number,
                                 sb_error *err)
{
    sb_bytes text = {0};
    sb_json_writer w = {.out = &text};
    sb_json_number(&w, NULL, number, number == floor(number) ? 0 : DECIMALS);
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

/* What one row has: a manifest line, a line of 'verify' or 'search', or a row that a person or a program
 * wrote. */
typedef struct json_row {
    const sb_json_value *places; /* of a quote that 'verify' found; NULL: none */
    bool is_manifest, is_verified, is_of_search, selects;
    size_t best_phrase;
} json_row;

static json_row survey(const sb_json_value *root)
{
    json_row out = {.best_phrase = SIZE_MAX};
    const char *key = NULL;
    const sb_json_value *value;
    out.is_manifest = sb_json_string(sb_json_member(root, "source_sha256")) && sb_json_member(root, "asked");
    out.is_verified = sb_json_string(sb_json_member(root, "verdict"));
    out.is_of_search =
        sb_json_member(root, "before") && sb_json_member(root, "after") && sb_json_member(root, "who");
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

static sb_status set_json_member(sb_batch_reader *r, sb_batch_row *row, const json_row *kind, const char *key,
                                 const sb_json_value *value, sb_error *err)
{
    sb_batch_column column;
    if (kind->is_manifest)
        return set_manifest_member(row, key, value, err);
    bool is_known = sb_batch_column_find(&column, key);
    if (!is_known && (kind->is_verified || kind->is_of_search)) /* results of the check or the search */
        return SB_OK;
    if (!is_known)
        return sb_batch_take_stranger(r, NULL, 0, "member", key, err);
    if (kind->places && !strcmp(column.name, "quote"))
        return set_places(row, kind->places, err);
    if (!strcmp(column.name, "text") && kind->is_of_search && kind->selects)
        return SB_OK;
    if (!strcmp(column.name, "text") && kind->selects)
        return sb_batch_strangers_add(&r->strangers, key) ? SB_OK : sb_error_memory(err, "reading the list");
    return sb_batch_column_wanted(&column, kind->best_phrase) ? set_json_column(row, &column, key, value, err)
                                                              : SB_OK;
}

static sb_status read_json_row(sb_batch_reader *r, sb_batch_row *row, const char *data, size_t size,
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

sb_status sb_batch_json_read(sb_batch_reader *r, const char *data, size_t size, sb_error *err)
{
    int64_t line = 0;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t length = end ? (size_t)(end - data) - at : size - at;
        line++;
        if (!is_blank(data + at, length)) {
            sb_error reason = {0};
            sb_batch_row *row = sb_batch_row_add(r, line, err);
            sb_status status = row ? read_json_row(r, row, data + at, length, &reason) : SB_ERR_MEMORY;
            if (!row || (status = sb_batch_row_end(r, row, status, &reason, err)))
                return status;
        }
        at += length + 1;
    }
    return SB_OK;
}
