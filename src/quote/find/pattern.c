#include "quote/find/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/sense/sense.h"
#include "transcript/tokens/tokens.h"

/* People type "dont" for "don't". */
static void drop_apostrophes(sb_tokens *tokens)
{
    for (size_t i = 0; i < tokens->n_items; i++) {
        char *to = tokens->items[i].text;
        for (const char *from = to; *from; from++)
            if (*from != '\'')
                *to++ = *from;
        *to = '\0';
    }
}

/* The language of the text. The aligner knows it; that of a transcript alone is guessed. NULL when out of
 * memory. */
static const char *language_of(const sb_runs *runs)
{
    bool ok = true;
    const char *language = runs->alignment->transcript.language;
    if (language || runs->n_words == 0 || runs->alignment->method != SB_METHOD_NONE)
        return language ? language : "";
    const sb_senses *senses = sb_runs_guess_language(runs, &ok);
    return senses && ok ? senses->language : NULL;
}

static bool is_german_run(const sb_runs *runs, const sb_run *run, const char *language)
{
    const char *own = runs->alignment->turns[run->first_row].language;
    const char *of_run = own && strcmp(own, "und") != 0 ? own : language;
    return strcmp(of_run, "de") == 0 || strncmp(of_run, "de-", 3) == 0;
}

sb_status sb_phrase_text_init(sb_phrase_text *out, const sb_runs *runs, sb_error *err)
{
    const char *language = language_of(runs);
    if (!language)
        return sb_error_memory(err, "searching");
    *out = (sb_phrase_text){.runs = runs, .of_run = calloc(runs->n_items + 1, sizeof *out->of_run)};
    if (!out->of_run)
        return sb_error_memory(err, "searching");
    for (size_t r = 0; r < runs->n_items; r++) {
        const sb_run *run = &runs->items[r];
        sb_status status = sb_tokens_make(&out->of_run[r], runs->texts + run->first_word,
                                          run->end_word - run->first_word, err);
        if (status != SB_OK) {
            sb_phrase_text_finish(out);
            return status;
        }
        drop_apostrophes(&out->of_run[r]);
        out->of_run[r].is_german = is_german_run(runs, run, language);
    }
    return SB_OK;
}

void sb_phrase_text_finish(sb_phrase_text *text)
{
    for (size_t r = 0; text->of_run && r < text->runs->n_items; r++)
        sb_tokens_finish(&text->of_run[r]);
    free(text->of_run);
    *text = (sb_phrase_text){0};
}

size_t sb_phrase_words(char *text, const char **words)
{
    size_t size = strlen(text), n = 0;
    bool inside = false;
    for (size_t at = 0; at < size;) {
        size_t begin = at;
        if (sb_is_space(sb_utf8_next(text, size, &at))) {
            text[begin] = '\0';
            inside = false;
        } else if (!inside) {
            words[n++] = text + begin;
            inside = true;
        }
    }
    return n;
}

static sb_status phrase_tokens(sb_tokens *out, const char *phrase, sb_error *err)
{
    char *text = sb_copy_text(phrase, NULL);
    const char **words = calloc(strlen(phrase) / 2 + 1, sizeof *words);
    sb_status status;
    if (text && words)
        status = sb_tokens_make(out, words, sb_phrase_words(text, words), err);
    else
        status = sb_error_memory(err, "searching");
    free(words);
    free(text);
    return status;
}

static int compare_spellings(const void *a, const void *b)
{
    const sb_spelling *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    if (order == 0)
        order = (x->last_token > x->first_token) - (y->last_token > y->first_token);
    if (order == 0)
        order = x->is_german + x->is_other - y->is_german - y->is_other;
    if (order == 0)
        order = (x->first_token > y->first_token) - (x->first_token < y->first_token);
    return order;
}

/* True if one word has both tokens, and joined they cannot be another number: "1/5" is not "15". */
static bool may_join(const sb_token *left, const sb_token *right)
{
    bool in_word = left->first_word == right->first_word && right->first_word == right->last_word;
    size_t size = strlen(left->text);
    bool meet = size > 0 && sb_is_ascii_digit(left->text[size - 1]) && sb_is_ascii_digit(right->text[0]);
    return in_word && !meet;
}

size_t sb_tokens_group_end(const sb_tokens *tokens, size_t first)
{
    char form[SB_FORM_SIZE];
    const sb_token *items = tokens->items;
    size_t last = first, n = sb_form_read(form, tokens, first);
    if (n > 0)
        return first + n - 1;
    if (items[first].first_word != items[first].last_word)
        return first;
    while (last + 1 < tokens->n_items && may_join(&items[last], &items[last + 1]) &&
           !sb_form_read(form, tokens, last + 1))
        last++;
    return last;
}

char *sb_tokens_join(const sb_tokens *tokens, size_t first, size_t last)
{
    char form[SB_FORM_SIZE];
    if (sb_form_read(form, tokens, first) > 0)
        return sb_copy_text(form, NULL);
    sb_bytes joined = {0};
    for (size_t i = first; i <= last; i++)
        sb_bytes_text(&joined, tokens->items[i].text);
    if (joined.failed)
        sb_bytes_finish(&joined);
    return joined.data;
}

/* Takes over `joined`. */
static bool add_joined(sb_pattern *pattern, char *joined, size_t first, size_t last, bool is_german)
{
    if (!joined)
        return false;
    pattern->joined[pattern->n_joined++] = joined;
    pattern->spellings[pattern->n_spellings++] =
        (sb_spelling){.text = joined, .first_token = first, .last_token = last, .is_german = is_german};
    return true;
}

static bool add_contractions(sb_pattern *pattern)
{
    char form[SB_FORM_SIZE];
    for (size_t i = 0; pattern->tokens.contracts && i < pattern->tokens.n_items; i++) {
        size_t n = sb_contraction_read(form, &pattern->tokens, i);
        if (n == 0)
            continue;
        if (!add_joined(pattern, sb_copy_text(form, NULL), i, i + n - 1, false))
            return false;
        pattern->spellings[pattern->n_spellings - 1].is_contraction = true;
    }
    return true;
}

static bool make_spellings(sb_pattern *pattern)
{
    const sb_tokens *tokens = &pattern->tokens;
    char number[SB_FORM_SIZE];
    pattern->spellings = calloc(5 * tokens->n_items, sizeof *pattern->spellings);
    pattern->joined = calloc(3 * tokens->n_items, sizeof *pattern->joined);
    if (!pattern->spellings || !pattern->joined)
        return false;
    for (size_t i = 0; i < tokens->n_items; i++) {
        pattern->spellings[pattern->n_spellings++] =
            (sb_spelling){.text = tokens->items[i].text, .first_token = i, .last_token = i};
        if (tokens->items[i].other)
            pattern->spellings[pattern->n_spellings++] = (sb_spelling){
                .text = tokens->items[i].other, .first_token = i, .last_token = i, .is_other = true};
        if (sb_german_number(number, tokens->items[i].text) &&
            !add_joined(pattern, sb_copy_text(number, NULL), i, i, true))
            return false;
    }
    for (size_t i = 0, last; i < tokens->n_items; i = last + 1) {
        last = sb_tokens_group_end(tokens, i);
        if (last == i)
            continue;
        if (!add_joined(pattern, sb_tokens_join(tokens, i, last), i, last, false))
            return false;
    }
    if (!add_contractions(pattern))
        return false;
    qsort(pattern->spellings, pattern->n_spellings, sizeof *pattern->spellings, compare_spellings);
    return true;
}

/* The first spelling equal to `text`. Tokens come before joined words, and earlier ones before later ones. */
static const sb_spelling *find_spelling(const sb_pattern *pattern, const char *text)
{
    size_t low = 0, high = pattern->n_spellings;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(pattern->spellings[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == pattern->n_spellings || strcmp(pattern->spellings[low].text, text) != 0)
        return NULL;
    return &pattern->spellings[low];
}

static sb_status pattern_init(sb_pattern *out, const char *phrase, bool contracts, sb_error *err)
{
    *out = (sb_pattern){.phrase = phrase};
    sb_status status = phrase_tokens(&out->tokens, phrase, err);
    if (status != SB_OK)
        return status;
    size_t n = out->tokens.n_items;
    out->tokens.contracts = contracts;
    if (n == 0)
        status =
            sb_error_set(err, SB_ERR_ARGUMENT, "the phrase '%.100s' has no words; give at least one", phrase);
    else if (n > SB_PATTERN_MAX)
        status = sb_error_set(err, SB_ERR_ARGUMENT, "the phrase '%.40s...' has %zu words; give at most %d",
                              phrase, n, SB_PATTERN_MAX);
    if (status != SB_OK)
        goto fail;
    drop_apostrophes(&out->tokens);
    for (size_t i = 0; i < n; i++)
        out->tokens.items[i].is_lower = false; /* "21 may" is a date in a phrase */
    out->ids = calloc(n, sizeof *out->ids);
    if (!out->ids || !make_spellings(out)) {
        status = sb_error_memory(err, "searching");
        goto fail;
    }
    for (size_t i = 0; i < n; i++)
        out->ids[i] = (int)find_spelling(out, out->tokens.items[i].text)->first_token;
    return SB_OK;
fail:
    sb_pattern_finish(out);
    return status;
}

sb_status sb_pattern_init(sb_pattern *out, const char *phrase, sb_error *err)
{
    return pattern_init(out, phrase, false, err);
}

sb_status sb_pattern_init_contracting(sb_pattern *out, const char *phrase, sb_error *err)
{
    return pattern_init(out, phrase, true, err);
}

void sb_pattern_finish(sb_pattern *pattern)
{
    sb_tokens_finish(&pattern->tokens);
    free(pattern->ids);
    free(pattern->spellings);
    for (size_t i = 0; i < pattern->n_joined; i++)
        free(pattern->joined[i]);
    free(pattern->joined);
    *pattern = (sb_pattern){0};
}

static bool add_unit(sb_units *units, sb_unit unit)
{
    if (!sb_grow(&units->items, units->n_items, &units->capacity, sizeof *units->items))
        return false;
    units->items[units->n_items++] = unit;
    return true;
}

/* Adds one token, or the words of the phrase that it is another spelling of, all in its place. */
static bool add_spelling(sb_units *units, sb_unit unit, const sb_spelling *spelling,
                         const sb_pattern *pattern)
{
    if (!spelling)
        return add_unit(units, unit);
    for (size_t i = spelling->first_token; i <= spelling->last_token; i++) {
        unit.text = pattern->tokens.items[i].text;
        unit.id = pattern->ids[i];
        unit.is_contraction = unit.is_contraction || spelling->is_contraction;
        if (!add_unit(units, unit))
            return false;
    }
    return true;
}

static bool is_minutes(const sb_tokens *tokens, size_t at)
{
    return at > 0 && tokens->items[at - 1].is_hour;
}

/* "20" of "5, 20". */
static bool is_next_number(const sb_tokens *tokens, size_t at)
{
    const sb_token *before = at > 0 ? &tokens->items[at - 1] : NULL;
    return before && sb_is_ascii_digit(before->text[0]) && before->stop != SB_STOP_NONE && !before->is_hour;
}

/* The spelling `text` of tokens->items[at], unless one of the two is of "5:20" and the other of "5, 20". */
static const sb_spelling *spelling_as(const char *text, const sb_pattern *pattern, const sb_tokens *tokens,
                                      size_t at)
{
    const sb_spelling *end = pattern->spellings + pattern->n_spellings;
    for (const sb_spelling *s = find_spelling(pattern, text); s && s < end && !strcmp(s->text, text); s++) {
        const sb_tokens *own = &pattern->tokens;
        if ((tokens->is_german || !s->is_german) &&
            !(is_minutes(tokens, at) && is_next_number(own, s->first_token)) &&
            !(is_next_number(tokens, at) && is_minutes(own, s->first_token)))
            return s;
    }
    return NULL;
}

static const sb_spelling *token_spelling(const sb_pattern *pattern, const sb_tokens *tokens, size_t at)
{
    char number[SB_FORM_SIZE];
    const sb_spelling *found = spelling_as(tokens->items[at].text, pattern, tokens, at);
    if (!found && tokens->items[at].other)
        found = spelling_as(tokens->items[at].other, pattern, tokens, at);
    if (!found && tokens->is_german && sb_german_number(number, tokens->items[at].text))
        found = spelling_as(number, pattern, tokens, at);
    return found;
}

static bool add_token(sb_units *units, const sb_tokens *tokens, size_t at, size_t word_base,
                      const sb_pattern *pattern)
{
    const sb_token *token = &tokens->items[at];
    sb_unit unit = {.text = token->text,
                    .id = -1,
                    .first_word = word_base + token->first_word,
                    .last_word = word_base + token->last_word,
                    .joint = token->joint,
                    .is_spelled = token->is_spelled};
    const sb_spelling *spelling = token_spelling(pattern, tokens, at);
    /* the text has no sign between the numbers that the phrase has: "0800123456" and "0800/123456" */
    unit.is_spelled = unit.is_spelled || (spelling && spelling->last_token > spelling->first_token);
    return add_spelling(units, unit, spelling, pattern);
}

/* Returns true if the group is in the phrase as it is, perhaps without "the" before it. */
static bool is_in_phrase(const sb_pattern *pattern, const sb_spelling *spelling, const sb_tokens *tokens,
                         size_t first, size_t last)
{
    const sb_spelling *end = pattern->spellings + pattern->n_spellings;
    for (const sb_spelling *s = spelling; s < end && strcmp(s->text, spelling->text) == 0; s++) {
        size_t n = s->last_token - s->first_token + 1, from = last + 1 - n, i = 0;
        bool fits =
            n == last + 1 - first || (n == last - first && strcmp(tokens->items[first].text, "the") == 0);
        while (fits && i < n &&
               strcmp(tokens->items[from + i].text, pattern->tokens.items[s->first_token + i].text) == 0)
            i++;
        if (i == n)
            return true;
    }
    return false;
}

/* Adds tokens first ... last, which together are `joined`, as the phrase has it. `*added`: the phrase has it
 * otherwise. */
static bool add_group(sb_units *units, const sb_tokens *tokens, size_t first, size_t last, size_t word_base,
                      const sb_pattern *pattern, const char *joined, bool is_contraction, bool *added)
{
    const sb_spelling *spelling = find_spelling(pattern, joined);
    *added = spelling && !is_in_phrase(pattern, spelling, tokens, first, last);
    if (!*added)
        return true;
    sb_unit unit = {.text = spelling->text,
                    .id = -1,
                    .first_word = word_base + tokens->items[first].first_word,
                    .last_word = word_base + tokens->items[last].last_word,
                    .is_spelled = true,
                    .is_contraction = is_contraction};
    return add_spelling(units, unit, spelling, pattern);
}

/* Adds the group that begins with token `first`, and sets its last. `*added`: it is added as a whole. */
static bool add_group_at(sb_units *units, const sb_tokens *tokens, size_t first, size_t *last,
                         size_t word_base, const sb_pattern *pattern, bool *added)
{
    char form[SB_FORM_SIZE];
    size_t n = tokens->contracts && pattern->tokens.contracts ? sb_contraction_read(form, tokens, first) : 0;
    *added = false;
    if (n > 0) {
        *last = first + n - 1;
        if (!add_group(units, tokens, first, *last, word_base, pattern, form, true, added))
            return false;
    }
    if (*added)
        return true;
    *last = sb_tokens_group_end(tokens, first);
    if (*last == first)
        return true;
    char *joined = sb_tokens_join(tokens, first, *last);
    bool ok = joined && add_group(units, tokens, first, *last, word_base, pattern, joined, false, added);
    free(joined);
    return ok;
}

sb_status sb_units_add(sb_units *out, const sb_phrase_text *text, size_t run, const sb_pattern *pattern,
                       sb_error *err)
{
    const sb_tokens *tokens = &text->of_run[run];
    size_t word_base = text->runs->items[run].first_word;
    bool ok = true;
    for (size_t i = 0, last; ok && i < tokens->n_items; i = last + 1) {
        bool added = false;
        ok = add_group_at(out, tokens, i, &last, word_base, pattern, &added);
        for (size_t k = i; ok && !added && k <= last; k++)
            ok = add_token(out, tokens, k, word_base, pattern);
    }
    return ok ? SB_OK : sb_error_memory(err, "searching");
}

sb_status sb_units_make(sb_units *out, const sb_phrase_text *text, size_t run, const sb_pattern *pattern,
                        sb_error *err)
{
    out->n_items = 0;
    return sb_units_add(out, text, run, pattern, err);
}

sb_status sb_units_make_all(sb_units *out, const sb_phrase_text *text, const sb_pattern *pattern,
                            sb_error *err)
{
    sb_status status = SB_OK;
    out->n_items = 0;
    for (size_t run = 0; status == SB_OK && run < text->runs->n_items; run++)
        status = sb_units_add(out, text, run, pattern, err);
    return status;
}

void sb_units_finish(sb_units *units)
{
    free(units->items);
    *units = (sb_units){0};
}
