#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "quote/find/find.h"

/* Costs count differing words in units of WORD. Differences in spelling are smaller than one unit. */
#define WORD        (INT64_C(1) << 32)
#define GAP         (WORD + SB_MAX_UNLIKE + 1)
#define NEAREST_MAX 64
/* A passage over a change of speaker must be better by a word, or the next word of the other speaker would
 * replace a missing one. */
#define CHANGE (WORD / 2)

bool sb_passages_add(sb_passages *passages, int64_t cost, size_t start, size_t end)
{
    if (!sb_grow(&passages->items, passages->n_items, &passages->capacity, sizeof *passages->items))
        return false;
    passages->items[passages->n_items++] = (sb_passage){cost, start, end};
    return true;
}

static int compare_passages(const void *a, const void *b)
{
    const sb_passage *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

void sb_passages_sort(sb_passages *passages)
{
    if (passages->n_items > 1)
        qsort(passages->items, passages->n_items, sizeof *passages->items, compare_passages);
}

void sb_passages_finish(sb_passages *passages)
{
    free(passages->items);
    *passages = (sb_passages){0};
}

/* The lowest cost of matching the start of the phrase with units `start` ... here. */
typedef struct cell {
    int64_t cost;
    size_t start;
} cell;

typedef struct matcher {
    const sb_pattern *pattern;
    size_t n;            /* tokens of the pattern that are used */
    cell *column;        /* n + 1 */
    sb_letters *letters; /* of each token */
} matcher;

static bool matcher_init(matcher *m, const sb_pattern *pattern, size_t n)
{
    *m = (matcher){.pattern = pattern, .n = n};
    m->column = calloc(n + 1, sizeof *m->column);
    m->letters = calloc(n, sizeof *m->letters);
    if (!m->column || !m->letters)
        return false;
    for (size_t i = 0; i < n; i++)
        sb_letters_init(&m->letters[i], pattern->tokens.items[i].text);
    return true;
}

static void matcher_finish(matcher *m)
{
    free(m->column);
    free(m->letters);
    *m = (matcher){0};
}

static void begin_run(matcher *m, size_t at)
{
    for (size_t i = 0; i <= m->n; i++)
        m->column[i] = (cell){(int64_t)i * GAP, at};
}

static void match_unit(matcher *m, const sb_unit *unit, size_t at, int64_t bound)
{
    cell *column = m->column;
    cell diagonal = column[0];
    column[0] = (cell){0, at + 1};
    for (size_t i = 1; i <= m->n; i++) {
        cell best = diagonal, before = column[i];
        if (unit->id != m->pattern->ids[i - 1])
            best.cost += WORD;
        if (best.cost > diagonal.cost && best.cost <= bound)
            best.cost += sb_unlikeness(&m->letters[i - 1], unit->text);
        if (column[i - 1].cost + GAP < best.cost)
            best = (cell){column[i - 1].cost + GAP, column[i - 1].start};
        if (before.cost + GAP < best.cost)
            best = (cell){before.cost + GAP, before.start};
        column[i] = best;
        diagonal = before;
    }
}

/* Adds all ends at which a passage costs at most `bound`, each with its best start: passages of one speaker,
 * or those over a change of speaker. */
static bool collect_passages(sb_passages *out, matcher *m, const sb_units *units, const sb_runs *runs,
                             bool over_change, int64_t bound)
{
    size_t run_end = 0;
    begin_run(m, 0);
    for (size_t i = 0; i < units->n_items; i++) {
        size_t first = units->items[i].first_word;
        if (!over_change && first >= run_end) {
            run_end = runs->items[sb_runs_run_of(runs, first)].end_word;
            begin_run(m, i);
        }
        match_unit(m, &units->items[i], i, bound);
        const cell *end = &m->column[m->n];
        if (end->cost > bound || end->start > i)
            continue;
        size_t start_run = sb_runs_run_of(runs, units->items[end->start].first_word);
        if (over_change && first < runs->items[start_run].end_word)
            continue;
        if (!sb_passages_add(out, end->cost + (over_change ? CHANGE : 0), end->start, i))
            return false;
    }
    return true;
}

static bool any_taken(const bool *taken, size_t first, size_t last)
{
    for (size_t w = first; w <= last; w++)
        if (taken[w])
            return true;
    return false;
}

static sb_status choose_passages(sb_hits *hits, sb_passages *found, const sb_units *units, bool *taken,
                                 const sb_runs *runs, const char *phrase, sb_error *err)
{
    sb_passages_sort(found);
    for (size_t i = 0; i < found->n_items; i++) {
        size_t first = units->items[found->items[i].start].first_word;
        size_t last = units->items[found->items[i].end].last_word;
        if (any_taken(taken, first, last))
            continue;
        memset(taken + first, true, last - first + 1);
        int64_t cost = found->items[i].cost;
        sb_hit hit = {.run = sb_runs_run_of(runs, first),
                      .first = first,
                      .last = last,
                      .phrase = phrase,
                      .how = cost == 0 || cost == CHANGE ? SB_MATCH_PHRASE : SB_MATCH_FUZZY,
                      .score = 1};
        sb_status status = sb_hits_add(hits, hit, err);
        if (status != SB_OK)
            return status;
    }
    return SB_OK;
}

sb_status sb_phrase_find_fuzzy(sb_hits *hits, const sb_phrase_text *text, const sb_pattern *pattern,
                               int percent, sb_error *err)
{
    matcher m = {0};
    sb_units units = {0};
    sb_passages found = {0};
    sb_status status = SB_OK;
    size_t n = pattern->tokens.n_items, may_differ = n * (size_t)percent / 100;
    if (may_differ > n - 1)
        may_differ = n - 1;
    int64_t bound = (int64_t)(may_differ + 1) * WORD - 1;
    bool *taken = calloc(text->runs->n_words + 1, sizeof *taken);
    if (!taken || !matcher_init(&m, pattern, n))
        goto no_memory;
    status = sb_units_make_all(&units, text, pattern, err);
    for (int over_change = 0; status == SB_OK && over_change < 2; over_change++)
        if (!collect_passages(&found, &m, &units, text->runs, over_change, bound))
            goto no_memory;
    if (status == SB_OK)
        status = choose_passages(hits, &found, &units, taken, text->runs, pattern->phrase, err);
    goto done;
no_memory:
    status = sb_error_memory(err, "searching");
done:
    matcher_finish(&m);
    sb_units_finish(&units);
    sb_passages_finish(&found);
    free(taken);
    return status;
}

static sb_passage nearest_in_run(matcher *m, const sb_units *units, int64_t bound)
{
    sb_passage best = {.cost = bound};
    begin_run(m, 0);
    for (size_t i = 0; i < units->n_items; i++) {
        match_unit(m, &units->items[i], i, best.cost);
        const cell *end = &m->column[m->n];
        if (end->cost < best.cost && end->start <= i)
            best = (sb_passage){end->cost, end->start, i};
    }
    return best;
}

sb_status sb_phrase_nearest(sb_hit *out, bool *found, double *cost, const sb_phrase_text *text,
                            const sb_pattern *pattern, sb_error *err)
{
    matcher m = {0};
    sb_units units = {0};
    sb_status status = SB_OK;
    size_t n = pattern->tokens.n_items < NEAREST_MAX ? pattern->tokens.n_items : NEAREST_MAX;
    int64_t least = (int64_t)(n + 1) * GAP;
    *found = false;
    if (!matcher_init(&m, pattern, n))
        status = sb_error_memory(err, "searching");
    for (size_t run = 0; status == SB_OK && run < text->runs->n_items; run++) {
        status = sb_units_make(&units, text, run, pattern, err);
        sb_passage best = status == SB_OK ? nearest_in_run(&m, &units, least) : (sb_passage){.cost = least};
        if (best.cost >= least)
            continue;
        least = best.cost;
        *found = true;
        *out = (sb_hit){.run = run,
                        .first = units.items[best.start].first_word,
                        .last = units.items[best.end].last_word,
                        .phrase = pattern->phrase};
    }
    *cost = (double)least / (double)((int64_t)n * GAP);
    matcher_finish(&m);
    sb_units_finish(&units);
    return status;
}
