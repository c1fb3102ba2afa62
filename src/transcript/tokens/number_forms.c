#include "transcript/tokens/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"

#define PHONE_LEAST 7 /* digits of a telephone number; E.164 has at most 15 */
#define PHONE_MOST  15
#define PHONE_USUAL 9 /* a number with so many may be whole */

static size_t digits_of(const char *text)
{
    return strspn(text, "0123456789");
}

static bool is_digits_only(const sb_token *token)
{
    return digits_of(token->text) > 0 && !token->text[digits_of(token->text)] && !token->is_spelled;
}

/* The next block of digits of a telephone number. "0800/123" is one word, "0800 123, 456" are two numbers. */
static bool is_next_block(const sb_token *last, const sb_token *next)
{
    bool meets = next->joint ? strchr("-/", next->joint) != NULL : last->stop == SB_STOP_NONE;
    return meets && is_digits_only(next) && digits_of(next->text) > 1 && !last->is_hour;
}

/* "24" of "0800 123 456 24 hours". "Am" and "of" may be other words. */
static bool counts_something(const sb_tokens *tokens, size_t at)
{
    static const char *const other[] = {"am", "pm", "of"};
    if (at + 1 == tokens->n_items || tokens->items[at].stop != SB_STOP_NONE)
        return false;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (strcmp(tokens->items[at + 1].text, other[i]) == 0)
            return false;
    return sb_is_counted(tokens, at + 1);
}

/* Appends the blocks from `at` to `out`. If there are too many digits, these are two numbers; the second
 * begins with 0. Returns the end of the first one, or 0. */
static size_t read_blocks(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    const sb_token *items = tokens->items;
    size_t n_digits = 0, before = strlen(out), end = at, next_number = 0, size_there = 0;
    do {
        if (n_digits >= PHONE_USUAL && counts_something(tokens, end))
            break;
        if (n_digits >= PHONE_LEAST && items[end].text[0] == '0') {
            next_number = end;
            size_there = before + n_digits;
        }
        n_digits += digits_of(items[end].text);
        if (n_digits > PHONE_MOST) {
            out[size_there] = '\0';
            return next_number;
        }
        strcat(out, items[end++].text);
    } while (end < tokens->n_items && is_next_block(&items[end - 1], &items[end]));
    return n_digits < PHONE_LEAST ? 0 : end;
}

size_t sb_phone_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    const sb_token *first = &tokens->items[at], *end = tokens->items + tokens->n_items;
    bool has_plus = first + 1 < end && strcmp(first->text, "plus") == 0 && first->stop == SB_STOP_NONE &&
                    first[1].first_word == first->first_word && is_digits_only(&first[1]);
    if (!has_plus && (first->text[0] != '0' || !is_digits_only(first) ||
                      (at > 0 && first->first_word == first[-1].last_word)))
        return 0;
    strcpy(out, has_plus ? "plus" : "");
    size_t last = read_blocks(out, tokens, at + has_plus);
    return last > at + has_plus + 1 ? last - at : 0;
}

bool sb_has_thousands(const char *text)
{
    size_t size = digits_of(text);
    return size > 0 && size < 4 && text[0] != '0' && text[size] == '.' && digits_of(text + size + 1) == 3 &&
           !text[size + 4];
}

static size_t append_without_point(char *out, size_t size, const char *text)
{
    for (; *text; text++)
        if (*text != '.')
            out[size++] = *text;
    out[size] = '\0';
    return size;
}

size_t sb_grouped_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    const sb_token *first = &tokens->items[at];
    size_t n = 1, left = tokens->n_items - at, size;
    if (!sb_has_thousands(first->text) || first->is_spelled || first->joint)
        return 0;
    size = append_without_point(out, 0, first->text);
    while (n < left && first[n].joint == '.' && digits_of(first[n].text) == 3 && !first[n].text[3] &&
           size + 8 < SB_FORM_SIZE)
        size = append_without_point(out, size, first[n++].text);
    if (n < left && first[n].joint == ',' && is_digits_only(&first[n]) && strlen(first[n].text) < 4 &&
        size + 8 < SB_FORM_SIZE)
        snprintf(out + size, SB_FORM_SIZE - size, ".%s", first[n++].text);
    return n > 1 && (n == left || !first[n].joint) ? n : 0;
}

/* The value of a Chinese digit, or -1. */
static int chinese_digit(const char *text)
{
    static const char *const digits[] = {"零〇", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"};
    for (int i = 0; i < 10 && strlen(text) == 3; i++)
        if (strstr(digits[i], text))
            return i;
    return -1;
}

static unsigned chinese_scale(const char *text)
{
    static const struct {
        const char *text;
        unsigned value;
    } scales[] = {{"十", 10}, {"百", 100}, {"千", 1000}};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (strcmp(scales[i].text, text) == 0)
            return scales[i].value;
    return 0;
}

/* Reads "十五", "一百二十" or "三点五" and writes its digits. Returns the number of tokens. */
static size_t read_chinese(char *out, size_t room, const sb_tokens *tokens, size_t at)
{
    const sb_token *t = tokens->items + at;
    unsigned sum = 0, digit = 0;
    size_t n = 0, left = tokens->n_items - at, most = 8;
    bool has_digit = false;
    for (; n < left && n < most && (n == 0 || t[n - 1].stop == SB_STOP_NONE); n++) {
        int value = chinese_digit(t[n].text);
        unsigned scale = chinese_scale(t[n].text);
        if (value < 0 && !scale)
            break;
        if (value >= 0 && has_digit)
            return 0; /* read digit by digit */
        sum += scale ? (has_digit ? digit : 1) * scale : 0;
        digit = scale ? 0 : (unsigned)value;
        has_digit = value > 0;
    }
    if (n == 0 || n == most)
        return 0;
    int size = snprintf(out, room, "%u", sum + digit);
    if (n + 1 < left && (strcmp(t[n].text, "点") == 0 || strcmp(t[n].text, "點") == 0) &&
        chinese_digit(t[n + 1].text) >= 0) {
        out[size++] = '.';
        for (n++; n < left && n < most + 4 && chinese_digit(t[n].text) >= 0; n++)
            out[size++] = (char)('0' + chinese_digit(t[n].text));
        out[size] = '\0';
    }
    return n;
}

size_t sb_percent_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    const sb_token *t = tokens->items + at;
    size_t left = tokens->n_items - at, n = 0;
    if (left > 1 && sb_is_ascii_digit(t->text[0]) && t->stop == SB_STOP_NONE &&
        strcmp(t[1].text, "percent") == 0 && strlen(t->text) + 2 < SB_FORM_SIZE) {
        snprintf(out, SB_FORM_SIZE, "%.*s%%", SB_FORM_SIZE - 2, t->text);
        return 2;
    }
    if (left < 4 || strcmp(t->text, "百") != 0 || strcmp(t[1].text, "分") != 0 ||
        strcmp(t[2].text, "之") != 0)
        return 0;
    if (is_digits_only(&t[3]) && strlen(t[3].text) + 2 < SB_FORM_SIZE) {
        strcpy(out, t[3].text);
        n = 1;
    } else {
        n = read_chinese(out, SB_FORM_SIZE - 8, tokens, at + 3);
    }
    if (n > 0)
        strcat(out, "%");
    return n > 0 ? 3 + n : 0;
}
