#include "transcript/tokens/tokens.h"

#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"

#define UNIT_SIZE_MAX 16

/* One and many of a unit have one form, because "1 kg" is "one kilogram", and a "5 kg bag" a "five kilogram
 * bag". Words of other languages are those that differ from the English ones. "Pounds" may be weight or
 * money. Small letters of units that depend on the case have a form of their own. */
static const struct unit {
    const char *written, *said;
    const char *one; /* after "1", and in "3-min"; NULL: as `said` */
    bool is_word;    /* another word, unless a number is before it: "Mm", "GB", "PM" */
} units[] = {{"kg", "kilograms", NULL, false},
             {"kilo", "kilograms", NULL, false},
             {"kilogram", "kilograms", NULL, false},
             {"kilogramm", "kilograms", NULL, false},
             {"kilogramo", "kilograms", NULL, false},
             {"mg", "milligrams", NULL, true},
             {"milligram", "milligrams", NULL, false},
             {"milligramm", "milligrams", NULL, false},
             {"km", "kilometers", NULL, false},
             {"kilometer", "kilometers", NULL, false},
             {"kilometro", "kilometers", NULL, false},
             {"cm", "centimeters", NULL, true},
             {"centimeter", "centimeters", NULL, false},
             {"zentimeter", "centimeters", NULL, false},
             {"centimetro", "centimeters", NULL, false},
             {"mm", "millimeters", NULL, true},
             {"millimeter", "millimeters", NULL, false},
             {"milimetro", "millimeters", NULL, false},
             {"ml", "milliliters", NULL, true},
             {"milliliter", "milliliters", NULL, false},
             {"mililitro", "milliliters", NULL, false},
             {"lb", "pounds", NULL, true},
             {"lbs", "pounds", NULL, false},
             {"khz", "kilohertz", NULL, false},
             {"mhz", "megahertz", NULL, false},
             {"ghz", "gigahertz", NULL, false},
             {"kb", "kb", NULL, true},
             {"kilobyte", "kilobytes", NULL, false},
             {"mb", "mb", NULL, true},
             {"megabyte", "megabytes", NULL, false},
             {"gb", "gigabytes", NULL, true},
             {"gigabyte", "gigabytes", NULL, false},
             {"tb", "terabytes", NULL, true},
             {"terabyte", "terabytes", NULL, false},
             {"kw", "kilowatts", NULL, true},
             {"kilowatt", "kilowatts", NULL, false},
             {"mw", "mw", NULL, true},
             {"megawatt", "megawatts", NULL, false},
             {"gw", "gigawatts", NULL, true},
             {"gigawatt", "gigawatts", NULL, false},
             {"milliwatt", "milliwatts", NULL, false},
             {"milliwatthour", "milliwatthours", NULL, false},
             {"megagram", "megagrams", NULL, false},
             {"kilobit", "kilobits", NULL, false},
             {"megabit", "megabits", NULL, false},
             {"gigabit", "gigabits", NULL, false},
             {"terabit", "terabits", NULL, false},
             {"kwh", "kwh", NULL, false},
             {"kilowatthour", "kwh", NULL, false},
             {"kilowattstunde", "kwh", NULL, false},
             {"kilowattstunden", "kwh", NULL, false},
             {"mwh", "mwh", NULL, false},
             {"gwh", "gwh", NULL, false},
             {"hr", "hours", "hour", true},
             {"hrs", "hours", "hour", false},
             {"min", "minutes", "minute", true},
             {"mins", "minutes", "minute", false},
             {"sec", "seconds", "second", true},
             {"secs", "seconds", "second", false},
             {"yr", "years", "year", true},
             {"yrs", "years", "year", false},
             {"mph", "mph", NULL, false},
             {"kph", "kph", NULL, false},
             {"kmh", "kph", NULL, false},
             {"kmph", "kph", NULL, false},
             {"stundenkilometer", "kph", NULL, false},
             {"am", "am", NULL, true},
             {"pm", "pm", NULL, true}};

const char *sb_unit_by_case(const char *word)
{
    static const struct {
        const char *written, *said;
    } cased[] = {{"mW", "milliwatts"}, {"MW", "megawatts"}, {"mWh", "milliwatthours"}, {"mHz", "millihertz"},
                 {"Mg", "megagrams"},  {"Kb", "kilobits"},  {"kB", "kilobytes"},       {"KB", "kilobytes"},
                 {"Mb", "megabits"},   {"MB", "megabytes"}, {"Gb", "gigabits"},        {"Tb", "terabits"}};
    size_t size = strlen(word);
    while (size > 0 && strchr(".,;:!?\"')]}", word[size - 1]))
        size--;
    for (size_t i = 0; i < sizeof cased / sizeof *cased; i++) {
        size_t n = strlen(cased[i].written);
        if (size >= n && memcmp(word + size - n, cased[i].written, n) == 0 &&
            (size == n || sb_is_ascii_digit(word[size - n - 1]) || strchr("-.", word[size - n - 1])))
            return cased[i].said;
    }
    return NULL;
}

static size_t count_digits(const char *text, size_t size)
{
    size_t n = 0;
    while (n < size && sb_is_ascii_digit(text[n]))
        n++;
    return n;
}

static const struct unit *find_unit(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const char *written = units[i].written;
        if (written[0] == text[0] && strncmp(written, text, size) == 0 && written[size] == '\0')
            return &units[i];
    }
    return NULL;
}

/* Writes "kilometer" for "kilometres", "kilogram" for "kilogrammes". Returns its length. */
static size_t use_plain_form(char out[UNIT_SIZE_MAX], const char *text, size_t size)
{
    size -= text[size - 1] == 's';
    memcpy(out, text, size);
    if (size > 5 && memcmp(out + size - 2, "re", 2) == 0)
        memcpy(out + size - 2, "er", 2);
    if (size > 6 && memcmp(out + size - 6, "gramme", 6) == 0)
        size -= 2;
    return size;
}

static const struct unit *unit_of(const char *text, size_t size)
{
    char plain[UNIT_SIZE_MAX];
    const struct unit *unit = find_unit(text, size);
    if (unit || size < 3 || size > UNIT_SIZE_MAX)
        return unit;
    return find_unit(plain, use_plain_form(plain, text, size));
}

bool sb_is_measure(const char *token, bool after_number)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        bool is_written = strcmp(units[i].written, token) == 0;
        if (is_written ? !units[i].is_word || after_number : strcmp(units[i].said, token) == 0)
            return true;
    }
    return false;
}

bool sb_is_counted(const sb_tokens *tokens, size_t at)
{
    static const char *const things[] = {
        "people",    "persons", "men",     "women",  "children", "kids",      "others",  "more",    "members",
        "students",  "players", "workers", "voters", "soldiers", "patients",  "guests",  "cases",   "deaths",
        "companies", "shops",   "stores",  "houses", "schools",  "countries", "states",  "cities",  "percent",
        "dollars",   "euros",   "pounds",  "cents",  "degrees",  "hours",     "minutes", "seconds", "days",
        "weeks",     "months",  "years",   "times",  "miles",    "meters",    "feet",    "inches",  "euro",
        "dollar",    "prozent", "leute",   "tage",   "menschen", "personen",  NULL};
    const char *text = tokens->items[at].text;
    const sb_token *next = at + 1 < tokens->n_items ? &tokens->items[at + 1] : NULL;
    bool is_of = strcmp(text, "of") == 0;
    if (is_of && next && strspn(next->text, "0123456789") == 4 && !next->text[4])
        return false; /* "4 of 2020" */
    if (is_of && at + 2 < tokens->n_items && strcmp(next[1].text, "year") == 0)
        return false; /* "4 of last year" */
    return is_of || sb_word_is_among(text, things) || sb_is_measure(text, true);
}

size_t sb_measured_number(const char *text, size_t size)
{
    size_t n = count_digits(text, size);
    if (n > 0 && n < size && text[n] == '.')
        n += 1 + count_digits(text + n + 1, size - n - 1);
    return n > 0 && n < size && unit_of(text + n, size - n) ? n : 0;
}

static bool is_number(const sb_part *part)
{
    return sb_is_ascii_digit(part->text[0]) || sb_number_word_find(part->text) ||
           strcmp(part->text, "half") == 0;
}

const char *sb_unit_said(const char **other, const sb_part *part, const sb_part *before, size_t n_before)
{
    *other = NULL;
    const struct unit *unit = *part->text ? unit_of(part->text, strlen(part->text)) : NULL;
    const sb_part *number =
        n_before > 0 && before[n_before - 1].stop == SB_STOP_NONE ? &before[n_before - 1] : NULL;
    bool has_number = number && is_number(number);
    if (!unit || (unit->is_word && !has_number))
        return NULL;
    bool is_hyphenated = number && part->joint == '-' && number->last_word == part->word;
    bool is_one = has_number && (strcmp(number->text, "1") == 0 || strcmp(number->text, "one") == 0);
    bool is_larger =
        n_before > 1 && number && number[-1].stop == SB_STOP_NONE && sb_number_word_find(number[-1].text);
    if (!unit->one || (is_one && !is_larger))
        return unit->one ? unit->one : unit->said;
    *other = is_hyphenated ? unit->said : unit->one;
    return is_hyphenated ? unit->one : unit->said;
}
