#include "base/text/text.h"

#include <math.h>
#include <string.h>

/* '=', '+', '-' and '@', also in their full-width forms. */
bool sb_csv_is_formula(const char *text)
{
    static const int32_t signs[] = {'=', '+', '-', '@', '\t', '\r', 0xff1d, 0xff0b, 0xff0d, 0xff20};
    size_t at = 0, size = strlen(text);
    int32_t first = size ? sb_utf8_next(text, size, &at) : 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (first == signs[i])
            return true;
    return false;
}

static void append(sb_bytes *out, const char *text, bool defuse)
{
    size_t size = strlen(text);
    bool quoted = size && (strpbrk(text, ",;\"'") || text[0] == ' ' || text[size - 1] == ' ');
    sb_bytes_text(out, quoted ? "\"" : "");
    sb_bytes_text(out, defuse ? "'" : "");
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        sb_bytes_append(out, text, (size_t)(quote - text));
        sb_bytes_text(out, "\"\"");
    }
    sb_bytes_text(out, text);
    sb_bytes_text(out, quoted ? "\"" : "");
}

static void append_line(sb_bytes *out, const char *text, bool defuse)
{
    sb_bytes line = {0};
    sb_one_line_append(&line, text ? text : "");
    append(out, line.data ? line.data : "", defuse);
    out->failed = out->failed || line.failed;
    sb_bytes_finish(&line);
}

void sb_csv_append_cell(sb_bytes *out, const char *text)
{
    append_line(out, text, false);
}

void sb_csv_append_safe(sb_bytes *out, const char *text)
{
    append_line(out, text, text && sb_csv_is_formula(text));
}

void sb_csv_time_cell(sb_bytes *out, sb_time t)
{
    char text[SB_TIME_TEXT];
    if (t != SB_TIME_NONE)
        sb_bytes_text(out, sb_time_print_seconds(text, t, 6));
    sb_bytes_text(out, ",");
}

void sb_csv_number_cell(sb_bytes *out, double value, int decimals)
{
    if (isfinite(value))
        sb_bytes_number(out, value, decimals);
    sb_bytes_text(out, ",");
}
