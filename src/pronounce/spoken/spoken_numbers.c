#include "pronounce/spoken/spoken.h"

#include "base/text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 18

typedef struct written_number {
    const char *currency; /* "dollar"; NULL: none */
    const char *cents;
    char whole[DIGITS_MAX + 1], fraction[DIGITS_MAX + 1], minutes[3];
    const char *scale; /* "million" of "$2M"; NULL: none */
    bool grouped;      /* grouped by commas, so it is not a year */
    size_t size;
} written_number;

static const struct {
    const char *sign, *unit, *cents;
} currencies[] = {{"$", "dollar", "cent"},
                  {"\xE2\x82\xAC", "euro", "cent"},
                  {"\xC2\xA3", "pound", "penny"},
                  {"\xC2\xA5", "yen", NULL}};

static size_t read_currency(written_number *n, const char *text)
{
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        size_t size = strlen(currencies[i].sign);
        if (strncmp(text, currencies[i].sign, size) == 0) {
            n->currency = currencies[i].unit;
            n->cents = currencies[i].cents;
            return size;
        }
    }
    return 0;
}

static size_t read_digits(char out[DIGITS_MAX + 1], const char *text)
{
    size_t n = 0;
    while (n < DIGITS_MAX && sb_is_ascii_digit(text[n])) {
        out[n] = text[n];
        n++;
    }
    out[n] = '\0';
    return sb_is_ascii_digit(text[n]) ? 0 : n;
}

static size_t read_thousands_group(written_number *n, const char *text)
{
    if (text[0] != ',' || !sb_is_ascii_digit(text[1]) || !sb_is_ascii_digit(text[2]) ||
        !sb_is_ascii_digit(text[3]) || sb_is_ascii_digit(text[4]) || strlen(n->whole) + 3 > DIGITS_MAX)
        return 0;
    strncat(n->whole, text + 1, 3);
    n->grouped = true;
    return 4;
}

static size_t read_scale(written_number *n, const char *text)
{
    static const struct {
        const char *written, *said;
    } scales[] = {{"k", "thousand"}, {"K", "thousand"}, {"M", "million"},  {"m", "million"},
                  {"B", "billion"},  {"bn", "billion"}, {"b", "billion"},  {"mn", "million"},
                  {"mm", "million"}, {"T", "trillion"}, {"tn", "trillion"}};
    size_t size = 0;
    while (sb_is_letter_byte(text[size]))
        size++;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (size == strlen(scales[i].written) && memcmp(text, scales[i].written, size) == 0 &&
            (n->currency || text[0] == 'k' || text[0] == 'K' || (text[0] == 'M' && size == 1) ||
             strcmp(scales[i].written, "bn") == 0)) {
            n->scale = scales[i].said;
            return size;
        }
    return 0;
}

static size_t read_written_number(written_number *n, const char *text)
{
    size_t at = read_currency(n, text), digits = 0;
    if (!(digits = read_digits(n->whole, text + at)) && !(text[at] == '.' && sb_is_ascii_digit(text[at + 1])))
        return 0;
    at += digits;
    for (size_t group; digits <= 3 && (group = read_thousands_group(n, text + at)) > 0;)
        at += group;
    if (text[at] == '.' && sb_is_ascii_digit(text[at + 1])) {
        size_t size = read_digits(n->fraction, text + at + 1);
        at += size ? size + 1 : 0;
    } else if (text[at] == ':' && sb_is_ascii_digit(text[at + 1]) && sb_is_ascii_digit(text[at + 2]) &&
               !sb_is_ascii_digit(text[at + 3])) {
        memcpy(n->minutes, text + at + 1, 2);
        at += 3;
    }
    return n->size = at + read_scale(n, text + at);
}

static void say_fraction(const written_number *n, sb_sayings *out)
{
    char digits[SB_SAYING_SIZE_MAX];
    sb_sayings whole = {.n_items = 0};
    sb_cardinal_digits(digits, n->fraction);
    if (n->whole[0])
        sb_cardinal_sayings(&whole, n->whole, false);
    else
        sb_sayings_add(&whole, "zero");
    for (size_t i = 0; i < whole.n_items && i < 3; i++)
        sb_sayings_print(out, "%s point %s", whole.items[i], digits);
    if (strspn(n->whole, "0") == strlen(n->whole)) {
        sb_sayings_print(out, "point %s", digits);
        sb_sayings_print(out, "oh point %s", digits);
    } else if (strlen(n->fraction) == 2 && n->fraction[0] != '0') {
        sb_sayings fraction = {.n_items = 0};
        sb_cardinal_sayings(&fraction, n->fraction, false);
        sb_sayings_print(out, "%s point %s", whole.items[0], fraction.items[0]);
    }
}

static void say_time(const written_number *n, sb_sayings *out)
{
    sb_sayings hour = {.n_items = 0}, minutes = {.n_items = 0};
    sb_cardinal_sayings(&hour, n->whole, false);
    sb_cardinal_sayings(&minutes, n->minutes, false);
    if (strcmp(n->minutes, "00") == 0) {
        sb_sayings_add(out, hour.items[0]);
        sb_sayings_print(out, "%s o'clock", hour.items[0]);
        sb_sayings_print(out, "%s hundred", hour.items[0]);
    } else if (n->minutes[0] == '0') {
        sb_sayings_print(out, "%s oh %s", hour.items[0], minutes.items[0]);
        sb_sayings_print(out, "%s zero %s", hour.items[0], minutes.items[0]);
    } else {
        sb_sayings_print(out, "%s %s", hour.items[0], minutes.items[0]);
    }
}

static void say_plain(const written_number *n, sb_sayings *out)
{
    if (n->minutes[0])
        say_time(n, out);
    else if (n->fraction[0])
        say_fraction(n, out);
    else
        sb_cardinal_sayings(out, n->whole, !n->grouped && !n->currency && !n->scale);
}

static void say_cents(const written_number *n, sb_sayings *out)
{
    sb_sayings whole = {.n_items = 0}, cents = {.n_items = 0};
    sb_cardinal_sayings(&whole, n->whole[0] ? n->whole : "0", false);
    sb_cardinal_sayings(&cents, n->fraction, false);
    const char *w = whole.items[0], *c = cents.items[0];
    const char *plural = strcmp(n->whole, "1") == 0 ? "" : "s";
    if (strcmp(n->fraction, "00") == 0) {
        sb_sayings_print(out, "%s %s%s", w, n->currency, plural);
        return;
    }
    if (strspn(n->whole, "0") == strlen(n->whole))
        sb_sayings_print(out, "%s %s", c, strcmp(n->cents, "penny") == 0 ? "pence" : "cents");
    sb_sayings_print(out, "%s %s%s and %s %s", w, n->currency, plural, c,
                     strcmp(n->cents, "penny") == 0 ? "pence" : "cents");
    sb_sayings_print(out, "%s %s", w, c);
    sb_sayings_print(out, "%s %s%s %s", w, n->currency, plural, c);
    sb_sayings_print(out, "%s %s%s and %s", w, n->currency, plural, c);
}

static void say_money(const written_number *n, sb_sayings *out)
{
    if (n->cents && !n->scale && strlen(n->fraction) == 2) {
        say_cents(n, out);
        return;
    }
    sb_sayings amount = {.n_items = 0};
    say_plain(n, &amount);
    if (n->scale)
        sb_sayings_append(&amount, n->scale);
    bool one = strcmp(n->whole, "1") == 0 && !n->fraction[0] && !n->scale;
    bool yen = strcmp(n->currency, "yen") == 0;
    for (size_t i = 0; i < amount.n_items && i < 4; i++) {
        sb_sayings_print(out, "%s %s%s", amount.items[i], n->currency, one || yen ? "" : "s");
        sb_sayings_add(out, amount.items[i]);
        sb_sayings_print(out, "%s %s", amount.items[i], n->currency);
    }
}

/* "st", "nd", "rd" and "th" make an ordinal. */
static bool is_rank_ending(const char *text)
{
    static const char endings[][3] = {"st", "nd", "rd", "th", "ST", "ND", "RD", "TH"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strncmp(text, endings[i], 2) == 0 && !sb_is_letter_byte(text[2]))
            return true;
    return false;
}

static size_t plural_ending(const char *text)
{
    size_t apostrophe = text[0] == '\'' ? 1 : 0;
    return text[apostrophe] == 's' && !sb_is_letter_byte(text[apostrophe + 1]) ? apostrophe + 1 : 0;
}

static size_t say_percent(const char *text, sb_sayings *out)
{
    if (text[0] != '%')
        return 0;
    sb_sayings_append(out, "percent");
    return 1;
}

size_t sb_number_sayings(sb_sayings *out, const char *text)
{
    written_number n = {0};
    if (!read_written_number(&n, text))
        return 0;
    if (n.currency) {
        say_money(&n, out);
        return n.size;
    }
    say_plain(&n, out);
    if (n.scale)
        sb_sayings_append(out, n.scale);
    else if (is_rank_ending(text + n.size) && !n.fraction[0]) {
        sb_cardinals_to_ordinals(out);
        return n.size + 2;
    } else if (plural_ending(text + n.size)) {
        sb_cardinals_to_plurals(out);
        return n.size + plural_ending(text + n.size);
    }
    return n.size + say_percent(text + n.size, out);
}
