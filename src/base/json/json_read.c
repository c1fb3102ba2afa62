#include "base/json/json.h"
#include "base/text/text.h"

#include "base/run/run.h"

#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* jansson's parser goes on after some failed allocations, with a shorter text. Its allocations pass through
 * here. */
static json_malloc_t malloc_before;
static _Thread_local bool refused;

static void *watched_malloc(size_t size)
{
    void *p = malloc_before(size);
    refused |= !p;
    return p;
}

/* Once: functions that an application sets later may call ours. */
static void hook_allocations(void)
{
    json_free_t release;
    json_get_alloc_funcs(&malloc_before, &release);
    json_set_alloc_funcs(watched_malloc, release);
}

static void watch_allocations(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, hook_allocations);
    refused = false;
}

struct sb_json_doc {
    json_t *root;
    const char *data;
    size_t size;
};

static const json_t *inner(const sb_json_value *v)
{
    return (const json_t *)v;
}

static const sb_json_value *outer(const json_t *v)
{
    return (const sb_json_value *)v;
}

static sb_status parse_failed(sb_error *err, const char *path, const json_error_t *why)
{
    return sb_error_set_at(err, SB_ERR_FORMAT, path, why->line > 0 ? why->line : 0,
                           why->line > 0 ? (why->column > 1 ? why->column : 1) : 0,
                           "not valid JSON: %s; correct it, or make the file again", why->text);
}

sb_status sb_json_read(sb_json_doc **out, const char *data, size_t size, const char *path, sb_error *err)
{
    json_error_t why = {0};

    *out = NULL;
    sb_json_doc *doc = calloc(1, sizeof *doc);
    if (!doc)
        return sb_error_memory(err, "reading JSON");
    doc->data = data;
    doc->size = size;
    watch_allocations();
    doc->root =
        json_loadb(data ? data : "", size, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &why);
    if (!doc->root || refused) {
        sb_json_free(&doc);
        return refused ? sb_error_memory(err, "reading JSON") : parse_failed(err, path, &why);
    }
    *out = doc;
    return SB_OK;
}

void sb_json_free(sb_json_doc **doc)
{
    if (!*doc)
        return;
    json_decref((*doc)->root);
    free(*doc);
    *doc = NULL;
}

const sb_json_value *sb_json_root(const sb_json_doc *doc)
{
    return outer(doc->root);
}

/* Adds to `*n` the number of values that come before `wanted` in the text. Returns true once it is
 * reached. */
static bool count_until(json_t *v, const json_t *wanted, size_t *n)
{
    const char *key;
    json_t *child;
    size_t i;

    if (v == wanted)
        return true;
    (*n)++;
    if (json_is_array(v)) {
        json_array_foreach(v, i, child) if (count_until(child, wanted, n)) return true;
    } else if (json_is_object(v)) {
        json_object_foreach(v, key, child) if (count_until(child, wanted, n)) return true;
    }
    return false;
}

/* Returns the offset of the value that has `n` values before it, and sets the total number. */
static size_t nth_value(const sb_json_doc *doc, size_t n, size_t *n_values)
{
    sb_json_scan scan = {.text = doc->data, .size = doc->size};
    size_t found = doc->size;

    *n_values = 0;
    for (sb_scan_token t = sb_json_scan_next(&scan); t.kind < SB_SCAN_DONE; t = sb_json_scan_next(&scan)) {
        bool ends = t.kind == SB_SCAN_END_OBJECT || t.kind == SB_SCAN_END_ARRAY;
        if (ends || t.kind == SB_SCAN_KEY)
            continue;
        if ((*n_values)++ == n)
            found = t.range.at;
    }
    sb_json_scan_finish(&scan);
    return found;
}

void sb_json_place(const sb_json_doc *doc, const sb_json_value *v, int64_t *line, int64_t *column)
{
    size_t before = 0, in_tree = 0, in_text;

    *line = *column = 0;
    if (!v || !count_until(doc->root, inner(v), &before))
        return;
    count_until(doc->root, NULL, &in_tree);
    size_t at = nth_value(doc, before, &in_text);
    if (in_text != in_tree)
        return;
    *line = *column = 1;
    for (size_t i = 0; i < at; i++) {
        bool newline = doc->data[i] == '\n';
        *line += newline;
        *column = newline ? 1 : *column + ((doc->data[i] & 0xC0) != 0x80);
    }
}

bool sb_json_is_object(const sb_json_value *v)
{
    return json_is_object(inner(v));
}

bool sb_json_is_array(const sb_json_value *v)
{
    return json_is_array(inner(v));
}

bool sb_json_is_number(const sb_json_value *v)
{
    return json_is_number(inner(v));
}

bool sb_json_is_null(const sb_json_value *v)
{
    return !v || json_is_null(inner(v));
}

bool sb_json_is_bool(const sb_json_value *v)
{
    return json_is_boolean(inner(v));
}

size_t sb_json_length(const sb_json_value *v)
{
    return json_is_array(inner(v)) ? json_array_size(inner(v)) : json_object_size(inner(v));
}

const sb_json_value *sb_json_item(const sb_json_value *array, size_t index)
{
    return outer(json_array_get(inner(array), index));
}

const sb_json_value *sb_json_member(const sb_json_value *object, const char *key)
{
    return outer(json_object_get(inner(object), key));
}

const sb_json_value *sb_json_next_member(const sb_json_value *object, const char **key)
{
    json_t *members = (json_t *)(uintptr_t)object;
    void *at =
        *key ? json_object_iter_next(members, json_object_key_to_iter(*key)) : json_object_iter(members);

    *key = at ? json_object_iter_key(at) : NULL;
    return at ? outer(json_object_iter_value(at)) : NULL;
}

const char *sb_json_bytes(const sb_json_value *v, size_t *size)
{
    *size = json_string_length(inner(v));
    return json_string_value(inner(v));
}

const char *sb_json_string(const sb_json_value *v)
{
    size_t size;
    const char *text = sb_json_bytes(v, &size);

    return text && strlen(text) == size ? text : NULL;
}

double sb_json_double(const sb_json_value *v)
{
    return json_is_number(inner(v)) ? json_number_value(inner(v)) : NAN;
}

bool sb_json_true(const sb_json_value *v)
{
    return json_is_true(inner(v));
}

sb_time sb_json_seconds(const sb_json_value *v)
{
    return sb_time_from_seconds(sb_json_double(v));
}
