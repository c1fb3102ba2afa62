#include "archive/search/search.h"

#include "base/run/run.h"

#include <string.h>

#define NEAR_WAYS_MAX 16

static void add_quoted(sb_bytes *out, const char *text)
{
    sb_bytes_text(out, "\"");
    for (; *text; text++)
        sb_bytes_append(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    sb_bytes_text(out, "\"");
}

void sb_search_expression(sb_bytes *out, const sb_term_query *query)
{
    for (size_t i = 0; i < query->n_clauses; i++) {
        const sb_term_clause *clause = &query->clauses[i];
        sb_bytes_text(out, i ? " AND (" : "(");
        for (size_t k = 0; k < clause->n_any; k++) {
            sb_bytes_text(out, k ? " OR " : "");
            add_quoted(out, clause->any[k]);
        }
        sb_bytes_text(out, ")");
    }
}

/* NEAR has no alternatives, so there is one for each combination. */
void sb_search_near_expression(sb_bytes *out, const sb_term_query *query, size_t n_places)
{
    size_t n_ways = 1;
    for (size_t i = 0; i < query->n_clauses; i++)
        n_ways *= sb_least_size(query->clauses[i].n_any, NEAR_WAYS_MAX + 1);
    if (query->n_clauses < 2 || n_ways > NEAR_WAYS_MAX) {
        sb_search_expression(out, query);
        return;
    }
    for (size_t way = 0; way < n_ways; way++) {
        size_t rest = way;
        sb_bytes_text(out, way ? " OR NEAR(" : "NEAR(");
        for (size_t i = 0; i < query->n_clauses; i++) {
            const sb_term_clause *clause = &query->clauses[i];
            sb_bytes_text(out, i ? " " : "");
            add_quoted(out, clause->any[rest % clause->n_any]);
            rest /= clause->n_any;
        }
        sb_bytes_print(out, ", %zu)", n_places);
    }
}

static bool add_candidate(sb_candidates *list, int64_t block, double rank)
{
    if (!sb_grow(&list->items, list->n, &list->capacity, sizeof *list->items))
        return false;
    list->items[list->n++] = (sb_candidate){block, rank, 0};
    return true;
}

sb_status sb_search_candidates(sb_search *search, const char *expression, size_t most, size_t *n_all,
                               sb_error *err)
{
    sb_rows *rows =
        sb_database_read(search->archive->database, err,
                         "SELECT rowid, rank FROM terms WHERE terms MATCH ? ORDER BY rank", "t", expression);
    *n_all = 0;
    while (sb_rows_next(rows, err)) {
        int64_t block = sb_rows_whole(rows, 0);
        if (!sb_search_wants(search, block, err))
            continue;
        ++*n_all;
        if (search->candidates.n < most &&
            !add_candidate(&search->candidates, block, sb_rows_number(rows, 1)))
            sb_error_memory(err, "searching");
    }
    sb_rows_end(&rows);
    return err->status;
}
