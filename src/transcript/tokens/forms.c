#include "transcript/tokens/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Returns 1 to 31, or 0, and the number of its tokens: "22nd" has two. */
static int day_at(const sb_tokens *tokens, size_t at, size_t *n, bool *is_ordinal)
{
    static const char *const suffixes[] = {"st", "nd", "rd", "th", NULL};
    const char *text = at < tokens->n_items ? tokens->items[at].text : "";
    size_t digits = strspn(text, "0123456789"), size = strlen(text);
    *n = 1;
    *is_ordinal = size > digits;
    if (digits == 0)
        return german_day(text);
    if (digits > 2 || (size > digits && !place_among(text + digits, size - digits, suffixes)))
        return 0;
    int day = atoi(text);
    if (day == 20 && size == digits && token_is(tokens, at + 1, "2nd")) {
        day = 22;
        *n = 2;
    }
    return day <= 31 ? day : 0;
}

static size_t read_date(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    bool is_ordinal, has_the = token_is(tokens, at, "the");
    size_t n_day, end;
    int day = day_at(tokens, at + has_the, &n_day, &is_ordinal), month = 0;
    if (day) {
        end = at + has_the + n_day;
        bool has_of = token_is(tokens, end, "of");
        month = month_at(tokens, end + has_of, has_of);
        end += has_of + 1;
    } else {
        bool inner_the = token_is(tokens, at + 1, "the");
        day = has_the ? 0 : day_at(tokens, at + 1 + inner_the, &n_day, &is_ordinal);
        /* "Third" may come after the verb. */
        month = day ? month_at(tokens, at, is_ordinal && day > 3) : 0;
        end = at + 1 + inner_the + n_day;
    }
    if (day == 0 || month == 0)
        return 0;
    snprintf(out, SB_FORM_SIZE, "%d-%d", month, day);
    return end - at;
}

static size_t read_clock(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    if (!tokens->items[at].is_hour || at + 1 == tokens->n_items)
        return 0;
    snprintf(out, SB_FORM_SIZE, "%d.%.2s", atoi(tokens->items[at].text), tokens->items[at + 1].text);
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
    if (distance && token_among(tokens, at + 1, pers) && token_among(tokens, at + 2, hours)) {
        strcpy(out, distance == 1 ? "kph" : "mph");
        return 3;
    }
    if (power && token_among(tokens, at + 1, hours)) {
        strcpy(out, energies[(power - 1) % 3]);
        return 2;
    }
    return 0;
}

/* "Sept. 20" and "21. Mai" are dates, "in May. 20 people" and "fifty miles. An hour" are not what they look
 * like. */
static bool may_have_point(const char *text)
{
    size_t size = strlen(text);
    bool is_abbreviated = size == 3 && strcmp(text, "may") != 0 && strcmp(text, "mai") != 0;
    return is_abbreviated || strcmp(text, "sept") == 0 || strspn(text, "0123456789") == size;
}

static bool is_whole(const sb_tokens *tokens, size_t at, size_t n)
{
    for (size_t i = at; i + 1 < at + n; i++)
        if (tokens->items[i].has_stop && !may_have_point(tokens->items[i].text))
            return false;
    return true;
}

size_t sb_form_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    size_t n = read_clock(out, tokens, at);
    if (n == 0)
        n = read_compound_unit(out, tokens, at);
    if (n == 0)
        n = read_date(out, tokens, at);
    return is_whole(tokens, at, n) ? n : 0;
}
