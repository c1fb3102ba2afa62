#include "quote/wording/wording.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

typedef struct reader {
    const char *text;
    size_t size, at;
    bool gap, failed;
    sb_quoted *out;
} reader;

static int32_t quoted_char_at(const reader *r, size_t at)
{
    return at < r->size ? sb_utf8_next(r->text, r->size, &at) : 0;
}

static size_t after_char(const reader *r, size_t at)
{
    sb_utf8_next(r->text, r->size, &at);
    return at;
}

static size_t after_spaces(const reader *r, size_t at)
{
    while (at < r->size && sb_is_space(quoted_char_at(r, at)))
        at = after_char(r, at);
    return at;
}

/* The end of a run of three or more points that starts at `at`, or `at` itself. */
static size_t after_points(const reader *r, size_t at)
{
    size_t end = at, n_points = 0;
    for (size_t next = at; quoted_char_at(r, next) == '.' || quoted_char_at(r, next) == 0x2026;) {
        n_points += quoted_char_at(r, next) == '.' ? 1 : 3;
        end = after_char(r, next);
        next = after_spaces(r, end);
    }
    return n_points >= 3 ? end : at;
}

/* The same, also for points in brackets. */
static size_t after_ellipsis(const reader *r, size_t at)
{
    int32_t open = quoted_char_at(r, at);
    if (open != '[' && open != '(')
        return after_points(r, at);
    size_t inside = after_spaces(r, after_char(r, at)), end = after_points(r, inside);
    if (end == inside)
        return at;
    end = after_spaces(r, end);
    return quoted_char_at(r, end) == (open == '[' ? ']' : ')') ? after_char(r, end) : at;
}

/* The position after the bracket that closes the one at `at`, or 0. */
static size_t after_bracket(const reader *r, size_t at)
{
    const char *close = memchr(r->text + at, ']', r->size - at);
    return close ? (size_t)(close - r->text) + 1 : 0;
}

static bool ends_word(const reader *r, size_t at)
{
    return at >= r->size || sb_is_space(quoted_char_at(r, at)) || after_ellipsis(r, at) > at;
}

static bool has_space(const reader *r, size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at = after_char(r, at))
        if (sb_is_space(quoted_char_at(r, at)))
            return true;
    return false;
}

static bool is_quoted_char(int32_t c)
{
    return sb_is_letter(c) || sb_is_digit(c);
}

static size_t end_of_word(const reader *r, size_t at)
{
    while (!ends_word(r, at)) {
        size_t close = quoted_char_at(r, at) == '[' ? after_bracket(r, at) : 0;
        if (close && has_space(r, at, close))
            break;
        at = close ? close : after_char(r, at);
    }
    return at;
}

static char *without_brackets(const char *text, size_t size)
{
    char *copy = sb_copy_bytes(text, size), *to = copy;
    for (const char *from = copy; from && *from; from++)
        if (*from != '[' && *from != ']')
            *to++ = *from;
    if (to)
        *to = '\0';
    return copy;
}

/* Keeps letters and digits only, like tokens. */
static void drop_marks(char *text)
{
    size_t size = strlen(text), kept = 0;
    for (size_t at = 0; at < size;) {
        size_t begin = at;
        if (!is_quoted_char(sb_utf8_next(text, size, &at)))
            continue;
        memmove(text + kept, text + begin, at - begin);
        kept += at - begin;
    }
    text[kept] = '\0';
}

static char *folded_part(const char *text, size_t size)
{
    char *copy = sb_copy_bytes(text, size), *folded = copy ? sb_fold(copy) : NULL;
    if (folded)
        drop_marks(folded);
    free(copy);
    return folded;
}

static sb_quoted_word *add_quoted_word(reader *r, size_t begin, size_t end)
{
    sb_quoted *out = r->out;
    if (!sb_push_room(&out->words, out->n_words, sizeof *out->words)) {
        r->failed = true;
        return NULL;
    }
    sb_quoted_word *word = &out->words[out->n_words++];
    *word = (sb_quoted_word){.text = sb_copy_bytes(r->text + begin, end - begin), .gap_before = r->gap};
    r->gap = false;
    r->failed = !word->text;
    r->at = end;
    return word;
}

static void add_plain_word(reader *r, size_t begin, size_t end)
{
    sb_quoted_word *word = add_quoted_word(r, begin, end);
    if (!word || r->failed)
        return;
    const char *open = memchr(word->text, '[', end - begin), *close = strrchr(word->text, ']');
    word->said = without_brackets(word->text, end - begin);
    if (open && close && open < close) {
        word->head = folded_part(word->text, (size_t)(open - word->text));
        word->tail = folded_part(close, strlen(close));
        r->failed = !word->head || !word->tail;
    }
    r->failed = r->failed || !word->said;
}

static size_t count_quoted_words(const reader *r, size_t begin, size_t end)
{
    size_t n = 0;
    bool inside = false;
    for (size_t at = begin; at < end; at = after_char(r, at)) {
        bool space = sb_is_space(quoted_char_at(r, at));
        n += !space && !inside;
        inside = !space;
    }
    return n ? n : 1;
}

/* Everything after the bracket up to the next blank is its punctuation. */
static void add_bracket(reader *r, size_t begin, size_t close)
{
    sb_quoted_word *word = add_quoted_word(r, begin, end_of_word(r, close));
    if (word)
        word->n_bracketed = count_quoted_words(r, begin + 1, close - 1);
}

static void read_quoted_word(reader *r)
{
    size_t begin = r->at, close = quoted_char_at(r, begin) == '[' ? after_bracket(r, begin) : 0;
    if (close && !is_quoted_char(quoted_char_at(r, close)))
        add_bracket(r, begin, close);
    else if (close && has_space(r, begin, close))
        add_bracket(r, begin, close);
    else
        add_plain_word(r, begin, end_of_word(r, begin));
}

sb_status sb_quoted_read(sb_quoted *out, const char *quote, sb_error *err)
{
    *out = (sb_quoted){0};
    reader r = {.text = quote, .size = strlen(quote), .out = out};
    while (!r.failed && (r.at = after_spaces(&r, r.at)) < r.size) {
        size_t end = after_ellipsis(&r, r.at);
        if (end == r.at) {
            read_quoted_word(&r);
            continue;
        }
        r.gap = true;
        r.at = end;
    }
    out->gap_after = r.gap;
    if (!r.failed)
        return SB_OK;
    sb_quoted_finish(out);
    return sb_error_memory(err, "verifying quotations");
}

void sb_quoted_finish(sb_quoted *quoted)
{
    for (size_t i = 0; i < quoted->n_words; i++) {
        free(quoted->words[i].text);
        free(quoted->words[i].said);
        free(quoted->words[i].head);
        free(quoted->words[i].tail);
    }
    free(quoted->words);
    *quoted = (sb_quoted){0};
}
