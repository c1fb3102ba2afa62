#include "export/export.h"

#include <string.h>

#include "base/text/text.h"

/* Bidirectional control characters would affect the text after them. */
static bool is_unfit(int32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static const char *instead_of(int32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return is_unfit(c) ? "\xEF\xBF\xBD" : NULL;
    }
}

void sb_page_escape(sb_bytes *out, const char *text)
{
    size_t size = strlen(text);
    char encoded[4];

    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(text, size, &at);
        const char *instead = instead_of(c);
        if (instead)
            sb_bytes_text(out, instead);
        else
            sb_bytes_append(out, encoded, sb_utf8_encode(c, encoded));
    }
}

static void put_part(sb_bytes *out, const char *name, size_t size, const sb_page_part *parts,
                     const void *user)
{
    if (size == 7 && !memcmp(name, "version", size))
        sb_bytes_text(out, sb_version());
    for (; parts->name; parts++)
        if (strlen(parts->name) == size && !memcmp(parts->name, name, size) && parts->text)
            sb_bytes_text(out, (const char *)parts->text);
        else if (strlen(parts->name) == size && !memcmp(parts->name, name, size))
            parts->put(out, user);
}

void sb_page_fill(sb_bytes *out, const char *frame, const sb_page_part *parts, const void *user)
{
    const char *at = frame, *open;

    while ((open = strstr(at, "{{"))) {
        const char *name = open + 2, *close = strstr(name, "}}");
        if (!close)
            break;
        sb_bytes_append(out, at, (size_t)(open - at));
        put_part(out, name, (size_t)(close - name), parts, user);
        at = close + 2;
    }
    sb_bytes_text(out, at);
}
