#include "archive/search/search.h"

#include "base/run/run.h"

#include <string.h>

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

static bool add_candidate(sb_candidates *list, int64_t block, double rank)
{
    if (!sb_grow(&list->items, list->n, &list->capacity, sizeof *list->items))
        return false;
    list->items[list->n++] = (sb_candidate){block, rank};
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
        sb_archive_source *source = sb_search_source(search, block >> SB_BLOCK_BITS, err);
        if (!source || !source->is_wanted)
            continue;
        ++*n_all;
        if (search->candidates.n < most &&
            !add_candidate(&search->candidates, block, sb_rows_number(rows, 1)))
            sb_error_memory(err, "searching");
    }
    sb_rows_end(&rows);
    return err->status;
}
