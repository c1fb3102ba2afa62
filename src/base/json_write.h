/* Writing JSON that is independent of the locale and the same on every run. */
#ifndef SB_BASE_JSON_WRITE_H
#define SB_BASE_JSON_WRITE_H

#include "soundbite/file.h"
#include "soundbite/time.h"

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

#endif
