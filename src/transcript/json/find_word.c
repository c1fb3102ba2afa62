#include <string.h>

#include "transcript/json/json_forms.h"

#include "base/text/text.h"
#define MAX_JUMP       200 /* bytes of text that words may miss */
#define MAX_SHORT_JUMP 24  /* for words of one or two letters */

static bool counts(int32_t c)
{
    return sb_is_letter(c) || sb_is_digit(c);
}

/* Small letters of the alphabets with two cases; enough to compare "Über" with "über". */
static int32_t small(int32_t c)
{
    bool is_near = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= 0x391 && c <= 0x3A9) ||
                   (c >= 0x410 && c <= 0x42F);
    return is_near ? c + 32 : c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

/* Moves `*at` to the next letter or digit and returns it; returns 0 at the end. `*next` is behind it. */
static int32_t next_letter(const char *text, size_t size, size_t *at, size_t *next)
{
    while (*at < size) {
        *next = *at;
        int32_t c = sb_utf8_next(text, size, next);
        if (counts(c))
            return small(c);
        *at = *next;
    }
    return 0;
}

/* Compares the letters of `word` with those of the text from `at` on. */
static sb_json_spot match_at(const char *text, size_t size, size_t at, const char *word, size_t word_size)
{
    sb_json_spot place = {0, 0};
    size_t in_word = 0, next = 0, next_in_word = 0;
    bool is_first = true;
    for (;;) {
        int32_t wanted = next_letter(word, word_size, &in_word, &next_in_word);
        if (wanted == 0)
            break;
        int32_t found = next_letter(text, size, &at, &next);
        if (found != wanted)
            return (sb_json_spot){0, 0};
        if (is_first)
            place.begin = at;
        is_first = false;
        place.end = at = next;
        in_word = next_in_word;
    }
    return place;
}

static bool begins_word(const char *text, size_t at, int32_t c)
{
    size_t before = at;
    if (at == 0 || sb_is_ideographic(c))
        return true;
    int32_t left = sb_utf8_last(text, 0, &before);
    return !counts(left) || sb_is_ideographic(left);
}

static size_t count_letters(const char *word, size_t size)
{
    size_t n = 0, at = 0, next = 0;
    while (next_letter(word, size, &at, &next)) {
        n++;
        at = next;
    }
    return n;
}

sb_json_spot sb_json_find_word(const char *text, size_t size, size_t *at, const char *word, size_t word_size)
{
    size_t n_letters = count_letters(word, word_size);
    size_t farthest = *at + (n_letters > 2 ? MAX_JUMP : MAX_SHORT_JUMP), next = 0;
    if (n_letters == 0)
        return (sb_json_spot){0, 0};
    sb_json_spot place = match_at(text, size, *at, word, word_size);
    for (size_t from = *at; place.end == 0 && from <= farthest && next_letter(text, size, &from, &next);
         from = next) {
        size_t behind = from;
        if (begins_word(text, from, sb_utf8_next(text, size, &behind)))
            place = match_at(text, size, from, word, word_size);
    }
    if (place.end > 0)
        *at = place.end;
    return place;
}
