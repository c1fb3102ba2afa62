#include "export/export.h"

#include <string.h>

#include "base/text/text.h"

#define REPLACEMENT 0xfffd

static bool is_xml(int32_t c)
{
    return c >= 0x20 && c != 0xfffe && c != 0xffff && (c < 0xd800 || c > 0xdfff) && c <= 0x10ffff;
}

static void append_character(sb_bytes *out, int32_t c)
{
    char encoded[4];
    if (c < 0x20 || c == 0x7f)
        c = ' ';
    else if (!is_xml(c))
        c = REPLACEMENT;
    sb_bytes_append(out, encoded, sb_utf8_encode(c, encoded));
}

void sb_xml_append_text(sb_bytes *out, const char *text)
{
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        const char *escaped = c == '&'   ? "&amp;"
                              : c == '<' ? "&lt;"
                              : c == '>' ? "&gt;"
                              : c == '"' ? "&quot;"
                                         : NULL;
        if (escaped)
            sb_bytes_text(out, escaped);
        else
            append_character(out, c);
    }
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~/", c));
}

void sb_url_append_path(sb_bytes *out, const char *path)
{
    if (!path)
        return;
    sb_bytes_text(out, path[0] == '/' ? "file://" : "");
    for (; *path; path++) {
        if (is_unreserved(*path))
            sb_bytes_append(out, path, 1);
        else
            sb_bytes_print(out, "%%%02X", (unsigned char)*path);
    }
}
