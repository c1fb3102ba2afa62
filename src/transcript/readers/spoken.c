/* Tells a credit, which is names and nothing else, from a sentence that somebody says. */
#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/readers/readers.h"

static size_t word_length(const char *text, size_t at, size_t end)
{
    size_t n = 0;
    while (at + n < end && text[at + n] != ' ')
        n++;
    return n;
}

bool sb_is_said(const char *text, sb_range line)
{
    static const char *const words[] = {"i",    "i'm",  "i've", "me",    "my",      "mine", "we",       "us",
                                        "our",  "you",  "your", "he",    "she",     "him",  "her",      "his",
                                        "said", "says", "told", "asked", "thought", "they", "remember", NULL};
    for (size_t at = line.at, end = at + line.length, n; at < end; at += n + 1) {
        n = word_length(text, at, end);
        size_t n_word = n;
        while (n_word > 0 && strchr(".,;:!?\"", text[at + n_word - 1]))
            n_word--;
        if (sb_part_is_among(text + at, n_word, words))
            return true;
    }
    return false;
}

bool sb_is_names(const char *text, sb_range line)
{
    static const char *const between[] = {"and", "of",  "the", "for",    "at",       "by",   "de", "la",
                                          "von", "van", "und", "y",      "&",        "with", "on", "in",
                                          "-",   "|",   "all", "rights", "reserved", NULL};
    size_t n_names = 0;
    for (size_t at = line.at, end = at + line.length, n; at < end; at += n + 1) {
        n = word_length(text, at, end);
        size_t next = at, n_word = n;
        int32_t first = n > 0 ? sb_utf8_next(text, end, &next) : 0;
        while (n_word > 0 && strchr(".,;", text[at + n_word - 1]))
            n_word--;
        bool is_name = sb_is_upper(first) || (first >= SB_FIRST_CASELESS && sb_is_letter(first));
        n_names += is_name;
        if (n > 0 && !is_name && sb_is_letter(first) && !sb_part_is_among(text + at, n_word, between))
            return false;
    }
    return n_names > 0 && !sb_is_said(text, line);
}

sb_range sb_without_remark(const char *text, sb_range name)
{
    const char *open = memrchr(text + name.at, '(', name.length);
    if (open && open > text + name.at && text[name.at + name.length - 1] == ')')
        name.length = (size_t)(open - text) - name.at;
    return sb_range_trim(text, name);
}
