/* Reading JSON, with line and column in errors. Built on jansson. */
#ifndef SB_BASE_JSON_H
#define SB_BASE_JSON_H

#include "base/json_write.h"

/* A parsed document and the values in it. Every function treats a NULL value as null. */
typedef struct sb_json_doc sb_json_doc;
typedef struct sb_json_value sb_json_value;

/* Parses strict JSON. The root may be any value. `data` must outlive the document. Integers become doubles.
 * If a key occurs twice, the last value counts. Returns SB_ERR_FORMAT with line and column, also for numbers
 * out of range, nesting beyond 2048 levels and text that is not UTF-8; SB_ERR_MEMORY. When an allocation
 * inside jansson fails, jansson sometimes reports a format error instead. */
sb_status sb_json_read(sb_json_doc **out, const char *data, size_t size, const char *path, sb_error *err);
void sb_json_free(sb_json_doc **doc);
const sb_json_value *sb_json_root(const sb_json_doc *doc);

/* Finds where an object or array of the document begins. Line and column count from 1; both are 0 if unknown.
 * Takes time proportional to the document. */
void sb_json_place(const sb_json_doc *doc, const sb_json_value *v, int64_t *line, int64_t *column);

bool sb_json_is_object(const sb_json_value *v);
bool sb_json_is_array(const sb_json_value *v);
bool sb_json_is_number(const sb_json_value *v);
bool sb_json_is_null(const sb_json_value *v);
bool sb_json_is_bool(const sb_json_value *v);
size_t sb_json_length(const sb_json_value *v); /* number of items or members; 0 for other values */
const sb_json_value *sb_json_item(const sb_json_value *array, size_t index);
const sb_json_value *sb_json_member(const sb_json_value *object, const char *key);
/* Returns the member after the one called `*key` and sets `*key` to its name. Start with `*key` NULL. Returns
 * NULL after the last. `*key` must be the pointer that the previous call set. */
const sb_json_value *sb_json_next_member(const sb_json_value *object, const char **key);
const char *sb_json_string(const sb_json_value *v); /* NULL unless it is text without NUL */
/* NULL unless it is text; it may contain NUL */
const char *sb_json_bytes(const sb_json_value *v, size_t *size);
double sb_json_double(const sb_json_value *v); /* NaN unless it is a number */
bool sb_json_true(const sb_json_value *v);
sb_time sb_json_seconds(const sb_json_value *v); /* SB_TIME_NONE unless it is a number */

#endif
