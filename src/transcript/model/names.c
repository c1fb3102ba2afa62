#include "transcript/model/model.h"

#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "transcript/transcript.h"

#define MAX_NAME_WORDS        4
#define MAX_TITLED_NAME_WORDS 8
#define MAX_NAME_CHARS        40

static const char *const particles[] = {"de",  "da",  "del", "della", "di", "la", "van", "von",
                                        "der", "den", "bin", "al",    "el", "of", "and", "&"};

/* Words before a colon that are not names. */
static const char *const nobody[] = {
    "note",    "notes",     "warning", "caution",  "http",    "https",     "question", "answer", "update",
    "chapter", "title",     "example", "remember", "tip",     "subject",   "ps",       "p.s.",   "date",
    "time",    "copyright", "source",  "sources",  "today",   "here",      "so",       "and",    "but",
    "result",  "first",     "second",  "third",    "finally", "transcript"};

static bool is_among(const char *word, size_t size, const char *const *set, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strlen(set[i]) == size && strncasecmp(set[i], word, size) == 0)
            return true;
    }
    return false;
}

static bool word_fits(const char *word, size_t size, bool is_first)
{
    size_t at = 0;
    int32_t c = sb_utf8_next(word, size, &at);
    if (c == '(' && !is_first) /* a role, such as "(host)" */
        return at < size && sb_is_letter(sb_utf8_next(word, size, &at));
    if (c == '#' && !is_first) /* as in "MAN #2" */
        return at < size && sb_is_digit(sb_utf8_next(word, size, &at));
    if (sb_is_upper(c) || (sb_is_digit(c) && !is_first))
        return true;
    /* In scripts without capitals, any letter can begin a name. */
    if (c >= 0x590 && sb_is_letter(c))
        return true;
    return !is_first && is_among(word, size, particles, sizeof particles / sizeof *particles);
}

static bool words_fit(const char *text, size_t size, size_t max_words)
{
    size_t n_words = 0, at = 0;
    while (at < size) {
        const char *blank = memchr(text + at, ' ', size - at);
        size_t length = blank ? (size_t)(blank - text) - at : size - at;
        if (length > 0 && (!word_fits(text + at, length, n_words == 0) || ++n_words > max_words))
            return false;
        at += length + 1;
    }
    return n_words > 0 && !(n_words == 1 && is_among(text, size, nobody, sizeof nobody / sizeof *nobody));
}

size_t sb_name_prefix(const char *text, size_t size)
{
    size_t limit = size < 4 * MAX_NAME_CHARS ? size : 4 * MAX_NAME_CHARS;
    const char *colon = memchr(text, ':', limit);
    if (!colon || colon == text)
        return 0;
    size_t length = (size_t)(colon - text), n_chars = 0;
    if (length + 1 < size) {
        size_t at = length + 1;
        if (!sb_is_space(sb_utf8_next(text, size, &at)))
            return 0;
    }
    for (size_t at = 0; at < length; n_chars++) {
        int32_t c = sb_utf8_next(text, length, &at);
        if (!sb_is_letter(c) && !sb_is_digit(c) && !sb_is_space(c) && (c > 0x7F || !strchr("'-.&()_/#", c)) &&
            c != 0x2019)
            return 0;
    }
    return n_chars <= MAX_NAME_CHARS && words_fit(text, length, MAX_NAME_WORDS) ? length : 0;
}

bool sb_is_name(const char *text, size_t size)
{
    for (size_t at = 0, begin = 0; at < size; at++) {
        if (text[at] != ' ')
            continue;
        char word[MAX_NAME_CHARS];
        size_t length = at - begin;
        if (length > 0 && length < sizeof word) {
            memcpy(word, text + begin, length);
            word[length] = 0;
            if (sb_word_ends_sentence(word))
                return false;
        }
        begin = at + 1;
    }
    return words_fit(text, size, MAX_TITLED_NAME_WORDS);
}
