#include "quote/alike/alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/fold.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "pronounce/pronounce.h"
#include "pronounce/spoken/spoken.h"
#include "transcript/model/model.h"

#define SAID_MAX 40

/* A number as it is said, without "and". */
typedef struct saying {
    char text[SB_SAYING_SIZE_MAX];
    const char *words[SAID_MAX];
    size_t of[SAID_MAX]; /* the written word that each belongs to */
    size_t n;
} saying;

static bool is_number_token(const char *text)
{
    return text[0] >= '0' && text[0] <= '9';
}

static bool has_digit(const char *word)
{
    return strpbrk(word, "0123456789") != NULL;
}

/* "3 1 4" is read digit by digit; parts of it are not searched. */
static bool is_spelled_out(const saying *s)
{
    size_t n_digits = 0;
    for (size_t i = 0; i < s->n; i++) {
        const sb_number_word *word = sb_number_word_find(s->words[i]);
        n_digits += word && word->kind == SB_NUMBER_UNIT;
    }
    return s->n > 2 && n_digits == s->n;
}

static bool is_of_number(const char *word)
{
    return sb_number_word_find(word) || strcmp(word, "point") == 0 || strcmp(word, "oh") == 0 ||
           strcmp(word, "a") == 0 || strcmp(word, "half") == 0;
}

/* Appends the words of `said`, which belong to written word `of`. */
static bool add_said_words(saying *out, const char *said, size_t of)
{
    size_t used =
        out->n ? (size_t)(out->words[out->n - 1] - out->text) + strlen(out->words[out->n - 1]) + 1 : 0;
    for (const char *at = said; *at; at += strspn(at, " -")) {
        size_t size = strcspn(at, " -");
        if (used + size + 1 > sizeof out->text || out->n == SAID_MAX)
            return false;
        char *word = out->text + used;
        memcpy(word, at, size);
        word[size] = '\0';
        at += size;
        if (!size || strcmp(word, "and") == 0 || !is_of_number(word))
            continue;
        out->words[out->n] = word;
        out->of[out->n++] = of;
        used += size + 1;
    }
    return true;
}

static bool add_digits(saying *out, sb_sayings *sayings, const char *word, size_t which, size_t of)
{
    size_t from;
    if (sb_word_core(word, &from) == 0)
        return false;
    from -= from > 0 && word[from - 1] == '$' ? 1 : 0;
    sayings->n_items = 0;
    return sb_number_sayings(sayings, word + from) > 0 && which < sayings->n_items &&
           add_said_words(out, sayings->items[which], of);
}

static bool add_letters(saying *out, const char *word, size_t of)
{
    size_t from, size;
    char folded[sizeof out->text];
    bool ok = sb_fold_to(folded, sizeof folded, word) && (size = sb_word_core(folded, &from)) > 0;
    if (ok) {
        folded[from + size] = '\0';
        ok = add_said_words(out, folded + from, of);
    }
    return ok;
}

/* Reading `which` of words first ... last. Only a number in digits has several. Returns false if there is none. */
static bool say(saying *out, const char *const *words, size_t first, size_t last, size_t which)
{
    sb_sayings *sayings = calloc(1, sizeof *sayings);
    bool ok = sayings && (which == 0 || (first == last && has_digit(words[first])));
    out->n = 0;
    for (size_t w = first; ok && w <= last; w++)
        ok = has_digit(words[w]) ? add_digits(out, sayings, words[w], which, w)
                                 : add_letters(out, words[w], w);
    free(sayings);
    return ok && out->n > 0;
}

/* Where the words of `part` are in `whole`, at its start, at its end or anywhere. */
static bool is_part(const saying *whole, const saying *part, bool at_start, bool at_end, size_t *from)
{
    if (part->n >= whole->n)
        return false;
    size_t low = at_end ? whole->n - part->n : 0, high = at_start ? 0 : whole->n - part->n;
    for (size_t i = low; i <= high; i++) {
        size_t k = 0;
        while (k < part->n && strcmp(whole->words[i + k], part->words[k]) == 0)
            k++;
        *from = i;
        if (k == part->n)
            return true;
    }
    return false;
}

/* The numbers at the ends of a phrase, as they are said. */
typedef struct ends {
    const sb_pattern *pattern;
    saying first, last;
    bool has_first, has_last;
} ends;

static bool said_part(saying *out, const sb_pattern *pattern, const char *const *words, size_t token)
{
    const sb_token *t = &pattern->tokens.items[token];
    return is_number_token(t->text) && say(out, words, t->first_word, t->last_word, 0);
}

/* "1960" is nearly always read as "nineteen sixty". */
static bool is_year(const char *digits)
{
    return strlen(digits) == 4 && (digits[0] == '1' || memcmp(digits, "20", 2) == 0) && digits[1] != '0' &&
           memcmp(digits + 2, "00", 2) != 0;
}

/* Returns true if unit `unit` contains the number, and sets the words of it that match. */
static bool fits(const sb_runs *runs, const sb_unit *unit, const saying *part, bool at_start, bool at_end,
                 sb_hit *hit)
{
    saying whole;
    size_t from;
    if (!is_number_token(unit->text))
        return false;
    for (size_t which = 0; which < (is_year(unit->text) ? 1 : 3); which++) {
        if (!say(&whole, runs->texts, unit->first_word, unit->last_word, which))
            return false;
        if (is_spelled_out(&whole) || !is_part(&whole, part, at_start, at_end, &from))
            continue;
        hit->first = whole.of[from];
        hit->last = whole.of[from + part->n - 1];
        return true;
    }
    return false;
}

static const char *explain_number(sb_arena *whys, const sb_runs *runs, const sb_unit *unit)
{
    char *number = sb_runs_text(runs, unit->first_word, unit->last_word);
    for (size_t n = number ? strlen(number) : 0; n > 0 && strchr(".,;:!?\"')", number[n - 1]); n--)
        number[n - 1] = '\0';
    const char *why = number ? sb_why_print(whys, "part of the number \"%s\"", number) : NULL;
    free(number);
    return why;
}

/* The phrase at units[at ...]: the numbers at its ends may be parts, everything between is equal. */
static bool fits_at(const ends *e, const sb_runs *runs, const sb_unit *units, sb_hit *hit,
                    const sb_unit **number)
{
    size_t n = e->pattern->tokens.n_items;
    sb_hit end;
    for (size_t i = 1; i + 1 < n; i++)
        if (units[i].id != e->pattern->ids[i])
            return false;
    hit->first = units[0].first_word;
    hit->last = units[n - 1].last_word;
    *number = NULL;
    if (n == 1)
        return e->has_first && fits(runs, units, &e->first, false, false, hit) && (*number = units);
    bool first_equal = units[0].id == e->pattern->ids[0],
         last_equal = units[n - 1].id == e->pattern->ids[n - 1];
    if (first_equal == last_equal && first_equal)
        return false;
    if (!first_equal) {
        if (!e->has_first || !fits(runs, units, &e->first, false, true, &end))
            return false;
        hit->first = end.first;
        *number = units;
    }
    if (!last_equal) {
        if (!e->has_last || !fits(runs, &units[n - 1], &e->last, true, false, &end))
            return false;
        hit->last = end.last;
        *number = &units[n - 1];
    }
    return true;
}

static sb_status find_all(sb_hits *hits, const ends *e, const sb_phrase_text *text, sb_arena *whys,
                          sb_error *err)
{
    sb_units units = {0};
    size_t n = e->pattern->tokens.n_items;
    sb_status status = sb_units_make_all(&units, text, e->pattern, err);
    for (size_t i = 0; status == SB_OK && i + n <= units.n_items; i++) {
        sb_hit hit = {.phrase = e->pattern->phrase, .how = SB_MATCH_PART, .score = 0.8};
        const sb_unit *number;
        if (!fits_at(e, text->runs, &units.items[i], &hit, &number))
            continue;
        hit.run = sb_runs_run_of(text->runs, hit.first);
        hit.why = explain_number(whys, text->runs, number);
        status = hit.why ? sb_hits_add(hits, hit, err) : sb_error_memory(err, "searching");
    }
    sb_units_finish(&units);
    return status;
}

sb_status sb_number_parts_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                               sb_arena *whys, sb_error *err)
{
    sb_status status = SB_OK;
    size_t n = pattern->tokens.n_items;
    bool may_fit =
        is_number_token(pattern->tokens.items[0].text) || is_number_token(pattern->tokens.items[n - 1].text);
    if (!may_fit)
        return SB_OK;
    char *copy = sb_copy_text(pattern->phrase, NULL);
    const char **words = calloc(strlen(pattern->phrase) / 2 + 2, sizeof *words);
    ends *e = calloc(1, sizeof *e);
    if (copy && words && e) {
        e->pattern = pattern;
        sb_phrase_words(copy, words);
        e->has_first = said_part(&e->first, pattern, words, 0);
        e->has_last = said_part(&e->last, pattern, words, n - 1);
        status = find_all(hits, e, text, whys, err);
    } else {
        status = sb_error_memory(err, "searching");
    }
    free(copy);
    free(words);
    free(e);
    return status;
}
