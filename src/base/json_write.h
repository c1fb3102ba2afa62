/* JSON written: ours, locale-free, byte for byte the same each time. */
#ifndef SB_BASE_JSON_WRITE_H
#define SB_BASE_JSON_WRITE_H

#include "soundbite/file.h"
#include "soundbite/time.h"

/* The writer keeps track of commas. `key` is NULL inside an array. Text that is no UTF-8 gets U+FFFD. What cannot be
 * stored sets out->failed, to be checked once at the end. */
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
/* Rounded to `decimals` 0 to 9 digits; not finite: null. */
void sb_json_number(sb_json_writer *w, const char *key, double value, int decimals);
/* Nine significant digits, which read back as the same float: 0.25 is 25e-2. Not finite: null. */
void sb_json_float(sb_json_writer *w, const char *key, float value);
/* Seconds, with 6 decimals where they read back as the same flick, else with 9. */
void sb_json_time(sb_json_writer *w, const char *key, sb_time value);
void sb_json_span(sb_json_writer *w, const char *key, sb_span span); /* [start, end] */
void sb_json_newline(sb_json_writer *w);                             /* before an item, for the eye */

#endif
