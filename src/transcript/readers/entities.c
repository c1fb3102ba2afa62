#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/text/text.h"
#include "transcript/transcript.h"

#define MAX_ENTITY 12

static int digit_value(char c, int base)
{
    int value = sb_hex_value(c);
    return value < base ? value : -1;
}

/* Reads "#39" or "#x27". Returns 0 for anything else. */
static int32_t numeric_value(const char *text, size_t size)
{
    int base = size > 1 && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
    size_t at = base == 16 ? 2 : 1;
    int32_t value = 0;
    if (at >= size)
        return 0;
    for (; at < size; at++) {
        int digit = digit_value(text[at], base);
        if (digit < 0)
            return 0;
        value = value * base + digit;
        if (value > 0x10FFFF)
            return 0;
    }
    return value >= 0xD800 && value <= 0xDFFF ? 0 : value;
}

int32_t sb_entity_read(const char *text, size_t size, size_t *length)
{
    const char *end = size > 2 ? memchr(text, ';', size < MAX_ENTITY ? size : MAX_ENTITY) : NULL;
    if (!end || text[0] != '&')
        return 0;
    size_t n = (size_t)(end - text) - 1;
    *length = n + 2;
    if (text[1] == '#')
        return numeric_value(text + 1, n);
    char name[MAX_ENTITY];
    memcpy(name, text + 1, n);
    name[n] = '\0';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? (int32_t)entity->value : 0;
}

void sb_entities_decode(sb_bytes *out, const char *text, size_t size)
{
    char bytes[4];
    for (size_t at = 0, length = 0; at < size; at += length) {
        int32_t c = text[at] == '&' ? sb_entity_read(text + at, size - at, &length) : 0;
        length = c ? length : 1;
        if (c)
            sb_bytes_append(out, bytes, sb_utf8_encode(c, bytes));
        else
            sb_bytes_append(out, text + at, 1);
    }
}
