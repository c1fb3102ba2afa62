#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "export/captions.h"
#include "export/one_line.h"
#include "transcript/tokens.h"

#define COST_CLINGS 100
#define COST_NAME   80
#define COST_PLAIN  50
#define COST_BEFORE 30
#define COST_CLAUSE 15
#define PAUSE       (250 * SB_TIME_MS)

/* Words that lean on the next one, and words that begin a phrase. */
static const char *const clinging[] = {
    "a",    "an",    "the",   "of",  "to",  "in",   "on",    "at",  "for", "with", "by",  "from",
    "as",   "and",   "or",    "but", "my",  "your", "his",   "her", "its", "our",  "i",   "their",
    "this", "these", "those", "no",  "not", "very", "is",    "are", "was", "we",   "he",  "she",
    "it",   "you",   "they",  "mr",  "mrs", "ms",   "dr",    "der", "die", "das",  "ein", "un",
    "une",  "la",    "le",    "les", "el",  "los",  "las",   "de",  "du",  "des",  "und", "et",
    "y",    "il",    "lo",    "gli", "que", "per",  "which", "who", "if",
};
static const char *const opening[] = {
    "and",     "or",    "but",   "because", "so",  "that", "which", "who",  "when", "where", "while",
    "if",      "then",  "than",  "to",      "of",  "in",   "on",    "at",   "for",  "with",  "from",
    "between", "about", "after", "before",  "und", "oder", "aber",  "weil", "et",   "ou",    "mais",
};

static bool is_one_of(const char *text, const char *const *list, size_t n)
{
    char word[12];
    size_t length = 0;
    for (; text[length]; length++) {
        char c = text[length];
        if (length + 1 >= sizeof word || !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            break;
        word[length] = (char)(c | 0x20);
    }
    word[length] = '\0';
    bool whole = text[length] == '\0' || (text[length] == '.' && text[length + 1] == '\0');
    for (size_t i = 0; whole && i < n; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

static bool begins_upper(const char *text)
{
    size_t at = 0;
    return sb_is_upper(sb_utf8_next(text, strlen(text), &at));
}

int sb_caption_break_cost(const sb_caption_items *items, size_t at)
{
    if (at + 1 >= items->n_items)
        return 0;
    const sb_caption_item *item = &items->items[at], *next = item + 1;
    if (sb_word_ends_sentence(item->text) || item->is_event || next->is_event)
        return 0;
    if (sb_word_ends_clause(item->text) || next->start - item->end >= PAUSE)
        return COST_CLAUSE;
    if (is_one_of(item->text, clinging, sizeof clinging / sizeof *clinging))
        return COST_CLINGS;
    if (begins_upper(item->text) && begins_upper(next->text))
        return COST_NAME;
    if (is_one_of(next->text, opening, sizeof opening / sizeof *opening))
        return COST_BEFORE;
    return COST_PLAIN;
}

size_t sb_caption_width(const sb_caption_items *items, size_t first, size_t last)
{
    size_t width = last - first;
    for (size_t i = first; i <= last; i++)
        width += items->items[i].width;
    return width;
}

/* How ill two lines look that are broken after item `at`; lines of like length, the upper one shorter, look best. */
static int line_break_cost(const sb_caption_items *items, size_t first, size_t at, size_t last)
{
    int upper = (int)sb_caption_width(items, first, at), lower = (int)sb_caption_width(items, at + 1, last);
    int uneven = upper > lower ? 2 * (upper - lower) : lower - upper;
    return sb_caption_break_cost(items, at) + uneven;
}

/* The item after which to break into two lines, or `last` where none leaves two lines that fit. */
static size_t best_line_break(const sb_caption_items *items, size_t first, size_t last)
{
    size_t best = last;
    for (size_t at = first, upper = 0; at < last; at++) {
        upper += items->items[at].width + (at > first ? 1 : 0);
        if (upper > SB_CAPTION_LINE_WIDTH)
            break;
        if (sb_caption_width(items, at + 1, last) > SB_CAPTION_LINE_WIDTH)
            continue;
        if (best == last ||
            line_break_cost(items, first, at, last) < line_break_cost(items, first, best, last))
            best = at;
    }
    return best;
}

bool sb_caption_fits(const sb_caption_items *items, size_t first, size_t last)
{
    size_t line = 1, width = 0;
    for (size_t i = first; i <= last && line <= SB_CAPTION_LINES; i++) {
        size_t wider = width + (width > 0) + items->items[i].width;
        bool same_line = wider <= SB_CAPTION_LINE_WIDTH;
        width = same_line ? wider : items->items[i].width;
        line += !same_line;
        if (width > SB_CAPTION_LINE_WIDTH)
            return false;
    }
    return line <= SB_CAPTION_LINES;
}

static void append(sb_bytes *out, const sb_caption_items *items, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++) {
        if (i > first)
            sb_bytes_text(out, " ");
        sb_one_line_append(out, items->items[i].text);
    }
}

/* As many words a line as fit, for text that two lines cannot hold. */
static void append_wrapped(sb_bytes *out, const sb_caption_items *items, size_t first, size_t last)
{
    for (size_t i = first, width = 0; i <= last; i++) {
        size_t wider = width + 1 + items->items[i].width;
        bool same_line = i > first && wider <= SB_CAPTION_LINE_WIDTH;
        if (i > first)
            sb_bytes_text(out, same_line ? " " : "\n");
        sb_one_line_append(out, items->items[i].text);
        width = same_line ? wider : items->items[i].width;
    }
}

char *sb_caption_lines(const sb_caption_items *items, size_t first, size_t last)
{
    sb_bytes out = {0};
    if (sb_caption_width(items, first, last) <= SB_CAPTION_LINE_WIDTH) {
        append(&out, items, first, last);
    } else if (!sb_caption_fits(items, first, last)) {
        append_wrapped(&out, items, first, last);
    } else {
        size_t at = best_line_break(items, first, last);
        append(&out, items, first, at);
        sb_bytes_text(&out, "\n");
        append(&out, items, at + 1, last);
    }
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}
