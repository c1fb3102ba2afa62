#include "quote/find/find.h"

#include "base/run/run.h"
#include <stdlib.h>

/* borders[i] is the length of the longest proper border of the first i + 1 tokens. */
static size_t *pattern_borders(const sb_pattern *pattern)
{
    size_t n = pattern->tokens.n_items;
    size_t *borders = calloc(n, sizeof *borders);
    if (!borders)
        return NULL;
    for (size_t i = 1, k = 0; i < n; i++) {
        while (k > 0 && pattern->ids[i] != pattern->ids[k])
            k = borders[k - 1];
        if (pattern->ids[i] == pattern->ids[k])
            k++;
        borders[i] = k;
    }
    return borders;
}

static sb_status find_in_units(sb_hits *hits, const sb_units *units, const sb_runs *runs,
                               const sb_pattern *pattern, const size_t *borders, sb_error *err)
{
    size_t n = pattern->tokens.n_items, free_from = 0;
    for (size_t i = 0, k = 0; i < units->n_items; i++) {
        while (k > 0 && units->items[i].id != pattern->ids[k])
            k = borders[k - 1];
        if (units->items[i].id == pattern->ids[k])
            k++;
        if (k < n)
            continue;
        size_t first = units->items[i + 1 - n].first_word, last = units->items[i].last_word;
        k = borders[n - 1];
        if (first < free_from)
            continue;
        sb_hit hit = {.run = sb_runs_run_of(runs, first),
                      .first = first,
                      .last = last,
                      .phrase = pattern->phrase,
                      .how = SB_MATCH_PHRASE,
                      .score = 1};
        sb_status status = sb_hits_add(hits, hit, err);
        if (status != SB_OK)
            return status;
        free_from = last + 1;
        k = 0;
    }
    return SB_OK;
}

sb_status sb_phrase_find(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern, sb_error *err)
{
    sb_units units = {0};
    size_t *borders = pattern_borders(pattern);
    sb_status status =
        borders ? sb_units_make_all(&units, text, pattern, err) : sb_error_memory(err, "searching");
    if (status == SB_OK)
        status = find_in_units(hits, &units, text->runs, pattern, borders, err);
    sb_units_finish(&units);
    free(borders);
    return status;
}
