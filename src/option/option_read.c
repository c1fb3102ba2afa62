#include "option/option.h"

#include "base/text/fold.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LANGUAGE_SIZE 36
#define DIGITS_MAX    18 /* maximum number of digits of a number, so that it fits into an int64_t */
#define FEW_NAMES     3
#define MANY_NAMES    24 /* a longer list of names is not shown if one of them is similar */

static const char separators[] = " ,;|";

static bool is_alpha(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static void add_names(sb_bytes *out, const sb_option *o)
{
    size_t n = 0;
    while (o->choice(n))
        n++;
    sb_bytes_text(out, n > FEW_NAMES ? "one of " : "");
    for (size_t i = 0; i < n; i++)
        sb_bytes_print(out, "%s%s",
                       !i                                            ? ""
                       : i + 1 == n && n <= FEW_NAMES && !o->instead ? " or "
                                                                     : ", ",
                       o->choice(i));
    if (o->instead)
        sb_bytes_print(out, " or %s", o->instead);
}

static const char *table_name_at(const void *user, size_t index)
{
    const sb_option *o = user;
    return o->choice(index);
}

/* The nearest name comes first, because a long list of names is cut at the end of the message. */
static sb_status wrong_name(const sb_option *o, const char *text, size_t length, sb_error *err)
{
    char name[41] = {0};
    sb_bytes names = {0};
    memcpy(name, text, length < sizeof name ? length : sizeof name - 1);
    const char *nearest = sb_nearest(name, table_name_at, o);
    if (nearest && o->choice(MANY_NAMES))
        return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL,
                                  "%s has no value '%s'; did you mean '%s'?", o->name, name, nearest);
    add_names(&names, o);
    sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL, "%s must be %s, not '%s'%s%s%s", o->name,
                       names.data ? (char *)names.data : "another", name, nearest ? "; did you mean '" : "",
                       nearest ? nearest : "", nearest ? "'?" : "");
    sb_bytes_finish(&names);
    return SB_ERR_ARGUMENT;
}

static bool find_name(const sb_option *o, const char *text, size_t length, int64_t *index)
{
    const char *name;
    for (size_t i = 0; (name = o->choice(i)); i++)
        if (strlen(name) == length && !strncasecmp(name, text, length)) {
            *index = (int64_t)i;
            return true;
        }
    return false;
}

static sb_status read_set(sb_option_value *out, const sb_option *o, const char *text, sb_error *err)
{
    int64_t bit = 0;
    if (out->is_off)
        return SB_OK;
    for (const char *at = text + strspn(text, separators); *at; at += strspn(at, separators)) {
        size_t length = strcspn(at, separators);
        if (!find_name(o, at, length, &bit))
            return wrong_name(o, at, length, err);
        out->whole |= INT64_C(1) << bit;
        at += length;
    }
    return out->whole ? SB_OK : wrong_name(o, text, strlen(text), err);
}

/* Prints the limits in the form in which a user types them. */
static sb_status out_of_range(const sb_option *o, const char *text, sb_error *err)
{
    const char *noun = o->type == SB_OPTION_TIME    ? "a time"
                       : o->type == SB_OPTION_WHOLE ? "a whole number"
                                                    : "a number";
    const char *unit = o->type == SB_OPTION_TIME ? "s" : "";
    char upper[40] = "";
    if (isfinite(o->most))
        snprintf(upper, sizeof upper, " to %.10g%s", o->most, unit);
    return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL,
                              "%s must be %s from %.10g%s%s%s%s, not '%.40s'", o->name, noun, o->least,
                              isfinite(o->most) ? unit : "", upper, o->instead ? ", or " : "",
                              o->instead ? o->instead : "", text);
}

static sb_status read_time_value(sb_option_value *out, const sb_option *o, const char *text, sb_error *err)
{
    sb_error reason = {0};
    if (sb_time_parse(&out->time, text, &reason))
        return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL, "%s: %s", o->name, reason.message);
    double seconds = sb_time_to_seconds(out->time);
    return seconds < o->least || seconds > o->most ? out_of_range(o, text, err) : SB_OK;
}

/* Reads digits with an optional sign and point, whatever the locale is. The result is the nearest double. */
static bool read_decimal(double *out, const char *text, size_t length)
{
    const char *end = text + length;
    bool negative = *text == '-', is_fraction = false;
    int64_t digits = 0;
    int n_digits = 0;
    double unit = 1;
    for (text += *text == '-' || *text == '+'; text < end; text++) {
        if (*text == '.' && !is_fraction) {
            is_fraction = true;
            continue;
        }
        if (!sb_is_ascii_digit(*text) || ++n_digits > DIGITS_MAX)
            return false;
        digits = digits * 10 + (*text - '0');
        unit *= is_fraction ? 10 : 1;
    }
    *out = (negative ? -1 : 1) * (double)digits / unit;
    return n_digits > 0;
}

static sb_status read_number_value(sb_option_value *out, const sb_option *o, const char *text, sb_error *err)
{
    size_t length = strlen(text);
    double number = 0;
    bool thousands = o->thousands && length && (text[length - 1] | 32) == 'k';
    if (out->is_off)
        return SB_OK;
    if (!read_decimal(&number, text, length - thousands))
        return out_of_range(o, text, err);
    number *= thousands ? 1000 : 1;
    bool is_whole = o->type == SB_OPTION_WHOLE;
    if (!(number >= o->least && number <= o->most) || (is_whole && number != floor(number)))
        return out_of_range(o, text, err);
    if (is_whole)
        out->whole = (int64_t)number;
    else
        out->number = number;
    return SB_OK;
}

/* The values of check boxes in spreadsheets depend on their language. */
static const char *const yes_words[] = {
    "yes", "true",   "1",    "y",      "on",         "x",    "wahr", "ja",   "vrai", "oui", "verdadero",
    "si",  "vero",   "waar", "sim",    "verdadeiro", "sant", "sann", "sand", "tosi", "tak", "prawda",
    "ano", "pravda", "да",   "истина", "dogru",      "evet", "✓",    "✔",    "☑",    NULL};
static const char *const no_words[] = {
    "no",     "false", "0",      "n",    "off",    "falsch", "nein",  "faux",     "non",     "falso", "nee",
    "onwaar", "nao",   "falskt", "nej",  "usann",  "nei",    "falsk", "ei",       "epatosi", "nie",   "fałsz",
    "falsz",  "ne",    "нет",    "ложь", "yanlıs", "yanlis", "hayır", "nepravda", "☐",       NULL};

enum { WORD_BYTES = 64 };

static bool is_word(const char *text, const char *const *words)
{
    char folded[WORD_BYTES], word[WORD_BYTES];
    bool found = false, fits = sb_fold_to(folded, sizeof folded, text);
    for (; fits && *words && !found; words++)
        found = sb_fold_to(word, sizeof word, *words) && strcmp(folded, word) == 0;
    return found;
}

bool sb_option_is_no(const char *text)
{
    return is_word(text, no_words);
}

static const char *after_number(double *out, const sb_option *o, const char *text)
{
    size_t length = strspn(text, "0123456789");
    bool good = length && read_decimal(out, text, length) && *out >= o->least && *out <= o->most;
    return good ? text + length : NULL;
}

bool sb_option_next_range(sb_number_range *out, const sb_option *o, const char **at)
{
    static const char *const dashes[] = {"-", "\xe2\x80\x93", ".."};
    double first = 0, last = 0;
    *at += strspn(*at, separators);
    const char *end = **at ? after_number(&first, o, *at) : NULL;
    if (!end)
        return false;
    last = first;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (!strncmp(end, dashes[i], strlen(dashes[i]))) {
            end = after_number(&last, o, end + strlen(dashes[i]));
            break;
        }
    if (!end || last < first || (*end && !strchr(separators, *end)))
        return false;
    *out = (sb_number_range){(size_t)first, (size_t)last};
    *at = end;
    return true;
}

static sb_status read_ranges(const sb_option *o, const char *text, sb_error *err)
{
    sb_number_range range;
    size_t n = 0;
    const char *at = text;
    while (sb_option_next_range(&range, o, &at))
        n++;
    if (n && !*at)
        return SB_OK;
    return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL,
                              "%s must be numbers from %.10g to %.10g, such as 3 or 2,5-7, not '%.40s'",
                              o->name, o->least, o->most, text);
}

static sb_status read_flag(sb_option_value *out, const sb_option *o, const char *text, sb_error *err)
{
    out->whole = 1;
    if (!text || is_word(text, yes_words))
        return SB_OK;
    out->whole = 0;
    return is_word(text, no_words) ? SB_OK
                                   : sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL,
                                                        "%s must be yes or no, not '%.40s'", o->name, text);
}

/* Rejects texts that cannot be a BCP 47 tag. Whether a language is supported is checked by the aligner. */
static bool is_subtag(const char *text, size_t n, bool first)
{
    if (n < (first ? 2 : 1) || n > (first ? 3 : 8))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_alpha(text[i]) && (first || !sb_is_ascii_digit(text[i])))
            return false;
    return true;
}

static bool is_language_tag(const char *text)
{
    size_t n = strcspn(text, "-");
    bool ok = is_subtag(text, n, true) && strlen(text) < LANGUAGE_SIZE;
    for (const char *at = text; ok && at[n];) {
        at += n + 1;
        n = strcspn(at, "-");
        ok = is_subtag(at, n, false);
    }
    return ok;
}

static sb_status read_language(const sb_option *o, const char *text, sb_error *err)
{
    if (is_language_tag(text))
        return SB_OK;
    return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL,
                              "%s: '%.40s' is not a language code; write two or three letters such as en or "
                              "de, with a region if it matters, such as pt-BR",
                              o->name, text);
}

sb_status sb_option_read(sb_option_value *out, const sb_option *o, const char *text, sb_error *err)
{
    *out = (sb_option_value){.time = SB_TIME_NONE};
    if (o->type == SB_OPTION_FLAG)
        return read_flag(out, o, text, err);
    if (!text || !text[0])
        return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL, "%s is empty; give it a value (%s)",
                                  o->name, o->argument);
    out->is_off = o->instead && !strcasecmp(text, o->instead);
    switch (o->type) {
    case SB_OPTION_CHOICE:
        return find_name(o, text, strlen(text), &out->whole) ? SB_OK : wrong_name(o, text, strlen(text), err);
    case SB_OPTION_SET:
        return read_set(out, o, text, err);
    case SB_OPTION_TIME:
        return read_time_value(out, o, text, err);
    case SB_OPTION_RANGES:
        return read_ranges(o, text, err);
    case SB_OPTION_WHOLE:
    case SB_OPTION_NUMBER:
        return read_number_value(out, o, text, err);
    case SB_OPTION_LANGUAGE:
        return read_language(o, text, err);
    case SB_OPTION_ALIAS:
        return sb_alias_check(text, err);
    default:
        return SB_OK;
    }
}
