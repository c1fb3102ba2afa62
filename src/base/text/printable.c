#include "base/text/text.h"

#include <string.h>

static bool is_printable(int32_t c)
{
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool is_bidirectional = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !is_control && !is_bidirectional;
}

void sb_append_printable(sb_bytes *out, const char *text)
{
    sb_append_printable_n(out, text, strlen(text));
}

void sb_append_printable_n(sb_bytes *out, const char *text, size_t size)
{
    char encoded[4];
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        sb_bytes_append(out, encoded, sb_utf8_encode(is_printable(c) ? c : '?', encoded));
    }
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

void sb_one_line_append(sb_bytes *out, const char *text)
{
    while (*text) {
        size_t n = 0;
        while (text[n] && !is_control(text[n]))
            n++;
        sb_bytes_append(out, text, n);
        text += n;
        if (*text) {
            sb_bytes_text(out, " ");
            text++;
        }
    }
}
