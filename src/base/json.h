/* JSON read over jansson; the writer beside it is our own and locale-free. */
#ifndef SB_BASE_JSON_H
#define SB_BASE_JSON_H

#include "base/json_write.h"

/* A parsed document and values inside it. A NULL value reads as null everywhere. */
typedef struct sb_json_doc sb_json_doc;
typedef struct sb_json_value sb_json_value;

/* Strict JSON whose root may be any value. `data` must outlive the document. Integers become doubles; a key that stands
 * twice keeps its last value. SB_ERR_FORMAT with line and column, also for a number that no double can hold, a depth
 * beyond 2048 and text that is no UTF-8; SB_ERR_MEMORY, though jansson calls some of its own failed allocations a
 * format error. */
sb_status sb_json_read(sb_json_doc **out, const char *data, size_t size, const char *path, sb_error *err);
void sb_json_free(sb_json_doc **doc);
const sb_json_value *sb_json_root(const sb_json_doc *doc);

/* Where an object or array of the document begins, for messages about what it says; line and column from 1, both 0
 * where that cannot be told. Takes time in proportion to the document. */
void sb_json_place(const sb_json_doc *doc, const sb_json_value *v, int64_t *line, int64_t *column);

bool sb_json_is_object(const sb_json_value *v);
bool sb_json_is_array(const sb_json_value *v);
bool sb_json_is_number(const sb_json_value *v);
bool sb_json_is_null(const sb_json_value *v);
bool sb_json_is_bool(const sb_json_value *v);
size_t sb_json_length(const sb_json_value *v); /* items of an array, members of an object, else 0 */
const sb_json_value *sb_json_item(const sb_json_value *array, size_t index);
const sb_json_value *sb_json_member(const sb_json_value *object, const char *key);
/* The member after that named `*key` in the order of the document, whose name `*key` becomes; begin with NULL. NULL
 * after the last. `*key` must be what the call before set. */
const sb_json_value *sb_json_next_member(const sb_json_value *object, const char **key);
const char *sb_json_string(const sb_json_value *v); /* NULL where it is no text, or text that holds a NUL */
const char *sb_json_bytes(const sb_json_value *v, size_t *size); /* text that may; NULL where it is no text */
double sb_json_double(const sb_json_value *v);                   /* NaN where it is no number */
bool sb_json_true(const sb_json_value *v);
sb_time sb_json_seconds(const sb_json_value *v); /* SB_TIME_NONE where it is no number */

#endif
