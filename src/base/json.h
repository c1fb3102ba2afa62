/* JSON: a locale-free writer, and a reader over jansson that remembers no types of it. */
#ifndef SB_BASE_JSON_H
#define SB_BASE_JSON_H

#include "soundbite/file.h"
#include "soundbite/time.h"

/* The writer keeps track of commas. `key` is NULL inside an array. Text that is no UTF-8 gets U+FFFD. */
typedef struct sb_json_writer {
    sb_bytes *out;
    bool need_comma;
} sb_json_writer;

void sb_json_begin(sb_json_writer *w, const char *key, char bracket);     /* '{' or '[' */
void sb_json_end(sb_json_writer *w, char bracket);                        /* '}' or ']' */
void sb_json_text(sb_json_writer *w, const char *key, const char *value); /* NULL writes null */
void sb_json_int(sb_json_writer *w, const char *key, int64_t value);
void sb_json_bool(sb_json_writer *w, const char *key, bool value);
void sb_json_number(sb_json_writer *w, const char *key, double value, int decimals); /* not finite: null */
void sb_json_time(sb_json_writer *w, const char *key,
                  sb_time value); /* seconds, 6 or more decimals, exact to the flick */
void sb_json_span(sb_json_writer *w, const char *key, sb_span span); /* [start, end] */
void sb_json_newline(sb_json_writer *w);                             /* between items, for the eye */

/* A parsed document and values inside it. A NULL value reads as null everywhere. */
typedef struct sb_json_doc sb_json_doc;
typedef struct sb_json_value sb_json_value;

/* SB_ERR_FORMAT with line and column, SB_ERR_MEMORY. Numbers may be out of range; then they read as NaN. */
sb_status sb_json_read(sb_json_doc **out, const char *data, size_t size, const char *path, sb_error *err);
void sb_json_free(sb_json_doc **doc);
const sb_json_value *sb_json_root(const sb_json_doc *doc);

bool sb_json_is_object(const sb_json_value *v);
bool sb_json_is_array(const sb_json_value *v);
bool sb_json_is_number(const sb_json_value *v);
bool sb_json_is_text(const sb_json_value *v);
bool sb_json_is_null(const sb_json_value *v);
size_t sb_json_length(const sb_json_value *v); /* items of an array, members of an object, else 0 */
const sb_json_value *sb_json_item(const sb_json_value *array, size_t index);
const sb_json_value *sb_json_member(const sb_json_value *object, const char *key);
/* Member `index` in the order of the document; `*key` is its name. */
const sb_json_value *sb_json_member_at(const sb_json_value *object, size_t index, const char **key);
const char *sb_json_string(const sb_json_value *v); /* NULL where it is no text */
double sb_json_double(const sb_json_value *v);      /* NaN where it is no number */
bool sb_json_true(const sb_json_value *v);
sb_time sb_json_seconds(const sb_json_value *v); /* SB_TIME_NONE where it is no number */

#endif
