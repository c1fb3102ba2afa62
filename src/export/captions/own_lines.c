#include "export/captions/captions.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

typedef struct line_counts {
    size_t *items; /* number of words in each line */
    size_t n_items, capacity;
    size_t n_words;
} line_counts;

/* Returns the end of the tag "<...>" or override "{\...}" at `at`, or `at` if there is none. */
static size_t skip_tag(const char *text, size_t at, size_t end)
{
    char close = text[at] == '<' ? '>' : '}';
    bool opens = text[at] == '<' || (text[at] == '{' && at + 1 < end && text[at + 1] == '\\');
    const char *found = opens ? memchr(text + at, close, end - at) : NULL;
    return found ? (size_t)(found - text) + 1 : at;
}

/* Splits words as the transcript reader does; in scripts whose words only a dictionary shows, each character
 * counts. */
static size_t count_words_between(const char *text, size_t at, size_t end)
{
    size_t n = 0;
    int32_t before = 0;
    bool inside = false, spoken = false;
    while (at < end) {
        size_t next = skip_tag(text, at, end);
        if (next > at) {
            at = next;
            continue;
        }
        int32_t c = sb_utf8_next(text, end, &at);
        bool blank = sb_is_space(c),
             begins = !inside || (spoken && sb_may_part(before, c)) || sb_is_unspaced(c);
        n += !blank && begins;
        spoken = !blank && ((spoken && !begins) || sb_is_letter(c) || sb_is_digit(c));
        inside = !blank;
        before = c;
    }
    return n;
}

static size_t line_end(const char *text, size_t at, size_t size)
{
    while (at < size && text[at] != '\n' && text[at] != '\r')
        at++;
    return at;
}

static size_t next_line(const char *text, size_t at, size_t size)
{
    if (at < size && text[at] == '\r')
        at++;
    if (at < size && text[at] == '\n')
        at++;
    return at;
}

/* Counts the words in each line below the cue's times, up to a blank line. */
static bool count_own_lines(line_counts *counts, const sb_transcript *source, const sb_turn *turn)
{
    const char *text = source->source;
    size_t size = source->source_size, at = line_end(text, turn->stop_range.at, size);
    for (at = next_line(text, at, size); at < size;) {
        size_t end = line_end(text, at, size), n = count_words_between(text, at, end);
        if (end == at)
            break;
        at = next_line(text, end, size);
        if (n == 0)
            continue;
        if (!sb_grow(&counts->items, counts->n_items, &counts->capacity, sizeof *counts->items))
            return false;
        counts->items[counts->n_items++] = n;
        counts->n_words += n;
    }
    return true;
}

static size_t words_of(const char *text)
{
    return count_words_between(text, 0, strlen(text));
}

/* In "Ben Wilson: Yes", the words of the name come first. */
static bool drop_name(line_counts *counts, const char *speaker, size_t n_words)
{
    size_t n_name = speaker ? words_of(speaker) : 0;
    if (counts->n_items == 0 || counts->n_words != n_words + n_name || counts->items[0] < n_name)
        return false;
    counts->items[0] -= n_name;
    return true;
}

/* Returns the number of lines that have words. */
static size_t set_lines(sb_caption_item *items, size_t n, const line_counts *counts)
{
    size_t counted = 0, left = counts->items[0], line = 0;
    for (size_t i = 0; i < n; i++) {
        line += i > 0 && left == 0;
        while (left == 0 && counted + 1 < counts->n_items)
            left = counts->items[++counted];
        items[i].line = line;
        size_t words = words_of(items[i].text);
        left -= words < left ? words : left;
    }
    return line + 1;
}

size_t sb_caption_own_lines(sb_caption_item *items, size_t n, const sb_transcript *source, size_t turn,
                            bool *ok)
{
    line_counts counts = {0};
    size_t n_words = 0, n_lines = 0;
    for (size_t i = 0; i < n; i++)
        n_words += words_of(items[i].text);
    if (source->turns[turn].stop_range.length == 0)
        return 0;
    if (!count_own_lines(&counts, source, &source->turns[turn]))
        *ok = false;
    else if (counts.n_words == n_words ? counts.n_items > 0
                                       : drop_name(&counts, source->turns[turn].speaker, n_words))
        n_lines = set_lines(items, n, &counts);
    free(counts.items);
    return n_lines;
}
