#include "transcript/tokens/tokens.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MAX_PLACES 12

/* A number that is being read: `mantissa` / 10^`places`, from `used` parts. */
typedef struct number {
    uint64_t mantissa;
    int places;
    sb_number_form form;
    size_t used;
    uint64_t last_scale;
} number;

typedef struct parts_view {
    const sb_part *parts;
    size_t n_parts;
} parts_view;

/* True if parts[at] exists and no punctuation separates it from the part before. */
static bool number_goes_on(const parts_view *view, size_t at)
{
    return at < view->n_parts && view->parts[at - 1].stop == SB_STOP_NONE;
}

static bool next_is(const parts_view *view, size_t at, const char *text)
{
    return number_goes_on(view, at) && strcmp(view->parts[at].text, text) == 0;
}

static const sb_number_word *next_word(const parts_view *view, size_t at)
{
    return number_goes_on(view, at) ? sb_number_word_find(view->parts[at].text) : NULL;
}

static const sb_number_word *next_of_kind(const parts_view *view, size_t at, sb_number_kind wanted)
{
    const sb_number_word *word = next_word(view, at);
    return word && word->kind == wanted && word->form != SB_NUMBER_DECADE ? word : NULL;
}

static bool next_multiplies(const parts_view *view, size_t at)
{
    return next_of_kind(view, at, SB_NUMBER_HUNDRED) || next_of_kind(view, at, SB_NUMBER_SCALE);
}

/* Reads a number below 100: "seven", "seventeen", "seventy", "seventy seven". */
static bool read_small(number *out, const parts_view *view, size_t at)
{
    const sb_number_word *word = at < view->n_parts ? sb_number_word_find(view->parts[at].text) : NULL;
    if (!word || word->kind > SB_NUMBER_TENS)
        return false;
    *out = (number){.mantissa = word->value, .form = word->form, .used = 1};
    if (word->kind != SB_NUMBER_TENS || word->form != SB_NUMBER_CARDINAL)
        return true;
    const sb_number_word *unit = next_of_kind(view, at + 1, SB_NUMBER_UNIT);
    if (unit && unit->value > 0 && !(unit->value == 2 && unit->form == SB_NUMBER_ORDINAL)) {
        out->mantissa += unit->value;
        out->form = unit->form;
        out->used = 2;
    }
    return true;
}

static bool read_next_small(number *out, const parts_view *view, size_t at)
{
    return number_goes_on(view, at) && read_small(out, view, at);
}

/* Reads what follows "hundred", such as "five" or "and five", unless it is itself followed by "hundred". */
static void add_rest_of_hundred(number *n, const parts_view *view, size_t at)
{
    number rest;
    size_t skip = next_is(view, at + n->used, "and") ? 1 : 0;
    size_t from = at + n->used + skip;
    if (!read_next_small(&rest, view, from) || rest.form == SB_NUMBER_DECADE || rest.mantissa == 0)
        return;
    if (rest.mantissa == 2 && rest.form == SB_NUMBER_ORDINAL)
        return;
    if (next_of_kind(view, from + rest.used, SB_NUMBER_HUNDRED))
        return;
    n->mantissa += rest.mantissa;
    n->form = rest.form;
    n->used += skip + rest.used;
}

/* Reads a number below 10 000: "a hundred", "five hundred and six", "twenty five hundred". */
static bool read_number_group(number *out, const parts_view *view, size_t at)
{
    const sb_number_word *word = at < view->n_parts ? sb_number_word_find(view->parts[at].text) : NULL;
    if (word && word->kind == SB_NUMBER_HUNDRED)
        *out = (number){.mantissa = 1};
    else if (at < view->n_parts && strcmp(view->parts[at].text, "a") == 0 &&
             next_of_kind(view, at + 1, SB_NUMBER_HUNDRED))
        *out = (number){.mantissa = 1, .used = 1};
    else if (!read_small(out, view, at))
        return false;
    const sb_number_word *hundred = out->used ? next_of_kind(view, at + out->used, SB_NUMBER_HUNDRED) : word;
    if (out->form != SB_NUMBER_CARDINAL || out->mantissa == 0 || !hundred)
        return true;
    out->mantissa *= 100;
    out->form = hundred->form;
    out->used++;
    if (out->form == SB_NUMBER_CARDINAL)
        add_rest_of_hundred(out, view, at);
    return true;
}

/* Reads a year: "nineteen ninety five", "twenty oh one", "nineteen eighties". */
static bool read_year(number *out, const parts_view *view, size_t at)
{
    number century, rest;
    if (!read_small(&century, view, at) || century.form != SB_NUMBER_CARDINAL || century.mantissa < 16 ||
        century.mantissa > 20)
        return false;
    size_t from = at + century.used;
    bool has_oh = next_is(view, from, "oh") || next_is(view, from, "o");
    if (!read_next_small(&rest, view, from + has_oh) || rest.form == SB_NUMBER_ORDINAL ||
        (rest.mantissa < 10) != has_oh || rest.mantissa == 0)
        return false;
    if (next_multiplies(view, from + has_oh + rest.used))
        return false;
    *out = (number){.mantissa = century.mantissa * 100 + rest.mantissa,
                    .form = rest.form,
                    .used = century.used + has_oh + rest.used};
    return true;
}

/* Reads "a million", "million" and similar at the beginning. */
static bool read_bare_scale(number *out, const parts_view *view, size_t at)
{
    size_t article = strcmp(view->parts[at].text, "a") == 0 && number_goes_on(view, at + 1) ? 1 : 0;
    const sb_number_word *word = sb_number_word_find(view->parts[at + article].text);
    if (!word || word->kind != SB_NUMBER_SCALE || (article && word->form == SB_NUMBER_ORDINAL))
        return false;
    *out =
        (number){.mantissa = word->value, .form = word->form, .used = article + 1, .last_scale = word->value};
    return true;
}

/* Returns where the next group of a long number begins, or 0: "two million [,|and] three hundred
 * thousand". */
static size_t next_group_at(const parts_view *view, const number *n, size_t at)
{
    size_t next = at + n->used;
    if (next >= view->n_parts || view->parts[next - 1].stop == SB_STOP_FULL)
        return 0;
    if (strcmp(view->parts[next].text, "and") == 0)
        return number_goes_on(view, next + 1) ? next + 1 : 0;
    return next;
}

static bool add_digit_group(number *n, const parts_view *view, size_t at)
{
    number group;
    size_t from = n->used ? next_group_at(view, n, at) : at;
    if ((n->used && !from) || !read_number_group(&group, view, from))
        return false;
    if (n->used && (group.form == SB_NUMBER_DECADE || group.mantissa == 0))
        return false;
    if (n->used && view->parts[at + n->used - 1].stop == SB_STOP_COMMA && group.mantissa < 100)
        return false;
    const sb_number_word *scale =
        group.form == SB_NUMBER_CARDINAL ? next_of_kind(view, from + group.used, SB_NUMBER_SCALE) : NULL;
    uint64_t unit = scale ? scale->value : 1;
    if (n->used && (unit >= n->last_scale || group.mantissa * unit >= n->last_scale))
        return false;
    n->mantissa += group.mantissa * unit;
    n->form = scale ? scale->form : group.form;
    n->used = from - at + group.used + (scale ? 1 : 0);
    n->last_scale = unit;
    return scale && n->form == SB_NUMBER_CARDINAL && group.mantissa > 0;
}

static bool read_integer(number *out, const parts_view *view, size_t at)
{
    *out = (number){0};
    if (read_year(out, view, at))
        return true;
    if (!read_bare_scale(out, view, at) && !add_digit_group(out, view, at))
        return out->used > 0;
    while (out->form == SB_NUMBER_CARDINAL && out->last_scale > 1 && add_digit_group(out, view, at))
        continue;
    return true;
}

/* Reads digits such as "2.5" as the beginning of a number that continues in words. */
static bool read_digit_number(number *out, const char *text)
{
    *out = (number){.used = 1};
    bool after_point = false;
    for (const char *c = text; *c; c++) {
        if (*c == '.' && !after_point) {
            after_point = true;
            continue;
        }
        if (*c < '0' || *c > '9' || out->mantissa > UINT64_MAX / 10 - 1)
            return false;
        out->mantissa = out->mantissa * 10 + (uint64_t)(*c - '0');
        out->places += after_point;
    }
    return *text != 0 && out->places <= MAX_PLACES;
}

static void append_decimal(number *n, uint64_t digit)
{
    n->mantissa = n->mantissa * 10 + digit;
    n->places++;
}

/* Reads "point one four" or "point twenty five". */
static void add_decimals(number *n, const parts_view *view, size_t at)
{
    number small;
    if (n->mantissa > 999999 || !next_is(view, at + n->used, "point"))
        return;
    size_t next = at + n->used + 1;
    while (n->places < MAX_PLACES && next < view->n_parts) {
        if (next_is(view, next, "oh"))
            small = (number){.used = 1};
        else if (!read_next_small(&small, view, next) || small.form != SB_NUMBER_CARDINAL)
            break;
        if (small.mantissa >= 10)
            append_decimal(n, small.mantissa / 10);
        append_decimal(n, small.mantissa % 10);
        next += small.used;
    }
    if (n->places > 0)
        n->used = next - at;
}

/* Reads "and a half", "and a quarter", "and three quarters". Returns the number of parts, or 0. */
static size_t fraction_at(const parts_view *view, size_t at, uint64_t *hundredths)
{
    if (!next_is(view, at, "and"))
        return 0;
    bool is_one = next_is(view, at + 1, "a") || next_is(view, at + 1, "one");
    if (is_one && next_is(view, at + 2, "half"))
        *hundredths = 50;
    else if (is_one && next_is(view, at + 2, "quarter"))
        *hundredths = 25;
    else if (next_is(view, at + 1, "three") && next_is(view, at + 2, "quarters"))
        *hundredths = 75;
    else
        return 0;
    return 3;
}

static void add_fraction(number *n, const parts_view *view, size_t at)
{
    uint64_t hundredths;
    size_t used = n->places > 0 || n->mantissa > UINT64_MAX / 100 - 1
                      ? 0
                      : fraction_at(view, at + n->used, &hundredths);
    if (used == 0)
        return;
    n->used += used;
    if (n->last_scale > 1) {
        n->mantissa += n->last_scale / 100 * hundredths;
        return;
    }
    append_decimal(n, hundredths / 10);
    if (hundredths % 10)
        append_decimal(n, hundredths % 10);
    n->last_scale = 0;
}

/* Multiplies by each following "hundred" or "million" as long as the result is an integer. */
static void multiply(number *n, const parts_view *view, size_t at)
{
    while (next_multiplies(view, at + n->used)) {
        const sb_number_word *word = next_word(view, at + n->used);
        uint64_t unit = word->value;
        int places = n->places;
        for (; places > 0 && unit % 10 == 0; places--)
            unit /= 10;
        uint64_t product;
        if (places > 0 || __builtin_mul_overflow(n->mantissa, unit, &product))
            return;
        n->mantissa = product;
        n->places = 0;
        n->form = word->form;
        n->used++;
        if (n->form == SB_NUMBER_ORDINAL)
            return;
    }
}

/* Reads "half a million" or "half million". */
static bool read_half_of_scale(number *out, const parts_view *view, size_t at)
{
    if (strcmp(view->parts[at].text, "half") != 0)
        return false;
    size_t article = next_is(view, at + 1, "a") ? 1 : 0;
    const sb_number_word *word = next_word(view, at + 1 + article);
    if (!word || word->kind < SB_NUMBER_HUNDRED || word->form != SB_NUMBER_CARDINAL)
        return false;
    *out = (number){.mantissa = word->value / 2, .used = 2 + article};
    return true;
}

static const char *suffix_of(const number *n)
{
    uint64_t tens = n->mantissa / 10 % 10, unit = n->mantissa % 10;
    if (n->form == SB_NUMBER_DECADE)
        return "s";
    if (n->form == SB_NUMBER_CARDINAL)
        return "";
    if (tens == 1 || unit == 0 || unit > 3)
        return "th";
    return unit == 1 ? "st" : unit == 2 ? "nd" : "rd";
}

static void print_number(char out[SB_NUMBER_TEXT], const number *n)
{
    uint64_t power = 1;
    for (int i = 0; i < n->places; i++)
        power *= 10;
    size_t length = (size_t)snprintf(out, SB_NUMBER_TEXT, "%" PRIu64 "%s", n->mantissa / power,
                                     n->places ? "." : suffix_of(n));
    for (uint64_t digit = power / 10; digit > 0 && length + 1 < SB_NUMBER_TEXT; digit /= 10)
        out[length++] = (char)('0' + n->mantissa / digit % 10);
    out[length] = 0;
}

size_t sb_number_read(char out[SB_NUMBER_TEXT], const sb_part *parts, size_t n_parts, size_t at)
{
    parts_view view = {parts, n_parts};
    number n;
    bool is_digits = parts[at].text[0] >= '0' && parts[at].text[0] <= '9';
    if (is_digits ? !read_digit_number(&n, parts[at].text)
                  : !read_half_of_scale(&n, &view, at) && !read_integer(&n, &view, at))
        return 0;
    if (n.form == SB_NUMBER_CARDINAL) {
        add_decimals(&n, &view, at);
        add_fraction(&n, &view, at);
        if (n.last_scale <= 1)
            multiply(&n, &view, at);
    }
    if (is_digits && n.used == 1)
        return 0;
    print_number(out, &n);
    return n.used;
}
