#include "pronounce/spoken/spoken.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const small[] = {"zero",    "one",     "two",       "three",    "four",
                                    "five",    "six",     "seven",     "eight",    "nine",
                                    "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                   "fifty", "sixty", "seventy", "eighty", "ninety"};

typedef struct words {
    char text[SB_SAYING_SIZE_MAX];
    size_t size;
    bool with_and; /* "two thousand and five" */
} words;

static void put_word(words *w, const char *word)
{
    int n = snprintf(w->text + w->size, sizeof w->text - w->size, "%s%s", w->size ? " " : "", word);
    if (n > 0 && w->size + (size_t)n < sizeof w->text)
        w->size += (size_t)n;
}

static void put_below_hundred(words *w, unsigned n)
{
    if (n < 20) {
        put_word(w, small[n]);
        return;
    }
    put_word(w, tens[n / 10]);
    if (n % 10)
        put_word(w, small[n % 10]);
}

static void put_below_thousand(words *w, unsigned n)
{
    if (n >= 100) {
        put_word(w, small[n / 100]);
        put_word(w, "hundred");
    }
    if (n % 100 && n >= 100 && w->with_and)
        put_word(w, "and");
    if (n % 100)
        put_below_hundred(w, n % 100);
}

static void put_cardinal(words *w, uint64_t n)
{
    static const struct {
        uint64_t size;
        const char *name;
    } scales[] = {{1000000000000000u, "quadrillion"},
                  {1000000000000u, "trillion"},
                  {1000000000u, "billion"},
                  {1000000u, "million"},
                  {1000u, "thousand"}};
    uint64_t rest = n;
    if (n == 0)
        put_word(w, "zero");
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (rest < scales[i].size)
            continue;
        put_below_thousand(w, (unsigned)(rest / scales[i].size));
        put_word(w, scales[i].name);
        rest %= scales[i].size;
    }
    if (rest > 0 && rest < 100 && n >= 1000 && w->with_and)
        put_word(w, "and");
    if (rest > 0)
        put_below_thousand(w, (unsigned)rest);
}

static void say_cardinal(sb_sayings *out, uint64_t n, bool with_and)
{
    words w = {.with_and = with_and};
    put_cardinal(&w, n);
    sb_sayings_add(out, w.text);
}

/* "nineteen ninety five", "twenty oh five", "nineteen hundred", "twenty five hundred". */
static void say_by_hundreds(sb_sayings *out, unsigned n)
{
    words w = {0};
    if (n % 1000 == 0 || n >= 10000)
        return;
    put_below_hundred(&w, n / 100);
    if (n % 100 == 0)
        put_word(&w, "hundred");
    else if (n % 100 < 10)
        put_word(&w, "oh");
    if (n % 100)
        put_below_hundred(&w, n % 100);
    sb_sayings_add(out, w.text);
}

static void say_pairs(sb_sayings *out, const char *digits)
{
    words w = {0};
    size_t at = strlen(digits) % 2;
    if (at)
        put_word(&w, small[digits[0] - '0']);
    for (; digits[at]; at += 2) {
        unsigned pair = (unsigned)(10 * (digits[at] - '0') + digits[at + 1] - '0');
        if (pair < 10)
            put_word(&w, "oh");
        put_below_hundred(&w, pair);
    }
    sb_sayings_add(out, w.text);
}

void sb_cardinal_digits(char out[SB_SAYING_SIZE_MAX], const char *digits)
{
    words w = {0};
    for (; *digits; digits++)
        put_word(&w, small[*digits - '0']);
    memcpy(out, w.text, w.size + 1);
}

/* Reads the digits one by one, with zero as "zero" and as "oh". */
static void say_digits(sb_sayings *out, const char *digits)
{
    char text[SB_SAYING_SIZE_MAX];
    words oh = {0};
    sb_cardinal_digits(text, digits);
    sb_sayings_add(out, text);
    for (; *digits; digits++)
        put_word(&oh, *digits == '0' ? "oh" : small[*digits - '0']);
    sb_sayings_add(out, oh.text);
}

static bool is_round_hundred(uint64_t n)
{
    return n >= 1100 && n < 10000 && n % 100 == 0 && n % 1000 != 0;
}

void sb_cardinal_sayings(sb_sayings *out, const char *digits, bool year_like)
{
    uint64_t n = strtoull(digits, NULL, 10);
    size_t size = strlen(digits);
    bool year = year_like && size == 4 && n >= 1010;
    if (year && (n < 2000 || n >= 2010))
        say_by_hundreds(out, (unsigned)n);
    if (digits[0] == '0' && size > 1 && year_like)
        say_digits(out, digits);
    say_cardinal(out, n, false);
    if (n > 100)
        say_cardinal(out, n, true);
    if (year || is_round_hundred(n))
        say_by_hundreds(out, (unsigned)n);
    if (digits[0] == '1' && n >= 100 && n < 200)
        sb_sayings_print(out, "a%s", out->items[0] + strlen("one"));
    if (year_like && size == 3 && n >= 101)
        say_pairs(out, digits);
    if (size > 2 && (year_like || size > 7))
        say_digits(out, digits);
}

static const char *last_word(const char *saying)
{
    const char *blank = strrchr(saying, ' ');
    return blank ? blank + 1 : saying;
}

static void replace_last(char saying[SB_SAYING_SIZE_MAX], size_t cut, const char *ending)
{
    size_t size = strlen(saying) - cut;
    if (size + strlen(ending) < SB_SAYING_SIZE_MAX)
        strcpy(saying + size, ending);
}

static void to_ordinal(char saying[SB_SAYING_SIZE_MAX])
{
    static const char *const irregular[][2] = {{"one", "first"},     {"two", "second"},   {"three", "third"},
                                               {"five", "fifth"},    {"eight", "eighth"}, {"nine", "ninth"},
                                               {"twelve", "twelfth"}};
    const char *last = last_word(saying);
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (strcmp(last, irregular[i][0]) == 0) {
            replace_last(saying, strlen(last), irregular[i][1]);
            return;
        }
    bool on_y = last[strlen(last) - 1] == 'y';
    replace_last(saying, on_y ? 1 : 0, on_y ? "ieth" : "th");
}

static void to_plural(char saying[SB_SAYING_SIZE_MAX])
{
    char end = saying[strlen(saying) - 1];
    if (end == 'y')
        replace_last(saying, 1, "ies");
    else
        replace_last(saying, 0, end == 'x' ? "es" : "s");
}

void sb_cardinals_to_ordinals(sb_sayings *s)
{
    for (size_t i = 0; i < s->n_items; i++)
        to_ordinal(s->items[i]);
}

void sb_cardinals_to_plurals(sb_sayings *s)
{
    for (size_t i = 0; i < s->n_items; i++)
        to_plural(s->items[i]);
}
