/* Terms: what a full-text index stores so that it knows where sb_matches_find may find something. The index
 * narrows the search; sb_matches_find decides. A place that the terms of a text and the terms of a query do
 * not share has no match, so that both always agree. */
#ifndef SB_QUOTE_TERMS_TERMS_H
#define SB_QUOTE_TERMS_TERMS_H

#include "quote/find/find.h"

/* The terms of one place in the text are separated by SB_TERM_SAME, places by SB_TERM_NEXT. A place has
 *     - the token: a folded word, a part of a hyphenated word, or a number in digits
 *     - the whole hyphenated word ("cohost"), at its first and its last part, and so the common form of a
 *       date, time, unit or number in several parts (see sb_form_read)
 *     - in German texts, the digits of a number ("12400" for "12.400" and "zwölftausendvierhundert")
 *     - "~" and the stem of each of these, unless it is a number
 *     - "#" and each word of a number as it may be said */
#define SB_TERM_NEXT ' '
#define SB_TERM_SAME '\x1f'

/* A match begins at most this many places before its end, or it is longer and has its first places so close
 * together. A text that is indexed in pieces repeats this many places of the next piece at the end of a
 * piece. */
#define SB_TERM_SPAN 40

/* The most words that sb_near_terms accepts: their window has SB_TERM_SPAN places. */
#define SB_NEAR_TERMS_MAX 8

typedef struct sb_term_place {
    size_t word;       /* its first word, counted through the alignment */
    size_t end;        /* the word after its last one */
    size_t at, size;   /* in the text */
    size_t token_size; /* the token itself is first */
} sb_term_place;

typedef struct sb_terms {
    sb_bytes text;
    sb_term_place *places;
    size_t n_places, capacity;
} sb_terms;

/* Returns SB_ERR_MEMORY; finish `out` in any case. */
sb_status sb_terms_make(sb_terms *out, const sb_runs *runs, const char *language, sb_error *err);
void sb_terms_finish(sb_terms *terms);

/* A clause is met if one of its alternatives occurs: one term, or two at neighbouring places, separated by
 * SB_TERM_NEXT. A query is met within SB_TERM_SPAN places where all of its clauses are. */
typedef struct sb_term_clause {
    char **any;
    size_t n_any;
} sb_term_clause;

typedef struct sb_term_query {
    sb_term_clause *clauses;
    size_t n_clauses;
} sb_term_query;

/* The query for a phrase. Returns SB_ERR_MEMORY; finish `out` in any case. */
sb_status sb_phrase_terms(sb_term_query *out, const sb_pattern *pattern, sb_error *err);

/* The query for words that are near each other. The index has texts in these languages (NULL is English).
 * Returns SB_ERR_ARGUMENT for more than SB_NEAR_TERMS_MAX words; SB_ERR_MEMORY. */
sb_status sb_near_terms(sb_term_query *out, const sb_pattern *pattern, const char *const *languages,
                        size_t n_languages, sb_error *err);
void sb_term_query_finish(sb_term_query *query);

/* Adds a clause without alternatives, and an alternative to the last clause: one or two terms; `second` may
 * be NULL. Return false if memory runs out. */
bool sb_term_clause_begin(sb_term_query *query);
bool sb_term_clause_add(sb_term_query *query, const char *mark, const char *first, const char *second);

#endif
