#include "quote/alike/alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/fold.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "pronounce/pronounce.h"
#include "pronounce/spoken/spoken.h"
#include "transcript/tokens/tokens.h"

#define SAID_MAX     40
#define SAYINGS_READ 3

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

/* Reading `which` of words first ... last. Only a number in digits has several. Returns false if there is
 * none. */
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

bool sb_number_words_add(sb_bytes *out, char before, const char *const *words, size_t first, size_t last)
{
    saying *s = calloc(1, sizeof *s);
    for (size_t which = 0; s && which < SAYINGS_READ && say(s, words, first, last, which); which++)
        for (size_t i = 0; i < s->n; i++)
            sb_bytes_print(out, "%c#%s", before, s->words[i]);
    bool ok = s && !out->failed;
    free(s);
    return ok;
}

/* Where a part may be in its number. */
enum { AT_START = 1, AT_END = 2, AFTER_AND = 4, BEFORE_AND = 8 };

/* "and" is said after hundreds, thousands and millions only. */
static bool is_before_and(const char *word)
{
    const sb_number_word *number = sb_number_word_find(word);
    return number && (number->kind == SB_NUMBER_HUNDRED || number->kind == SB_NUMBER_SCALE);
}

static bool allows(const saying *whole, size_t from, size_t n, unsigned where)
{
    return (!(where & AFTER_AND) || (from > 0 && is_before_and(whole->words[from - 1]))) &&
           (!(where & BEFORE_AND) || (from + n < whole->n && is_before_and(whole->words[from + n - 1])));
}

static bool is_part(const saying *whole, const saying *part, unsigned where, size_t *from)
{
    if (part->n >= whole->n)
        return false;
    size_t last = whole->n - part->n;
    for (size_t i = where & AT_END ? last : 0; i <= (where & AT_START ? 0 : last); i++) {
        size_t k = 0;
        while (k < part->n && strcmp(whole->words[i + k], part->words[k]) == 0)
            k++;
        *from = i;
        if (k == part->n && allows(whole, i, k, where))
            return true;
    }
    return false;
}

/* The part of a number at an end of a phrase, as it is said. */
typedef struct end_part {
    saying said;
    size_t n_tokens; /* of the phrase; 0 if there is no number */
    bool has_and;    /* "and" is the outer one of two */
} end_part;

typedef struct ends {
    const sb_pattern *pattern;
    end_part first, last;
} ends;

/* Words inside a number at which a phrase may begin or end: "and sixty wires", "point four tonnes". */
static bool is_joint(const char *text)
{
    return strcmp(text, "and") == 0 || strcmp(text, "point") == 0;
}

/* The number at the first or the last token of the pattern. If `with_joint`, a joint stands outside of it. */
static void set_part(end_part *out, const sb_pattern *pattern, const char *const *words, bool at_end,
                     bool with_joint)
{
    const sb_token *tokens = pattern->tokens.items;
    size_t n = pattern->tokens.n_items, outer = at_end ? n - 1 : 0;
    out->n_tokens = 0;
    out->has_and = with_joint && n > 1 && strcmp(tokens[outer].text, "and") == 0;
    if (with_joint && (n < 2 || !is_joint(tokens[outer].text)))
        return;
    size_t inner = !with_joint ? outer : at_end ? n - 2 : 1;
    size_t first = at_end ? inner : outer, last = at_end ? outer : inner;
    if (is_number_token(tokens[inner].text) &&
        say(&out->said, words, tokens[first].first_word, tokens[last].last_word, 0))
        out->n_tokens = last - first + 1;
}

/* "1960" is nearly always read as "nineteen sixty". */
static bool is_year(const char *digits)
{
    return strlen(digits) == 4 && (digits[0] == '1' || memcmp(digits, "20", 2) == 0) && digits[1] != '0' &&
           memcmp(digits + 2, "00", 2) != 0;
}

/* Returns true if unit `unit` contains the number, and sets the words of it that match. */
static bool fits(const sb_runs *runs, const sb_unit *unit, const saying *part, unsigned where, sb_hit *hit)
{
    saying whole;
    size_t from;
    if (!is_number_token(unit->text))
        return false;
    for (size_t which = 0; which < (is_year(unit->text) ? 1 : SAYINGS_READ); which++) {
        if (!say(&whole, runs->texts, unit->first_word, unit->last_word, which))
            return false;
        if (is_spelled_out(&whole) || !is_part(&whole, part, where, &from))
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

/* "and" is said between the parts of a number, but is not one of them. */
static void take_joint(sb_hit *hit, const sb_runs *runs, const sb_unit *unit, const end_part *part,
                       bool at_end)
{
    if (!part->has_and)
        return;
    if (at_end && hit->last < unit->last_word && strcmp(runs->texts[hit->last + 1], "and") == 0)
        hit->last++;
    if (!at_end && hit->first > unit->first_word && strcmp(runs->texts[hit->first - 1], "and") == 0)
        hit->first--;
}

static bool fits_edge(const end_part *part, const sb_runs *runs, const sb_unit *unit, bool at_end,
                      sb_hit *hit)
{
    sb_hit found;
    unsigned where =
        at_end ? AT_START | (part->has_and ? BEFORE_AND : 0) : AT_END | (part->has_and ? AFTER_AND : 0);
    if (!part->n_tokens || !fits(runs, unit, &part->said, where, &found))
        return false;
    take_joint(&found, runs, unit, part, at_end);
    if (at_end)
        hit->last = found.last;
    else
        hit->first = found.first;
    return true;
}

static size_t count_units(const ends *e)
{
    size_t first = e->first.n_tokens > 1, last = e->last.n_tokens > 1;
    return e->pattern->tokens.n_items - first - last;
}

/* The part that has all words of a phrase in one number, apart from "and"; NULL: none has. */
static const end_part *whole_part(const ends *e)
{
    if (e->first.n_tokens > 1 && e->last.n_tokens > 1)
        return e->last.has_and ? &e->first : e->first.has_and ? &e->last : NULL;
    const end_part *longer = e->last.n_tokens > e->first.n_tokens ? &e->last : &e->first;
    return longer->n_tokens ? longer : NULL;
}

/* The whole phrase in one number. */
static bool fits_inside(const ends *e, const sb_runs *runs, const sb_unit *unit, sb_hit *hit)
{
    const end_part *only = whole_part(e);
    unsigned where = (e->first.has_and ? AFTER_AND : 0) | (e->last.has_and ? BEFORE_AND : 0);
    if (!only || !fits(runs, unit, &only->said, where, hit))
        return false;
    take_joint(hit, runs, unit, &e->first, false);
    take_joint(hit, runs, unit, &e->last, true);
    return true;
}

/* The phrase at units[0 ...]: the numbers at its ends may be parts, everything between is equal. */
static bool fits_at(const ends *e, const sb_runs *runs, const sb_unit *units, sb_hit *hit,
                    const sb_unit **number)
{
    size_t n = count_units(e), before = e->first.n_tokens > 1;
    const sb_unit *end_unit = &units[n - 1];
    for (size_t i = 1; i + 1 < n; i++)
        if (units[i].id != e->pattern->ids[i + before])
            return false;
    hit->first = units[0].first_word;
    hit->last = end_unit->last_word;
    *number = units;
    if (n == 1)
        return fits_inside(e, runs, units, hit);
    bool first_equal = !before && units[0].id == e->pattern->ids[0],
         last_equal = e->last.n_tokens < 2 && end_unit->id == e->pattern->ids[n - 1 + before];
    if (!last_equal)
        *number = end_unit;
    return !(first_equal && last_equal) && (first_equal || fits_edge(&e->first, runs, units, false, hit)) &&
           (last_equal || fits_edge(&e->last, runs, end_unit, true, hit));
}

static sb_status find_all(sb_hits *hits, const ends *e, const sb_phrase_text *text, sb_arena *whys,
                          sb_error *err)
{
    sb_units units = {0};
    size_t n = count_units(e);
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

static sb_status find_with_joints(sb_hits *hits, ends *e, const char *const *words,
                                  const sb_phrase_text *text, sb_arena *whys, sb_error *err)
{
    sb_status status = SB_OK;
    for (unsigned joints = 0; status == SB_OK && joints < 4; joints++) {
        set_part(&e->first, e->pattern, words, false, joints & 1);
        set_part(&e->last, e->pattern, words, true, joints & 2);
        bool has_joints = (!(joints & 1) || e->first.n_tokens) && (!(joints & 2) || e->last.n_tokens);
        bool has_number = e->first.n_tokens || e->last.n_tokens;
        if (has_joints && has_number)
            status = find_all(hits, e, text, whys, err);
    }
    return status;
}

sb_status sb_number_parts_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                               sb_arena *whys, sb_error *err)
{
    sb_status status = SB_OK;
    char *copy = sb_copy_text(pattern->phrase, NULL);
    const char **words = calloc(strlen(pattern->phrase) / 2 + 2, sizeof *words);
    ends *e = calloc(1, sizeof *e);
    if (copy && words && e) {
        e->pattern = pattern;
        sb_phrase_words(copy, words);
        status = find_with_joints(hits, e, words, text, whys, err);
    } else {
        status = sb_error_memory(err, "searching");
    }
    free(copy);
    free(words);
    free(e);
    return status;
}
