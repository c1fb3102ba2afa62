#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/transcript.h"

static const int32_t closers[] = {'"',    '\'',   ')',  ']',    '}',    '*',   '_',
                                  0x2019, 0x201D, 0xBB, 0x300D, 0x300F, 0xFF09};
static const int32_t sentence_ends[] = {'.',    '!',    '?',    0x2026, 0x3002, 0xFF01, 0xFF1F,
                                        0xFF61, 0x61F,  0x6D4,  0x964,  0x965,  0x203C, 0x203D,
                                        0x2047, 0x2048, 0x2049, 0x589,  0x1362};
static const int32_t clause_ends[] = {',',    ':',    ';',    '-',    0x2013, 0x2014, 0x2015,
                                      0x3001, 0xFF0C, 0xFF1A, 0xFF1B, 0x60C,  0x61B};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_in_set(int32_t c, const int32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (set[i] == c)
            return true;
    }
    return false;
}

/* `*size` becomes the size of the word before the character. */
static int32_t last_but_closers(const char *word, size_t *size)
{
    int32_t c = 0;
    do
        c = *size > 0 ? sb_utf8_last(word, 0, size) : 0;
    while (c && is_in_set(c, closers, COUNT(closers)));
    return c;
}

/* True if word[0..size), before its full stop, is an abbreviation: "Dr", "U.S", or a single capital other
 * than "I". */
static bool is_abbreviation(const char *word, size_t size)
{
    static const char *const known[] = {"dr", "mr",  "mrs", "ms",  "prof", "sr", "jr",  "st",     "vs", "mt",
                                        "ft", "gen", "rep", "sen", "gov",  "lt", "col", "approx", NULL};
    while (size > 0 && strchr("\"'([*_", *word)) {
        word++;
        size--;
    }
    if (size == 1)
        return *word >= 'A' && *word <= 'Z' && *word != 'I';
    if (size == 3 && word[1] == '.')
        return true;
    return sb_part_is_among(word, size, known);
}

bool sb_word_ends_sentence(const char *word)
{
    return sb_text_ends_sentence(word, strlen(word));
}

bool sb_text_ends_sentence(const char *text, size_t size)
{
    size_t from = size;
    while (from > 0 && !sb_is_ascii_space(text[from - 1]))
        from--;
    const char *word = text + from;
    size -= from;
    int32_t c = last_but_closers(word, &size);
    if (!is_in_set(c, sentence_ends, COUNT(sentence_ends)))
        return false;
    return c != '.' || !is_abbreviation(word, size);
}

bool sb_word_ends_clause(const char *word)
{
    size_t size = strlen(word);
    return is_in_set(last_but_closers(word, &size), clause_ends, COUNT(clause_ends));
}
