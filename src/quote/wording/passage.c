#include "quote/wording/wording.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"

/* The lowest cost of aligning the first rows to units `start` ... here, and the same inside a long
 * omission. */
typedef struct cell {
    int64_t cost, omit;
    size_t start, omit_start;
} cell;

/* A column that moves through the text. Rows beyond `last` cost more than `bound`, and their cells are
 * undefined. Where the text fits badly, few rows remain (Ukkonen 1985). */
typedef struct finder {
    const sb_wording *wording;
    const sb_said *said;
    cell *column;
    size_t last;
    int64_t bound;
    bool spelling; /* whether spelling counts */
} finder;

static const cell never = {.cost = SB_COST_NEVER, .omit = SB_COST_NEVER};

static void begin_finder(finder *f, int64_t bound, bool spelling)
{
    f->bound = bound;
    f->spelling = spelling;
    f->last = 0;
    f->column[0] = (cell){.omit = SB_COST_NEVER};
    for (size_t i = 0; i < f->wording->n_rows; i++) {
        f->column[i + 1] =
            (cell){.cost = f->column[i].cost + sb_cost_added(f->wording, i), .omit = SB_COST_NEVER};
        if (f->column[i + 1].cost > bound)
            break;
        f->last = i + 1;
    }
}

static void omit_unit(cell *to, const cell *from, int64_t more)
{
    to->omit = from->omit + more;
    to->omit_start = from->omit_start;
    if (from->cost + SB_COST_OMIT + more < to->omit) {
        to->omit = from->cost + SB_COST_OMIT + more;
        to->omit_start = from->start;
    }
}

static void take_best(cell *best, int64_t cost, size_t start)
{
    if (cost < best->cost) {
        best->cost = cost;
        best->start = start;
    }
}

static void find_unit(finder *f, size_t at)
{
    const sb_wording *wording = f->wording;
    const sb_said_unit *unit = &f->said->units[at];
    cell *column = f->column, diagonal = column[0];
    int64_t omitted = sb_cost_omitted(unit);
    size_t last = 0;
    column[0] = (cell){.start = at + 1, .omit = SB_COST_NEVER};
    for (size_t i = 1; i <= wording->n_rows; i++) {
        int64_t added = column[i - 1].cost + sb_cost_added(wording, i - 1);
        if (i > f->last + 1 && added > f->bound)
            break;
        cell before = i <= f->last ? column[i] : never, best;
        omit_unit(&best, &before, omitted);
        best.start = diagonal.start;
        best.cost = diagonal.cost;
        if (diagonal.cost <= f->bound)
            best.cost +=
                sb_cost_match(wording, i - 1, unit, f->spelling && diagonal.cost + SB_COST_WORD <= f->bound);
        take_best(&best, added, column[i - 1].start);
        take_best(&best, before.cost + sb_cost_missing(wording, i, unit), before.start);
        take_best(&best, best.omit, best.omit_start);
        column[i] = best;
        diagonal = before;
        if (best.cost <= f->bound || best.omit <= f->bound)
            last = i;
    }
    f->last = last;
}

/* The passage that ends at unit `at`, or NULL if none does within the bound. */
static const cell *passage_ending(const finder *f, size_t at)
{
    const cell *end = &f->column[f->wording->n_rows];
    bool alive = f->last == f->wording->n_rows && end->cost <= f->bound;
    return alive && end->start <= at ? end : NULL;
}

static bool least_within(finder *f, int64_t *least, int64_t bound)
{
    bool found = false;
    begin_finder(f, bound, false);
    for (size_t u = 0; u < f->said->n_units; u++) {
        find_unit(f, u);
        const cell *end = passage_ending(f, u);
        if (!end)
            continue;
        found = true;
        *least = f->bound = end->cost;
    }
    return found;
}

/* Tries low bounds first, because most quotes are exact and a low bound is fast. */
static int64_t least_cost(finder *f)
{
    int64_t n = (int64_t)f->wording->n_tokens, least = n * SB_COST_GAP;
    if (!least_within(f, &least, (n / 16 + 2) * SB_COST_GAP) &&
        !least_within(f, &least, (n / 2 + 2) * SB_COST_GAP))
        least_within(f, &least, n * SB_COST_GAP);
    return least;
}

static bool collect_passages(sb_passages *out, finder *f, int64_t bound)
{
    begin_finder(f, bound, true);
    for (size_t u = 0; u < f->said->n_units; u++) {
        find_unit(f, u);
        const cell *end = passage_ending(f, u);
        if (!end)
            continue;
        if (!sb_passages_add(out, end->cost, end->start, u))
            return false;
    }
    return true;
}

static int compare_passage_places(const void *a, const void *b)
{
    const sb_passage *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static bool any_taken(const bool *taken, const sb_passage *passage)
{
    return memchr(taken + passage->start, true, passage->end - passage->start + 1) != NULL;
}

/* Keeps the best first, then those that share no unit with a better one. */
static bool keep_apart(sb_passages *found, size_t n_units)
{
    bool *taken = calloc(n_units + 1, sizeof *taken);
    size_t n = 0;
    if (!taken)
        return false;
    sb_passages_sort(found);
    for (size_t i = 0; i < found->n_items; i++) {
        sb_passage passage = found->items[i];
        if (passage.cost > found->items[0].cost + SB_COST_EQUAL || any_taken(taken, &passage))
            continue;
        memset(taken + passage.start, true, passage.end - passage.start + 1);
        found->items[n++] = passage;
    }
    found->n_items = n;
    qsort(found->items, n, sizeof *found->items, compare_passage_places);
    free(taken);
    return true;
}

sb_status sb_passages_find(sb_passages *out, const sb_wording *wording, const sb_said *said, sb_error *err)
{
    *out = (sb_passages){0};
    finder f = {.wording = wording, .said = said, .column = calloc(wording->n_rows + 1, sizeof *f.column)};
    bool ok = f.column != NULL;
    if (ok)
        ok = collect_passages(out, &f, least_cost(&f) + SB_COST_EQUAL);
    if (ok && out->n_items)
        ok = keep_apart(out, said->n_units);
    free(f.column);
    if (ok)
        return SB_OK;
    sb_passages_finish(out);
    return sb_error_memory(err, "verifying quotations");
}
