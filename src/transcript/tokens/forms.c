#include "transcript/tokens/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"

static bool token_is(const sb_tokens *tokens, size_t at, const char *text)
{
    return at < tokens->n_items && strcmp(tokens->items[at].text, text) == 0;
}

/* The place of a word in a list, counted from 1; 0: it is not in it. */
static int place_among(const char *word, size_t size, const char *const *list)
{
    for (int i = 0; list[i]; i++) {
        if (list[i][0] == word[0] && strncmp(list[i], word, size) == 0 && list[i][size] == '\0')
            return i + 1;
    }
    return 0;
}

static int token_among(const sb_tokens *tokens, size_t at, const char *const *list)
{
    const char *text = at < tokens->n_items ? tokens->items[at].text : "";
    return place_among(text, strlen(text), list);
}

/* Returns 1 to 12, or 0. "You may" and "they march" are no months unless `is_surely`. */
static int month_at(const sb_tokens *tokens, size_t at, bool is_surely)
{
    static const char *const months[] = {
        "january", "february", "march",    "april", "may",    "june",      "july",    "august",   "september",
        "october", "november", "december", "jan",   "feb",    "mar",       "apr",     "may",      "jun",
        "jul",     "aug",      "sep",      "oct",   "nov",    "dec",       "januar",  "februar",  "marz",
        "april",   "mai",      "juni",     "juli",  "august", "september", "oktober", "november", "dezember",
        "janner",  "feber",    "maerz",    "apr",   "mai",    "jun",       "jul",     "aug",      "sept",
        "okt",     "nov",      "dez",      NULL};
    static const char *const verbs[] = {"may", "march", "mar", NULL};
    int place = token_among(tokens, at, months);
    if (place == 0 || (!is_surely && tokens->items[at].is_lower && token_among(tokens, at, verbs)))
        return 0;
    return (place - 1) % 12 + 1;
}

/* The day of "ersten", "einundzwanzigster" and the like, or 0. */
static int german_day(const char *text)
{
    static const char *const small[] = {"erst",      "zweit",     "dritt",     "viert",     "funft",
                                        "sechst",    "siebt",     "acht",      "neunt",     "zehnt",
                                        "elft",      "zwolft",    "dreizehnt", "vierzehnt", "funfzehnt",
                                        "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", NULL};
    static const char *const units[] = {"einund",   "zweiund",   "dreiund", "vierund", "funfund",
                                        "sechsund", "siebenund", "achtund", "neunund", NULL};
    size_t size = strlen(text), tail = sizeof "zwanzigst" - 1;
    if (size > 1 && strchr("nrsm", text[size - 1]))
        size--;
    if (size < 4 || text[--size] != 'e')
        return 0;
    int tens = size >= tail && memcmp(text + size - tail, "zwanzigst", tail) == 0           ? 20
               : size > tail && memcmp(text + size - tail - 1, "dreissigst", tail + 1) == 0 ? 30
                                                                                            : 0;
    if (tens == 0)
        return place_among(text, size, small);
    size -= tail + (tens == 30);
    int unit = place_among(text, size, units);
    return size == 0 || unit ? tens + unit : 0;
}

typedef struct day {
    int value;       /* 1 to 31; 0: no day */
    size_t n_tokens; /* "22nd" has two */
    bool is_ordinal, is_spelled, is_german;
} day;

static bool goes_on(const sb_tokens *tokens, size_t at)
{
    return tokens->items[at].stop == SB_STOP_NONE;
}

/* True for the two tokens of "22nd" and "twenty-second". */
static bool is_split_second(const sb_tokens *tokens, size_t at)
{
    const sb_token *ten = &tokens->items[at];
    return token_is(tokens, at, "20") && token_is(tokens, at + 1, "2nd") && goes_on(tokens, at) &&
           (ten->first_word == ten[1].first_word || (ten->is_spelled && ten[1].is_spelled));
}

/* "Two June meetings": a number in words is a day only as an ordinal. The hour and the minutes of "7:30" are
 * none. */
static day day_at(const sb_tokens *tokens, size_t at)
{
    static const char *const suffixes[] = {"st", "nd", "rd", "th", NULL};
    if (at >= tokens->n_items || tokens->items[at].is_hour || (at > 0 && tokens->items[at - 1].is_hour))
        return (day){0};
    const char *text = tokens->items[at].text;
    size_t digits = strspn(text, "0123456789"), size = strlen(text);
    if (digits == 0)
        return (day){.value = german_day(text), .n_tokens = 1, .is_german = true};
    day out = {.value = digits <= 2 ? atoi(text) : 0,
               .n_tokens = 1,
               .is_ordinal = size > digits,
               .is_spelled = tokens->items[at].is_spelled};
    if (is_split_second(tokens, at))
        out = (day){.value = 22, .n_tokens = 2, .is_ordinal = true, .is_spelled = out.is_spelled};
    bool is_day = out.value <= 31 && (!out.is_spelled || out.is_ordinal) &&
                  (size == digits || place_among(text + digits, size - digits, suffixes));
    return is_day ? out : (day){0};
}

/* True after "am", "der" and the like. "I am" is no German. */
static bool is_after_article(const sb_tokens *tokens, size_t at)
{
    static const char *const articles[] = {"am", "der", "den", "dem", "vom", "zum", "bis", NULL};
    bool is_english = at > 1 && token_is(tokens, at - 2, "i");
    return at > 0 && !is_english && token_among(tokens, at - 1, articles) && goes_on(tokens, at - 1);
}

/* "Am 3. April", "21. Mai": the point of the day at `at` is not the end of a sentence. */
static bool is_german_point(const sb_tokens *tokens, size_t at)
{
    static const char *const german[] = {"januar",   "februar", "marz",  "mai",   "juni", "juli", "oktober",
                                         "dezember", "janner",  "feber", "maerz", "okt",  "dez",  NULL};
    static const char *const english[] = {"march", "may", "june", "july", "october", "december", NULL};
    bool is_after = is_after_article(tokens, at);
    return tokens->items[at].has_point &&
           (token_among(tokens, at + 1, german) || (is_after && !token_among(tokens, at + 1, english)));
}

/* "A third of May", "two thirds of". */
static bool is_fraction(const sb_tokens *tokens, size_t at)
{
    const char *before = at > 0 ? tokens->items[at - 1].text : "";
    return strcmp(before, "a") == 0 || strspn(before, "0123456789") > 0;
}

/* "21 May", "the 21st of May", "am 21. Mai". "The third June meeting" and "sie achten Mai" are no dates.
 * Returns the number of tokens, or 0. */
static size_t read_day_first(int *month, int *day_of_month, const sb_tokens *tokens, size_t at)
{
    bool has_the = token_is(tokens, at, "the");
    size_t first = at + has_the;
    day d = day_at(tokens, first);
    size_t end = first + d.n_tokens;
    if (d.value == 0 || end >= tokens->n_items || (has_the && !goes_on(tokens, at)))
        return 0;
    bool has_of = token_is(tokens, end, "of") && goes_on(tokens, end);
    bool is_plain = !d.is_ordinal && !d.is_german;
    if (!goes_on(tokens, end - 1) && !(is_plain && !has_of && is_german_point(tokens, first)))
        return 0;
    if (has_of ? !d.is_ordinal || is_fraction(tokens, at)
               : d.is_spelled || (d.is_german && !is_after_article(tokens, at)))
        return 0;
    *day_of_month = d.value;
    *month = month_at(tokens, end + has_of, has_of);
    return *month ? end + has_of + 1 - at : 0;
}

static bool is_year(const char *text)
{
    return strspn(text, "0123456789") == 4 && !text[4] && (text[0] == '1' || text[0] == '2');
}

/* The point of "Sept." may end a sentence: "We met in Sept. 20 people came". */
static bool is_day_after_point(const sb_tokens *tokens, size_t at, const day *d)
{
    static const char *const after_days[] = {"the",  "a",   "an",      "we",    "i",       "he", "she",
                                             "they", "you", "when",    "while", "it",      "is", "was",
                                             "has",  "at",  "because", "until", "through", NULL};
    static const char *const before_dates[] = {"on",       "the",    "monday",   "tuesday", "wednesday",
                                               "thursday", "friday", "saturday", "sunday",  NULL};
    size_t end = at + 1 + d->n_tokens;
    bool is_last = end >= tokens->n_items || !goes_on(tokens, end - 1);
    if (d->is_ordinal || is_last || is_year(tokens->items[end].text) ||
        (at > 0 && token_among(tokens, at - 1, before_dates)))
        return true;
    if (at > 0 && token_is(tokens, at - 1, "in"))
        return false;
    if (at > 0 && token_is(tokens, at - 1, "last"))
        return token_among(tokens, end, after_days);
    return !sb_is_counted(tokens, end);
}

/* "Sept. 20" is a date, "in May. 20 people" and "in Oct, 20 people" are none. */
static bool month_goes_on(const sb_tokens *tokens, size_t at, const day *d)
{
    const sb_token *month = &tokens->items[at];
    bool is_abbreviated =
        (strlen(month->text) == 3 && strcmp(month->text, "may") != 0 && strcmp(month->text, "mai") != 0) ||
        strcmp(month->text, "sept") == 0;
    if (goes_on(tokens, at))
        return !month->has_point || is_day_after_point(tokens, at, d);
    return month->has_point && is_abbreviated && is_day_after_point(tokens, at, d);
}

/* "May 21", "May the 21st". */
static size_t read_month_first(int *month, int *day_of_month, const sb_tokens *tokens, size_t at)
{
    static const char *const before_months[] = {"on", "of", "in", NULL};
    bool has_the = token_is(tokens, at + 1, "the");
    day d = day_at(tokens, at + 1 + has_the);
    if (d.value == 0 || d.is_german || !month_goes_on(tokens, at, &d) ||
        (has_the && (!d.is_ordinal || !goes_on(tokens, at + 1))))
        return 0;
    /* "Third" may come after the verb. */
    bool is_surely = (d.is_ordinal && d.value > 3) || (at > 0 && token_among(tokens, at - 1, before_months));
    *day_of_month = d.value;
    *month = month_at(tokens, at, is_surely);
    return *month ? 1 + has_the + d.n_tokens : 0;
}

static size_t read_date(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    int month, day_of_month;
    size_t n = read_day_first(&month, &day_of_month, tokens, at);
    if (n == 0)
        n = read_month_first(&month, &day_of_month, tokens, at);
    if (n > 0)
        snprintf(out, SB_FORM_SIZE, "%d-%d", month, day_of_month);
    return n;
}

/* "7:30" is "7.30" only where it is surely a time of day: "version 7.30" is another number. */
static size_t read_clock(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    static const char *const after_times[] = {"am", "pm", "uhr", NULL};
    if (!tokens->items[at].is_hour || at + 1 == tokens->n_items)
        return 0;
    bool is_surely = goes_on(tokens, at + 1) && token_among(tokens, at + 2, after_times);
    snprintf(out, SB_FORM_SIZE, "%d%c%.2s", atoi(tokens->items[at].text), is_surely ? '.' : ':',
             tokens->items[at + 1].text);
    return 2;
}

/* "Miles per hour", "kilowatt hours". */
static size_t read_compound_unit(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    static const char *const distances[] = {"kilometers", "mile", "miles", NULL};
    static const char *const powers[] = {"kilowatts", "megawatts", "gigawatts", "kw", "mw", "gw", NULL};
    static const char *const energies[] = {"kwh", "mwh", "gwh"};
    static const char *const pers[] = {"per", "an", "pro", "por", "par", NULL};
    static const char *const hours[] = {"hour", "hours", "hr", "h", "stunde", "hora", "heure", NULL};
    int distance = token_among(tokens, at, distances), power = token_among(tokens, at, powers);
    if (!goes_on(tokens, at))
        return 0;
    if (distance && token_among(tokens, at + 1, pers) && goes_on(tokens, at + 1) &&
        token_among(tokens, at + 2, hours)) {
        strcpy(out, distance == 1 ? "kph" : "mph");
        return 3;
    }
    if (power && token_among(tokens, at + 1, hours)) {
        strcpy(out, energies[(power - 1) % 3]);
        return 2;
    }
    return 0;
}

/* "Radio Plus" is "Radio+", and "a B minus" "a B-". "Five plus six", "a plus 5". */
static size_t read_signed_name(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    const sb_token *name = &tokens->items[at];
    bool is_plus = token_is(tokens, at + 1, "plus"), is_minus = token_is(tokens, at + 1, "minus");
    size_t size = strlen(name->text);
    if (!(is_plus || is_minus) || !goes_on(tokens, at) || size == 0 || size + 2 > SB_FORM_SIZE ||
        sb_is_ascii_digit(name->text[0]) || name[1].first_word != name[1].last_word ||
        name[1].first_word == name->last_word)
        return 0;
    if (is_minus && (size > 1 || name->text[0] < 'a' || name->text[0] > 'f'))
        return 0;
    if (at > 0 && name[-1].last_word == name->first_word)
        return 0;
    if (at + 2 < tokens->n_items && goes_on(tokens, at + 1) && sb_is_ascii_digit(name[2].text[0]))
        return 0;
    snprintf(out, SB_FORM_SIZE, "%s%c", name->text, is_plus ? '+' : '-');
    return 2;
}

size_t sb_form_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    size_t n = read_clock(out, tokens, at);
    if (n == 0)
        n = sb_phone_read(out, tokens, at);
    if (n == 0)
        n = sb_grouped_read(out, tokens, at);
    if (n == 0)
        n = sb_percent_read(out, tokens, at);
    if (n == 0)
        n = read_compound_unit(out, tokens, at);
    if (n == 0)
        n = read_date(out, tokens, at);
    if (n == 0)
        n = read_signed_name(out, tokens, at);
    return n;
}
