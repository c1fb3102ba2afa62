#include "transcript/numbers.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PLACES 12

typedef enum kind { UNIT, TEEN, TENS, HUNDRED, SCALE } kind;
typedef enum form { CARDINAL, ORDINAL, DECADE } form;

typedef struct number_word {
    const char *text;
    uint64_t value;
    kind kind;
    form form;
} number_word;

/* A number on its way: `mantissa` / 10^`places`, read from `used` parts. */
typedef struct number {
    uint64_t mantissa;
    int places;
    form form;
    size_t used;
    uint64_t last_scale;
} number;

typedef struct parts_view {
    const sb_part *parts;
    size_t n_parts;
} parts_view;

static const number_word number_words[] = {{"billion", 1000000000, SCALE, CARDINAL},
                                           {"billionth", 1000000000, SCALE, ORDINAL},
                                           {"eight", 8, UNIT, CARDINAL},
                                           {"eighteen", 18, TEEN, CARDINAL},
                                           {"eighteenth", 18, TEEN, ORDINAL},
                                           {"eighth", 8, UNIT, ORDINAL},
                                           {"eighties", 80, TENS, DECADE},
                                           {"eightieth", 80, TENS, ORDINAL},
                                           {"eighty", 80, TENS, CARDINAL},
                                           {"eleven", 11, TEEN, CARDINAL},
                                           {"eleventh", 11, TEEN, ORDINAL},
                                           {"fifteen", 15, TEEN, CARDINAL},
                                           {"fifteenth", 15, TEEN, ORDINAL},
                                           {"fifth", 5, UNIT, ORDINAL},
                                           {"fifties", 50, TENS, DECADE},
                                           {"fiftieth", 50, TENS, ORDINAL},
                                           {"fifty", 50, TENS, CARDINAL},
                                           {"first", 1, UNIT, ORDINAL},
                                           {"five", 5, UNIT, CARDINAL},
                                           {"forties", 40, TENS, DECADE},
                                           {"fortieth", 40, TENS, ORDINAL},
                                           {"forty", 40, TENS, CARDINAL},
                                           {"four", 4, UNIT, CARDINAL},
                                           {"fourteen", 14, TEEN, CARDINAL},
                                           {"fourteenth", 14, TEEN, ORDINAL},
                                           {"fourth", 4, UNIT, ORDINAL},
                                           {"fourty", 40, TENS, CARDINAL},
                                           {"hundred", 100, HUNDRED, CARDINAL},
                                           {"hundredth", 100, HUNDRED, ORDINAL},
                                           {"million", 1000000, SCALE, CARDINAL},
                                           {"millionth", 1000000, SCALE, ORDINAL},
                                           {"nine", 9, UNIT, CARDINAL},
                                           {"nineteen", 19, TEEN, CARDINAL},
                                           {"nineteenth", 19, TEEN, ORDINAL},
                                           {"nineties", 90, TENS, DECADE},
                                           {"ninetieth", 90, TENS, ORDINAL},
                                           {"ninety", 90, TENS, CARDINAL},
                                           {"ninth", 9, UNIT, ORDINAL},
                                           {"one", 1, UNIT, CARDINAL},
                                           {"second", 2, UNIT, ORDINAL},
                                           {"seven", 7, UNIT, CARDINAL},
                                           {"seventeen", 17, TEEN, CARDINAL},
                                           {"seventeenth", 17, TEEN, ORDINAL},
                                           {"seventh", 7, UNIT, ORDINAL},
                                           {"seventies", 70, TENS, DECADE},
                                           {"seventieth", 70, TENS, ORDINAL},
                                           {"seventy", 70, TENS, CARDINAL},
                                           {"six", 6, UNIT, CARDINAL},
                                           {"sixteen", 16, TEEN, CARDINAL},
                                           {"sixteenth", 16, TEEN, ORDINAL},
                                           {"sixth", 6, UNIT, ORDINAL},
                                           {"sixties", 60, TENS, DECADE},
                                           {"sixtieth", 60, TENS, ORDINAL},
                                           {"sixty", 60, TENS, CARDINAL},
                                           {"ten", 10, TEEN, CARDINAL},
                                           {"tenth", 10, TEEN, ORDINAL},
                                           {"third", 3, UNIT, ORDINAL},
                                           {"thirteen", 13, TEEN, CARDINAL},
                                           {"thirteenth", 13, TEEN, ORDINAL},
                                           {"thirties", 30, TENS, DECADE},
                                           {"thirtieth", 30, TENS, ORDINAL},
                                           {"thirty", 30, TENS, CARDINAL},
                                           {"thousand", 1000, SCALE, CARDINAL},
                                           {"thousandth", 1000, SCALE, ORDINAL},
                                           {"three", 3, UNIT, CARDINAL},
                                           {"trillion", 1000000000000, SCALE, CARDINAL},
                                           {"trillionth", 1000000000000, SCALE, ORDINAL},
                                           {"twelfth", 12, TEEN, ORDINAL},
                                           {"twelve", 12, TEEN, CARDINAL},
                                           {"twenties", 20, TENS, DECADE},
                                           {"twentieth", 20, TENS, ORDINAL},
                                           {"twenty", 20, TENS, CARDINAL},
                                           {"two", 2, UNIT, CARDINAL},
                                           {"zero", 0, UNIT, CARDINAL}};

static int compare_words(const void *key, const void *entry)
{
    return strcmp(key, ((const number_word *)entry)->text);
}

static const number_word *find_word(const char *text)
{
    return bsearch(text, number_words, sizeof number_words / sizeof *number_words, sizeof *number_words,
                   compare_words);
}

/* Whether parts[at] is there and nothing stands between it and its predecessor. */
static bool goes_on(const parts_view *view, size_t at)
{
    return at < view->n_parts && view->parts[at - 1].stop == SB_STOP_NONE;
}

static bool next_is(const parts_view *view, size_t at, const char *text)
{
    return goes_on(view, at) && strcmp(view->parts[at].text, text) == 0;
}

static const number_word *next_word(const parts_view *view, size_t at)
{
    return goes_on(view, at) ? find_word(view->parts[at].text) : NULL;
}

static const number_word *next_of_kind(const parts_view *view, size_t at, kind wanted)
{
    const number_word *word = next_word(view, at);
    return word && word->kind == wanted && word->form != DECADE ? word : NULL;
}

static bool next_multiplies(const parts_view *view, size_t at)
{
    return next_of_kind(view, at, HUNDRED) || next_of_kind(view, at, SCALE);
}

/* Below 100: "seven", "seventeen", "seventy", "seventy seven". */
static bool read_small(number *out, const parts_view *view, size_t at)
{
    const number_word *word = at < view->n_parts ? find_word(view->parts[at].text) : NULL;
    if (!word || word->kind > TENS)
        return false;
    *out = (number){.mantissa = word->value, .form = word->form, .used = 1};
    if (word->kind != TENS || word->form != CARDINAL)
        return true;
    const number_word *unit = next_of_kind(view, at + 1, UNIT);
    if (unit && unit->value > 0 && !(unit->value == 2 && unit->form == ORDINAL)) {
        out->mantissa += unit->value;
        out->form = unit->form;
        out->used = 2;
    }
    return true;
}

static bool read_next_small(number *out, const parts_view *view, size_t at)
{
    return goes_on(view, at) && read_small(out, view, at);
}

/* What follows "hundred": "five", "and five"; not what is itself counted in hundreds. */
static void add_rest_of_hundred(number *n, const parts_view *view, size_t at)
{
    number rest;
    size_t skip = next_is(view, at + n->used, "and") ? 1 : 0;
    size_t from = at + n->used + skip;
    if (!read_next_small(&rest, view, from) || rest.form == DECADE || rest.mantissa == 0)
        return;
    if (rest.mantissa == 2 && rest.form == ORDINAL)
        return;
    if (next_of_kind(view, from + rest.used, HUNDRED))
        return;
    n->mantissa += rest.mantissa;
    n->form = rest.form;
    n->used += skip + rest.used;
}

/* Below 10 000: "a hundred", "five hundred and six", "twenty five hundred". */
static bool read_group(number *out, const parts_view *view, size_t at)
{
    const number_word *word = at < view->n_parts ? find_word(view->parts[at].text) : NULL;
    if (word && word->kind == HUNDRED)
        *out = (number){.mantissa = 1};
    else if (at < view->n_parts && strcmp(view->parts[at].text, "a") == 0 &&
             next_of_kind(view, at + 1, HUNDRED))
        *out = (number){.mantissa = 1, .used = 1};
    else if (!read_small(out, view, at))
        return false;
    const number_word *hundred = out->used ? next_of_kind(view, at + out->used, HUNDRED) : word;
    if (out->form != CARDINAL || out->mantissa == 0 || !hundred)
        return true;
    out->mantissa *= 100;
    out->form = hundred->form;
    out->used++;
    if (out->form == CARDINAL)
        add_rest_of_hundred(out, view, at);
    return true;
}

/* "nineteen ninety five", "twenty oh one", "nineteen eighties". */
static bool read_year(number *out, const parts_view *view, size_t at)
{
    number century, rest;
    if (!read_small(&century, view, at) || century.form != CARDINAL || century.mantissa < 16 ||
        century.mantissa > 20)
        return false;
    size_t from = at + century.used;
    bool has_oh = next_is(view, from, "oh") || next_is(view, from, "o");
    if (!read_next_small(&rest, view, from + has_oh) || rest.form == ORDINAL ||
        (rest.mantissa < 10) != has_oh || rest.mantissa == 0)
        return false;
    if (next_multiplies(view, from + has_oh + rest.used))
        return false;
    *out = (number){.mantissa = century.mantissa * 100 + rest.mantissa,
                    .form = rest.form,
                    .used = century.used + has_oh + rest.used};
    return true;
}

/* A whole million or the like at the beginning: "a million", "million". */
static bool read_bare_scale(number *out, const parts_view *view, size_t at)
{
    size_t article = strcmp(view->parts[at].text, "a") == 0 && goes_on(view, at + 1) ? 1 : 0;
    const number_word *word = find_word(view->parts[at + article].text);
    if (!word || word->kind != SCALE || (article && word->form == ORDINAL))
        return false;
    *out =
        (number){.mantissa = word->value, .form = word->form, .used = article + 1, .last_scale = word->value};
    return true;
}

/* Where the next group of a long number begins, or 0: "two million [,|and] three hundred thousand". */
static size_t next_group_at(const parts_view *view, const number *n, size_t at)
{
    size_t next = at + n->used;
    if (next >= view->n_parts || view->parts[next - 1].stop == SB_STOP_FULL)
        return 0;
    if (strcmp(view->parts[next].text, "and") == 0)
        return goes_on(view, next + 1) ? next + 1 : 0;
    return next;
}

static bool add_group(number *n, const parts_view *view, size_t at)
{
    number group;
    size_t from = n->used ? next_group_at(view, n, at) : at;
    if ((n->used && !from) || !read_group(&group, view, from))
        return false;
    if (n->used && (group.form == DECADE || group.mantissa == 0))
        return false;
    if (n->used && view->parts[at + n->used - 1].stop == SB_STOP_COMMA && group.mantissa < 100)
        return false;
    const number_word *scale = group.form == CARDINAL ? next_of_kind(view, from + group.used, SCALE) : NULL;
    uint64_t unit = scale ? scale->value : 1;
    if (n->used && (unit >= n->last_scale || group.mantissa * unit >= n->last_scale))
        return false;
    n->mantissa += group.mantissa * unit;
    n->form = scale ? scale->form : group.form;
    n->used = from - at + group.used + (scale ? 1 : 0);
    n->last_scale = unit;
    return scale && n->form == CARDINAL && group.mantissa > 0;
}

static bool read_integer(number *out, const parts_view *view, size_t at)
{
    *out = (number){0};
    if (read_year(out, view, at))
        return true;
    if (!read_bare_scale(out, view, at) && !add_group(out, view, at))
        return out->used > 0;
    while (out->form == CARDINAL && out->last_scale > 1 && add_group(out, view, at))
        continue;
    return true;
}

/* Digits as they stand in the text, "2.5", as the beginning of a number that words go on with. */
static bool read_digits(number *out, const char *text)
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

/* "point one four", "point twenty five". */
static void add_decimals(number *n, const parts_view *view, size_t at)
{
    number small;
    if (n->mantissa > 999999 || !next_is(view, at + n->used, "point"))
        return;
    size_t next = at + n->used + 1;
    while (n->places < MAX_PLACES && next < view->n_parts) {
        if (next_is(view, next, "oh"))
            small = (number){.used = 1};
        else if (!read_next_small(&small, view, next) || small.form != CARDINAL)
            break;
        if (small.mantissa >= 10)
            append_decimal(n, small.mantissa / 10);
        append_decimal(n, small.mantissa % 10);
        next += small.used;
    }
    if (n->places > 0)
        n->used = next - at;
}

static void add_half(number *n, const parts_view *view, size_t at)
{
    size_t next = at + n->used;
    if (n->places > 0 || !next_is(view, next, "and") || !next_is(view, next + 1, "a") ||
        !next_is(view, next + 2, "half") || n->mantissa > UINT64_MAX / 10 - 1)
        return;
    n->used += 3;
    if (n->last_scale > 1)
        n->mantissa += n->last_scale / 2;
    else {
        append_decimal(n, 5);
        n->last_scale = 0;
    }
}

/* Multiplies by every "hundred" and "million" that follows, where a whole number results. */
static void multiply(number *n, const parts_view *view, size_t at)
{
    while (next_multiplies(view, at + n->used)) {
        const number_word *word = next_word(view, at + n->used);
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
        if (n->form == ORDINAL)
            return;
    }
}

/* "half a million", "half million". */
static bool read_half_of_scale(number *out, const parts_view *view, size_t at)
{
    if (strcmp(view->parts[at].text, "half") != 0)
        return false;
    size_t article = next_is(view, at + 1, "a") ? 1 : 0;
    const number_word *word = next_word(view, at + 1 + article);
    if (!word || word->kind < HUNDRED || word->form != CARDINAL)
        return false;
    *out = (number){.mantissa = word->value / 2, .used = 2 + article};
    return true;
}

static const char *suffix_of(const number *n)
{
    uint64_t tens = n->mantissa / 10 % 10, unit = n->mantissa % 10;
    if (n->form == DECADE)
        return "s";
    if (n->form == CARDINAL)
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
    if (is_digits ? !read_digits(&n, parts[at].text)
                  : !read_half_of_scale(&n, &view, at) && !read_integer(&n, &view, at))
        return 0;
    if (n.form == CARDINAL) {
        add_decimals(&n, &view, at);
        add_half(&n, &view, at);
        if (n.last_scale <= 1)
            multiply(&n, &view, at);
    }
    if (is_digits && n.used == 1)
        return 0;
    print_number(out, &n);
    return n.used;
}
