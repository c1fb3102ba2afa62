#include "quote/article/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"

#define DEEPEST 8

/* A mark that opens a quotation, and those that may close it. */
static const struct pair {
    int32_t open, close[3];
    bool strict; /* it may also be a closing mark or an apostrophe: a word must follow */
    bool single;
} pairs[] = {
    {0x201C, {0x201D, '"', 0x201C}, true, false}, {0x201E, {0x201C, 0x201D, '"'}, false, false},
    {0x201F, {0x201D, 0, 0}, false, false},       {0xAB, {0xBB, 0, 0}, false, false},
    {0xBB, {0xAB, 0xBB, 0}, true, false},         {0x2039, {0x203A, 0, 0}, false, false},
    {0x203A, {0x2039, 0x203A, 0}, true, false},   {0x300C, {0x300D, 0, 0}, false, false},
    {0x300E, {0x300F, 0, 0}, false, false},       {0x301D, {0x301E, 0x301F, 0}, false, false},
    {'"', {'"', 0x201D, 0}, true, false},         {0xFF02, {0xFF02, 0, 0}, true, false},
    {0x201D, {0x201D, 0, 0}, true, false},        {0x2018, {0x2019, '\'', 0}, true, true},
    {0x201A, {0x2018, 0x2019, 0}, false, true},   {'\'', {'\'', 0x2019, 0}, true, true},
    {0x2019, {0x2019, 0, 0}, true, true},
};

typedef struct scanner {
    const sb_article *article;
    sb_marked_quotes *out;
    const struct pair *open[DEEPEST];
    size_t depth;
    size_t paragraph, begin, content; /* of the open quotation */
    sb_bytes text;
    bool failed;
} scanner;

static const struct pair *pair_of(int32_t c)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].open == c)
            return &pairs[i];
    return NULL;
}

static bool closes(const struct pair *pair, int32_t c)
{
    return c && (c == pair->close[0] || c == pair->close[1] || c == pair->close[2]);
}

static bool is_word(int32_t c)
{
    return sb_is_letter(c) || sb_is_digit(c);
}

static int32_t char_before(const char *text, size_t at)
{
    return at ? sb_utf8_last(text, 0, &at) : 0;
}

static int32_t char_of_article(const char *text, size_t size, size_t at)
{
    return at < size ? sb_utf8_next(text, size, &at) : 0;
}

static bool is_apostrophe(int32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* "'90s", "'em": the letters that an apostrophe at the beginning of a word stands before. */
static bool is_clipped_word(const char *text)
{
    static const char *const words[] = {"em", "til", "cause", "tis", "twas", "n", "round", "bout"};
    size_t n = 0;
    while ((text[n] | 32) >= 'a' && (text[n] | 32) <= 'z')
        n++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && !strncmp(text, words[i], n))
            return true;
    return text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9' && text[2] == 's';
}

/* True if another apostrophe follows that may close the quotation. */
static bool closes_later(const char *text, size_t size, size_t at, const struct pair *pair)
{
    while (at < size) {
        size_t here = at;
        int32_t c = sb_utf8_next(text, size, &at);
        if (closes(pair, c) && !is_word(char_of_article(text, size, at)) &&
            !sb_is_space(char_before(text, here)))
            return true;
        if (c == pair->open && c != pair->close[0] && is_word(char_of_article(text, size, at)))
            return false;
    }
    return false;
}

static bool may_open(const char *text, size_t size, size_t at, size_t next, int32_t c)
{
    const struct pair *pair = pair_of(c);
    int32_t before = char_before(text, at), after = char_of_article(text, size, next);
    if (!pair)
        return false;
    if (!pair->strict)
        return true;
    if (!after || sb_is_space(after) || is_word(before) || sb_is_digit(before))
        return false;
    if (before && !sb_is_space(before) && strchr(".,!?", before < 128 ? (int)before : ' ') && before != '(')
        return false;
    if (!pair->single)
        return true;
    return !(is_apostrophe(c) && is_clipped_word(text + next)) && closes_later(text, size, next, pair);
}

static bool may_close(const char *text, size_t size, size_t at, size_t next, int32_t c,
                      const struct pair *pair)
{
    int32_t before = char_before(text, at), after = char_of_article(text, size, next);
    if (!closes(pair, c))
        return false;
    if (c == pair->open && sb_is_space(before) && is_word(after))
        return false;
    if (!pair->single)
        return true;
    if (is_word(after) || sb_is_space(before))
        return false;
    /* "the boys' room" */
    return !((before == 's' || before == 'S') && sb_is_space(after) && closes_later(text, size, next, pair));
}

static void emit(scanner *s, size_t last_paragraph, size_t end, bool unclosed)
{
    sb_bytes_text(&s->text, "");
    char *text = s->text.failed ? NULL : sb_copy_text(s->text.data, &(bool){true});
    if (!text || !sb_grow(&s->out->items, s->out->n_items, &s->out->capacity, sizeof *s->out->items)) {
        free(text);
        s->failed = true;
    } else {
        s->out->items[s->out->n_items++] =
            (sb_marked_quote){s->paragraph, last_paragraph, s->begin, end, text, unclosed};
    }
    sb_bytes_finish(&s->text);
    s->depth = 0;
}

/* Returns the depth that a closing mark leaves, or the present depth if it closes nothing. */
static size_t depth_after(const scanner *s, const char *text, size_t size, size_t at, size_t next, int32_t c)
{
    for (size_t d = s->depth; d-- > 0;)
        if (may_close(text, size, at, next, c, s->open[d]))
            return d;
    return s->depth;
}

static void scan(scanner *s, size_t paragraph, const char *text, size_t at)
{
    size_t size = strlen(text);
    s->content = at;
    while (at < size && !s->failed) {
        size_t next = at;
        int32_t c = sb_utf8_next(text, size, &next);
        size_t depth = depth_after(s, text, size, at, next, c);
        if (depth < s->depth) {
            s->depth = depth;
            if (depth == 0) {
                sb_bytes_append(&s->text, text + s->content, at - s->content);
                emit(s, paragraph, next, false);
            }
        } else if (may_open(text, size, at, next, c) && s->depth < DEEPEST) {
            s->open[s->depth++] = pair_of(c);
            if (s->depth == 1) {
                s->paragraph = paragraph;
                s->begin = at;
                s->content = next;
            }
        }
        at = next;
    }
    if (s->depth && !s->failed)
        sb_bytes_append(&s->text, text + s->content, size - s->content);
}

/* The position after the mark with which a paragraph continues the open quotation; 0 if it does not. */
static size_t continued_at(const scanner *s, const char *text)
{
    size_t at = strspn(text, " \t"), size = strlen(text);
    const struct pair *pair = s->open[0];
    if (at >= size)
        return 0;
    int32_t c = sb_utf8_next(text, size, &at);
    return c == pair->open || (pair->open == 0xAB && c == 0xBB) ? at : 0;
}

static void next_paragraph(scanner *s, size_t p)
{
    const char *text = s->article->paragraphs[p];
    size_t from = s->depth ? continued_at(s, text) : 0;
    if (s->depth && from) {
        sb_bytes_text(&s->text, " ");
        s->depth = 1;
    } else if (s->depth) {
        emit(s, p - 1, strlen(s->article->paragraphs[p - 1]), true);
    }
    scan(s, p, text, from);
}

sb_status sb_marked_quotes_find(sb_marked_quotes *out, const sb_article *article, sb_error *err)
{
    scanner s = {.article = article, .out = out};
    *out = (sb_marked_quotes){0};
    for (size_t p = 0; p < article->n_paragraphs && !s.failed; p++)
        next_paragraph(&s, p);
    if (s.depth && !s.failed)
        emit(&s, article->n_paragraphs - 1, strlen(article->paragraphs[article->n_paragraphs - 1]), true);
    sb_bytes_finish(&s.text);
    if (!s.failed)
        return SB_OK;
    sb_marked_quotes_finish(out);
    return sb_error_memory(err, "reading an article");
}

void sb_marked_quotes_finish(sb_marked_quotes *quotes)
{
    for (size_t i = 0; i < quotes->n_items; i++)
        free(quotes->items[i].text);
    free(quotes->items);
    *quotes = (sb_marked_quotes){0};
}
