#include "transcript/tokens/tokens.h"

#include <stdio.h>
#include <string.h>

#include "base/text/text.h"

/* Words are folded, so "fünf" is "funf". */
static int german_place(const char *text, size_t size, const char *const *list)
{
    for (int i = 0; list[i]; i++)
        if (strlen(list[i]) == size && memcmp(list[i], text, size) == 0)
            return i;
    return -1;
}

static const char *const units[] = {"ein",   "zwei",   "drei", "vier", "funf",
                                    "sechs", "sieben", "acht", "neun", NULL};

/* 1 to 99, or 0. */
static unsigned below_hundred(const char *text, size_t size)
{
    static const char *const small[] = {"eins",     "zwo",      "zehn",     "elf",      "zwolf",
                                        "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn",
                                        "achtzehn", "neunzehn", NULL};
    static const unsigned values[] = {1, 2, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
    static const char *const tens[] = {"zwanzig", "dreissig", "vierzig", "funfzig", "sechzig",
                                       "siebzig", "achtzig",  "neunzig", NULL};
    int place = german_place(text, size, units);
    if (place >= 0)
        return (unsigned)place + 1;
    place = german_place(text, size, small);
    if (place >= 0)
        return values[place];
    for (int i = 0; tens[i]; i++) {
        size_t n = strlen(tens[i]);
        if (size < n || memcmp(text + size - n, tens[i], n) != 0)
            continue;
        size_t before = size - n;
        if (before == 0)
            return (unsigned)(i + 2) * 10;
        int unit = before > 3 && memcmp(text + before - 3, "und", 3) == 0
                       ? german_place(text, before - 3, units)
                       : -1;
        return unit < 0 ? 0 : (unsigned)((i + 2) * 10 + unit + 1);
    }
    return 0;
}

/* Splits the word at `scale`. Returns false if `scale` is not in it. */
static bool split_at(const char *text, size_t size, const char *scale, size_t *before, size_t *after)
{
    size_t n = strlen(scale);
    for (size_t at = 0; at + n <= size; at++) {
        if (memcmp(text + at, scale, n) != 0)
            continue;
        *before = at;
        *after = at + n;
        if (size - *after > 3 && memcmp(text + *after, "und", 3) == 0)
            *after += 3;
        return true;
    }
    return false;
}

/* 1 to 999, or 0. */
static unsigned below_thousand(const char *text, size_t size)
{
    size_t before, after;
    if (!split_at(text, size, "hundert", &before, &after))
        return below_hundred(text, size);
    unsigned factor = before ? below_hundred(text, before) : 1;
    unsigned rest = after < size ? below_hundred(text + after, size - after) : 0;
    return factor && factor < 20 && (rest || after == size) ? factor * 100 + rest : 0;
}

static unsigned number_of_word(const char *text)
{
    size_t size = strlen(text), before, after;
    if (strcmp(text, "ein") == 0) /* an article */
        return 0;
    if (!split_at(text, size, "tausend", &before, &after))
        return below_thousand(text, size);
    unsigned factor = before ? below_thousand(text, before) : 1;
    unsigned rest = after < size ? below_thousand(text + after, size - after) : 0;
    return factor && (rest || after == size) ? factor * 1000 + rest : 0;
}

bool sb_german_number(char out[SB_FORM_SIZE], const char *text)
{
    if (sb_has_thousands(text)) {
        size_t size = strcspn(text, ".");
        snprintf(out, SB_FORM_SIZE, "%.*s%s", (int)size, text, text + size + 1);
        return true;
    }
    unsigned value = sb_is_ascii_digit(text[0]) ? 0 : number_of_word(text);
    if (value)
        snprintf(out, SB_FORM_SIZE, "%u", value);
    return value != 0;
}
