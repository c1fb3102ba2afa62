#include "quote/terms/terms.h"

#include "base/run/run.h"
#include "base/words/words.h"
#include "quote/alike/alike.h"
#include "transcript/tokens/tokens.h"

#include <stdlib.h>
#include <string.h>

bool sb_term_clause_begin(sb_term_query *query)
{
    if (!sb_push_room(&query->clauses, query->n_clauses, sizeof *query->clauses))
        return false;
    query->clauses[query->n_clauses++] = (sb_term_clause){0};
    return true;
}

bool sb_term_clause_add(sb_term_query *query, const char *mark, const char *first, const char *second)
{
    sb_term_clause *clause = &query->clauses[query->n_clauses - 1];
    char *text = second ? sb_text_print("%s%s%c%s", mark, first, SB_TERM_NEXT, second)
                        : sb_text_print("%s%s", mark, first);
    if (!text || !sb_push_room(&clause->any, clause->n_any, sizeof *clause->any)) {
        free(text);
        return false;
    }
    clause->any[clause->n_any++] = text;
    return true;
}

void sb_term_query_finish(sb_term_query *query)
{
    for (size_t i = 0; i < query->n_clauses; i++) {
        for (size_t k = 0; k < query->clauses[i].n_any; k++)
            free(query->clauses[i].any[k]);
        free(query->clauses[i].any);
    }
    free(query->clauses);
    *query = (sb_term_query){0};
}

/* The terms by which one token of a phrase can be found. If it is in a group, the one at GROUP is that of the
 * group. */
#define GROUP 1
typedef struct forms {
    char *terms[4];
    size_t n;
} forms;

/* A phrase. Parts of longer numbers may be found at its ends, see sb_number_parts_find. */
typedef struct phrase {
    const sb_pattern *pattern;
    const char **words;
    size_t n;           /* tokens that the query is made of */
    size_t first, last; /* the tokens of the numbers at its ends; SIZE_MAX: none */
} phrase;

static bool token_is_number(const phrase *p, size_t token)
{
    char c = p->pattern->tokens.items[token].text[0];
    return c >= '0' && c <= '9';
}

/* Words inside numbers. */
static bool token_is_joint(const phrase *p, size_t token)
{
    const char *text = p->pattern->tokens.items[token].text;
    return strcmp(text, "and") == 0 || strcmp(text, "point") == 0;
}

static void find_ends(phrase *p)
{
    size_t n = p->n;
    bool is_cut = n < p->pattern->tokens.n_items;
    p->first = p->last = SIZE_MAX;
    if (token_is_number(p, 0))
        p->first = 0;
    else if (n > 1 && token_is_joint(p, 0) && token_is_number(p, 1))
        p->first = 1;
    if (!is_cut && token_is_number(p, n - 1))
        p->last = n - 1;
    else if (!is_cut && n > 1 && token_is_joint(p, n - 1) && token_is_number(p, n - 2))
        p->last = n - 2;
}

static void forms_finish(forms *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->terms[i]);
    *f = (forms){0};
}

/* The first token of the group that token `token` belongs to, and the last. */
static size_t group_of(const sb_tokens *tokens, size_t token, size_t *last)
{
    size_t first = 0;
    for (*last = sb_tokens_group_end(tokens, 0); *last < token; *last = sb_tokens_group_end(tokens, first))
        first = *last + 1;
    return first;
}

static bool forms_make(forms *out, const phrase *p, size_t token)
{
    const sb_tokens *tokens = &p->pattern->tokens;
    size_t last, first = group_of(tokens, token, &last);
    bool ok = true;
    *out = (forms){0};
    out->terms[out->n] = sb_copy_text(tokens->items[token].text, &ok);
    out->n += ok;
    if (ok && last > first) {
        out->terms[out->n] = sb_tokens_join(tokens, first, last);
        ok = out->terms[out->n] != NULL;
        out->n += ok;
    }
    if (ok && tokens->items[token].other) {
        out->terms[out->n] = sb_copy_text(tokens->items[token].other, &ok);
        out->n += ok;
    }
    char number[SB_FORM_SIZE];
    if (ok && sb_german_number(number, tokens->items[token].text)) {
        out->terms[out->n] = sb_copy_text(number, &ok);
        out->n += ok;
    }
    if (ok && (token == p->first || token == p->last)) {
        sb_bytes said = {0};
        ok = sb_number_words_add(&said, SB_TERM_NEXT, p->words, tokens->items[token].first_word,
                                 tokens->items[token].last_word);
        char *at = ok && said.size ? said.data + 1 : NULL;
        if (at) {
            at[strcspn(at, " ")] = '\0';
            out->terms[out->n] = sb_copy_text(at, &ok);
            out->n += ok;
        }
        sb_bytes_finish(&said);
    }
    return ok;
}

/* Tokens `left` and `left` + 1. */
static bool add_pair(sb_term_query *out, const phrase *p, size_t left)
{
    const sb_tokens *tokens = &p->pattern->tokens;
    forms a = {0}, b = {0};
    size_t last;
    group_of(tokens, left, &last);
    bool is_one_group = last > left;
    bool before = p->first != SIZE_MAX && left + 1 == p->first,
         after = p->last != SIZE_MAX && left == p->last && p->last + 2 == p->n;
    bool ok = sb_term_clause_begin(out) && forms_make(&a, p, left) && forms_make(&b, p, left + 1);
    if (ok && is_one_group)
        ok = sb_term_clause_add(out, "", a.terms[GROUP], NULL);
    for (size_t i = 0; ok && i < a.n; i++)
        for (size_t k = 0; ok && k < b.n; k++)
            if (!is_one_group || (i != GROUP && k != GROUP))
                ok = sb_term_clause_add(out, "", a.terms[i], b.terms[k]);
    if (ok && before) /* "and" is inside the number */
        ok = sb_term_clause_add(out, "", b.terms[b.n - 1], NULL);
    if (ok && after)
        ok = sb_term_clause_add(out, "", a.terms[a.n - 1], NULL);
    forms_finish(&a);
    forms_finish(&b);
    return ok;
}

static bool add_single(sb_term_query *out, const phrase *p)
{
    forms f = {0};
    bool ok = sb_term_clause_begin(out) && forms_make(&f, p, 0);
    for (size_t i = 0; ok && i < f.n; i++)
        ok = sb_term_clause_add(out, "", f.terms[i], NULL);
    forms_finish(&f);
    return ok;
}

sb_status sb_phrase_terms(sb_term_query *out, const sb_pattern *pattern, sb_error *err)
{
    *out = (sb_term_query){0};
    char *copy = sb_copy_text(pattern->phrase, NULL);
    phrase p = {.pattern = pattern,
                .words = calloc(strlen(pattern->phrase) / 2 + 2, sizeof *p.words),
                .n = sb_least_size(pattern->tokens.n_items, SB_TERM_SPAN)};
    bool ok = copy && p.words;
    if (ok) {
        sb_phrase_words(copy, p.words);
        find_ends(&p);
        ok = p.n > 1 || add_single(out, &p);
    }
    for (size_t i = 0; ok && i + 1 < p.n; i++)
        ok = add_pair(out, &p, i);
    free(p.words);
    free(copy);
    return ok ? SB_OK : sb_error_memory(err, "searching");
}

/* A token with the same stem is found by it, an equal one too. */
static bool add_stems(sb_term_query *out, const char *text, const char *const *languages, size_t n_languages)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n_languages; i++) {
        sb_stems *stems = NULL;
        ok = sb_stems_create(&stems, languages[i]);
        char *stem = ok ? sb_stem_of(stems, text) : NULL;
        const sb_term_clause *clause = &out->clauses[out->n_clauses - 1];
        bool is_known = false;
        for (size_t k = 0; stem && k < clause->n_any; k++)
            is_known = is_known || (clause->any[k][0] == '~' && strcmp(clause->any[k] + 1, stem) == 0);
        ok = stem && (is_known || sb_term_clause_add(out, "~", stem, NULL));
        free(stem);
        sb_stems_free(&stems);
    }
    return ok;
}

sb_status sb_near_terms(sb_term_query *out, const sb_pattern *pattern, const char *const *languages,
                        size_t n_languages, sb_error *err)
{
    const sb_tokens *tokens = &pattern->tokens;
    phrase p = {.pattern = pattern, .n = tokens->n_items, .first = SIZE_MAX, .last = SIZE_MAX};
    size_t n_needed = 0, n_must = 0;
    *out = (sb_term_query){0};
    for (size_t i = 0; i < tokens->n_items; i++) {
        bool is_new = pattern->ids[i] == (int)i;
        n_needed += is_new;
        n_must += is_new && !sb_word_is_common(tokens->items[i].text);
    }
    if (n_needed > SB_NEAR_TERMS_MAX)
        return sb_error_set(err, SB_ERR_ARGUMENT, "'%.60s' has %zu different words; give at most %d",
                            pattern->phrase, n_needed, SB_NEAR_TERMS_MAX);
    bool ok = true;
    for (size_t i = 0; ok && i < tokens->n_items; i++) {
        if (pattern->ids[i] != (int)i || (n_must && sb_word_is_common(tokens->items[i].text)))
            continue;
        forms f = {0};
        ok = sb_term_clause_begin(out) && forms_make(&f, &p, i);
        for (size_t k = token_is_number(&p, i) ? 0 : 1; ok && k < f.n; k++)
            ok = sb_term_clause_add(out, "", f.terms[k], NULL);
        ok = ok && add_stems(out, tokens->items[i].text, languages, n_languages);
        forms_finish(&f);
    }
    return ok ? SB_OK : sb_error_memory(err, "searching");
}
