#include "base/json/json.h"
#include "base/text/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void append_escaped(sb_bytes *out, unsigned char c)
{
    switch (c) {
    case '"':
        sb_bytes_append(out, "\\\"", 2);
        break;
    case '\\':
        sb_bytes_append(out, "\\\\", 2);
        break;
    case '\n':
        sb_bytes_append(out, "\\n", 2);
        break;
    case '\r':
        sb_bytes_append(out, "\\r", 2);
        break;
    case '\t':
        sb_bytes_append(out, "\\t", 2);
        break;
    default:
        sb_bytes_print(out, "\\u%04x", c);
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static void append_quoted(sb_bytes *out, const char *text, size_t size)
{
    char encoded[4];

    sb_bytes_append(out, "\"", 1);
    for (size_t at = 0; at < size;) {
        size_t start = at;
        while (at < size && is_plain((unsigned char)text[at]))
            at++;
        sb_bytes_append(out, text + start, at - start);
        if (at == size)
            break;
        if ((unsigned char)text[at] < 0x80)
            append_escaped(out, (unsigned char)text[at++]);
        else
            sb_bytes_append(out, encoded, sb_utf8_encode(sb_utf8_next(text, size, &at), encoded));
    }
    sb_bytes_append(out, "\"", 1);
}

static void begin_value(sb_json_writer *w, const char *key)
{
    if (w->need_comma)
        sb_bytes_append(w->out, ", ", 2);
    if (key) {
        append_quoted(w->out, key, strlen(key));
        sb_bytes_append(w->out, ": ", 2);
    }
    w->need_comma = true;
}

void sb_json_begin(sb_json_writer *w, const char *key, char bracket)
{
    begin_value(w, key);
    sb_bytes_append(w->out, &bracket, 1);
    w->need_comma = false;
}

void sb_json_end(sb_json_writer *w, char bracket)
{
    sb_bytes_append(w->out, &bracket, 1);
    w->need_comma = true;
}

void sb_json_newline(sb_json_writer *w)
{
    if (w->need_comma)
        sb_bytes_append(w->out, ",", 1);
    sb_bytes_append(w->out, "\n", 1);
    w->need_comma = false;
}

void sb_json_end_line(sb_json_writer *w)
{
    sb_bytes_append(w->out, "\n", 1);
    w->need_comma = false;
}

static void write_raw(sb_json_writer *w, const char *key, const char *literal)
{
    begin_value(w, key);
    sb_bytes_append(w->out, literal, strlen(literal));
}

void sb_json_text_n(sb_json_writer *w, const char *key, const char *value, size_t size)
{
    if (!value) {
        write_raw(w, key, "null");
        return;
    }
    begin_value(w, key);
    append_quoted(w->out, value, size);
}

void sb_json_text(sb_json_writer *w, const char *key, const char *value)
{
    sb_json_text_n(w, key, value, value ? strlen(value) : 0);
}

void sb_json_int(sb_json_writer *w, const char *key, int64_t value)
{
    begin_value(w, key);
    sb_bytes_print(w->out, "%" PRId64, value);
}

void sb_json_bool(sb_json_writer *w, const char *key, bool value)
{
    write_raw(w, key, value ? "true" : "false");
}

void sb_json_number(sb_json_writer *w, const char *key, double value, int decimals)
{
    if (!isfinite(value)) {
        write_raw(w, key, "null");
        return;
    }
    begin_value(w, key);
    sb_bytes_number(w->out, value, decimals);
}

void sb_json_float(sb_json_writer *w, const char *key, float value)
{
    if (!isfinite(value)) {
        write_raw(w, key, "null");
        return;
    }
    double size = fabs((double)value);
    int exponent = size > 0 ? (int)floor(log10(size)) - 8 : 0;
    int64_t digits = llround(exponent < 0 ? size * pow(10, -exponent) : size / pow(10, exponent));
    for (; digits && digits % 10 == 0; exponent++)
        digits /= 10;
    begin_value(w, key);
    sb_bytes_print(w->out, "%s%" PRId64, value < 0 ? "-" : "", digits);
    if (exponent)
        sb_bytes_print(w->out, "e%d", exponent);
}

static bool exact_in_microseconds(sb_time t)
{
    int64_t flicks = llabs(t % SB_TIME_SECOND);
    int64_t micros = (flicks * 1000000 + SB_TIME_SECOND / 2) / SB_TIME_SECOND;

    return (micros * SB_TIME_SECOND + 500000) / 1000000 == flicks;
}

void sb_json_time(sb_json_writer *w, const char *key, sb_time value)
{
    char text[SB_TIME_TEXT];

    if (value == SB_TIME_NONE)
        write_raw(w, key, "null");
    else
        write_raw(w, key, sb_time_print_seconds(text, value, exact_in_microseconds(value) ? 6 : 9));
}

void sb_json_span(sb_json_writer *w, const char *key, sb_span span)
{
    sb_json_begin(w, key, '[');
    sb_json_time(w, NULL, span.start);
    sb_json_time(w, NULL, span.end);
    sb_json_end(w, ']');
}
