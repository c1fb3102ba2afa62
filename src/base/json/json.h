/* JSON: writing, reading, and reading by tokens. */
#ifndef SB_BASE_JSON_JSON_H
#define SB_BASE_JSON_JSON_H

#include "soundbite/file.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/transcript.h" /* sb_range */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writing JSON that is independent of the locale and the same on every run. */

/* A writer that places the commas. `key` is NULL inside an array. Invalid UTF-8 becomes U+FFFD. If an
 * allocation fails, out->failed is set, so one check at the end is enough. */
typedef struct sb_json_writer {
    sb_bytes *out;
    bool need_comma;
} sb_json_writer;

void sb_json_begin(sb_json_writer *w, const char *key, char bracket);     /* '{' or '[' */
void sb_json_end(sb_json_writer *w, char bracket);                        /* '}' or ']' */
void sb_json_text(sb_json_writer *w, const char *key, const char *value); /* NULL writes null */
void sb_json_text_n(sb_json_writer *w, const char *key, const char *value, size_t size);
void sb_json_int(sb_json_writer *w, const char *key, int64_t value);
void sb_json_bool(sb_json_writer *w, const char *key, bool value);
/* Writes the value rounded to `decimals` digits, 0 to 9. Values that are not finite write null. */
void sb_json_number(sb_json_writer *w, const char *key, double value, int decimals);
/* Writes nine significant digits, so that the same float is read back: 0.25 is written as 25e-2. Values that
 * are not finite write null. */
void sb_json_float(sb_json_writer *w, const char *key, float value);
/* Writes seconds with 6 decimals, or with 9 if 6 would not give the same flick back. */
void sb_json_time(sb_json_writer *w, const char *key, sb_time value);
void sb_json_span(sb_json_writer *w, const char *key, sb_span span); /* [start, end] */
/* a line break before an item, for legibility */
void sb_json_newline(sb_json_writer *w);
/* the end of a line of JSON Lines */
void sb_json_end_line(sb_json_writer *w);

/* Reading JSON, with line and column in errors. Built on jansson. */

/* A parsed document and the values in it. Every function treats a NULL value as null. */
typedef struct sb_json_doc sb_json_doc;
typedef struct sb_json_value sb_json_value;

/* Parses strict JSON. The root may be any value. `data` must outlive the document. Integers become doubles.
 * If a key occurs twice, the last value counts. Returns SB_ERR_FORMAT with line and column, also for numbers
 * out of range, nesting beyond 2048 levels and text that is not UTF-8; SB_ERR_MEMORY. The first call hooks
 * the allocation functions of jansson, for the whole process, to see allocations that fail. */
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

/* A JSON tokenizer. Unlike a parsed document, it gives the position of every value, and the values before the
 * end of a file that is cut short. Each nesting level costs one byte and no stack. */

typedef enum sb_scan_kind {
    SB_SCAN_BEGIN_OBJECT,
    SB_SCAN_END_OBJECT,
    SB_SCAN_BEGIN_ARRAY,
    SB_SCAN_END_ARRAY,
    SB_SCAN_KEY,
    SB_SCAN_TEXT,
    SB_SCAN_NUMBER,
    SB_SCAN_WORD, /* true, false, null, and NaN, Infinity, -Infinity */
    SB_SCAN_DONE, /* the document is complete */
    SB_SCAN_CUT,  /* the text ends inside the document */
    SB_SCAN_BAD,  /* not JSON; `range` is the position */
    SB_SCAN_MEMORY
} sb_scan_kind;

typedef struct sb_scan_token {
    sb_scan_kind kind;
    sb_range range; /* for keys and texts, the part between the quotes */
} sb_scan_token;

typedef enum sb_scan_state { SB_SCAN_WANTS_VALUE, SB_SCAN_WANTS_KEY, SB_SCAN_WANTS_COMMA } sb_scan_state;

/* Set `text` and `size`, and zero the rest. */
typedef struct sb_json_scan {
    const char *text;
    size_t size, at;
    sb_bytes open; /* the open brackets */
    sb_scan_state state;
} sb_json_scan;

/* Returns the next token. After DONE, CUT, BAD and MEMORY, it returns the same again. */
sb_scan_token sb_json_scan_next(sb_json_scan *scan);

/* Skips the rest of a value whose first token was `first`. Returns its last token, or the token that ended
 * the scan. */
sb_scan_token sb_json_scan_skip(sb_json_scan *scan, sb_scan_token first);

/* After BAD: continues as if a missing comma were there, or with the next of several documents, which may
 * have commas between them. Returns false if that is not possible. */
bool sb_json_scan_mend(sb_json_scan *scan);

/* As sb_json_scan_skip, but uses sb_json_scan_mend to continue after errors, and adds the number of repairs
 * to `*n_mended`. */
sb_scan_token sb_json_scan_skip_damaged(sb_json_scan *scan, sb_scan_token first, size_t *n_mended);
void sb_json_scan_finish(sb_json_scan *scan);

bool sb_json_scan_is(const sb_json_scan *scan, const sb_scan_token *token, const char *text);

/* Appends the text of a token with its escapes decoded. */
void sb_json_scan_text(sb_bytes *out, const sb_json_scan *scan, sb_range range);

#endif
