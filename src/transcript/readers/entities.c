#include <string.h>

#include "transcript/transcript.h"

#define MAX_ENTITY 12

static const struct {
    const char *name;
    int32_t code_point;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xA0},    {"ensp", 0x2002},  {"emsp", 0x2003},  {"thinsp", 0x2009}, {"shy", 0xAD},
    {"lrm", 0x200E},   {"rlm", 0x200F},   {"zwj", 0x200D},   {"zwnj", 0x200C},   {"ndash", 0x2013},
    {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201A},  {"ldquo", 0x201C},
    {"rdquo", 0x201D}, {"bdquo", 0x201E}, {"laquo", 0xAB},   {"raquo", 0xBB},    {"hellip", 0x2026},
    {"bull", 0x2022},  {"middot", 0xB7},  {"euro", 0x20AC},  {"pound", 0xA3},    {"yen", 0xA5},
    {"cent", 0xA2},    {"copy", 0xA9},    {"reg", 0xAE},     {"trade", 0x2122},  {"deg", 0xB0},
    {"frac12", 0xBD},  {"times", 0xD7},   {"eacute", 0xE9},  {"egrave", 0xE8},   {"ecirc", 0xEA},
    {"agrave", 0xE0},  {"aacute", 0xE1},  {"acirc", 0xE2},   {"auml", 0xE4},     {"ouml", 0xF6},
    {"uuml", 0xFC},    {"Auml", 0xC4},    {"Ouml", 0xD6},    {"Uuml", 0xDC},     {"szlig", 0xDF},
    {"ccedil", 0xE7},  {"ntilde", 0xF1},  {"iacute", 0xED},  {"oacute", 0xF3},   {"uacute", 0xFA},
    {"ocirc", 0xF4},   {"icirc", 0xEE},   {"ucirc", 0xFB},   {"iuml", 0xEF},     {"Eacute", 0xC9},
    {"aring", 0xE5},   {"aelig", 0xE6},   {"oslash", 0xF8},  {"iexcl", 0xA1},    {"iquest", 0xBF}};

static int digit_value(char c, int base)
{
    int value = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : base;
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
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (strlen(entities[i].name) == n && memcmp(entities[i].name, text + 1, n) == 0)
            return entities[i].code_point;
    }
    return 0;
}
