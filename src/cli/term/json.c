#include "cli/term/term.h"

#include <math.h>
#include <string.h>

/* Returns the length of the UTF-8 sequence at `text`; 0 if it is invalid (overlong, a surrogate, cut off). */
static size_t sequence_length(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80)
        return 1;
    size_t n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) ||
        (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return n;
}

static void add_quoted(sb_bytes *out, const char *text)
{
    sb_bytes_text(out, "\"");
    while (*text) {
        size_t n = sequence_length(text);
        unsigned char byte = (unsigned char)*text;
        if (n == 0)
            sb_bytes_text(out, "\xef\xbf\xbd");
        else if (byte == '"' || byte == '\\')
            sb_bytes_print(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            sb_bytes_print(out, "\\u%04x", byte);
        else
            sb_bytes_append(out, text, n);
        text += n ? n : 1;
    }
    sb_bytes_text(out, "\"");
}

static void begin_value(cli_json *json, const char *key)
{
    if (json->need_comma)
        sb_bytes_text(json->out, ", ");
    json->need_comma = true;
    if (!key)
        return;
    add_quoted(json->out, key);
    sb_bytes_text(json->out, ": ");
}

void cli_json_begin(cli_json *json, const char *key, char bracket)
{
    begin_value(json, key);
    sb_bytes_append(json->out, &bracket, 1);
    json->need_comma = false;
}

void cli_json_end(cli_json *json, char bracket)
{
    sb_bytes_append(json->out, &bracket, 1);
    json->need_comma = true;
}

void cli_json_text(cli_json *json, const char *key, const char *text)
{
    begin_value(json, key);
    if (text)
        add_quoted(json->out, text);
    else
        sb_bytes_text(json->out, "null");
}

void cli_json_whole(cli_json *json, const char *key, int64_t value)
{
    begin_value(json, key);
    sb_bytes_print(json->out, "%lld", (long long)value);
}

void cli_json_number(cli_json *json, const char *key, double value, int decimals)
{
    begin_value(json, key);
    if (isfinite(value))
        sb_bytes_print(json->out, "%.*f", decimals, value);
    else
        sb_bytes_text(json->out, "null");
}

void cli_json_bool(cli_json *json, const char *key, bool value)
{
    begin_value(json, key);
    sb_bytes_text(json->out, value ? "true" : "false");
}

void cli_json_time(cli_json *json, const char *key, sb_time value)
{
    char text[SB_TIME_TEXT];
    begin_value(json, key);
    sb_bytes_text(json->out, sb_time_print_seconds(text, value, 6));
}

void cli_json_line(cli_json *json)
{
    sb_bytes_text(json->out, "\n");
    json->need_comma = false;
}
