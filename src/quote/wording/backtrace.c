#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "quote/wording/wording.h"

typedef struct cell {
    int64_t cost, omit;
} cell;

enum { BY_MATCH, BY_ADDED, BY_MISSING, BY_OMISSION, OMIT_BEGINS = 4 };

typedef struct tracer {
    const sb_wording *wording;
    const sb_said_unit *units;
    size_t n_units, height; /* height: rows + 1 */
    size_t stride;          /* a column is kept before every stride-th unit */
    size_t first, last;     /* rows that cost at most as much as the passage; no other row is on the path */
    int64_t bound;
    cell *kept, *column;
    uint8_t *moves; /* of one stride */
} tracer;

static bool tracer_init(tracer *t, const sb_wording *wording, const sb_said *said, const sb_passage *passage)
{
    *t = (tracer){.wording = wording,
                  .units = said->units + passage->start,
                  .n_units = passage->end - passage->start + 1,
                  .height = wording->n_rows + 1,
                  .stride = 1,
                  .bound = passage->cost};
    while (t->stride * t->stride < t->n_units)
        t->stride++;
    size_t n_kept = (t->n_units + t->stride - 1) / t->stride;
    t->kept = calloc(n_kept * t->height, sizeof *t->kept);
    t->column = calloc(t->height, sizeof *t->column);
    t->moves = calloc(t->stride * t->height, sizeof *t->moves);
    return t->kept && t->column && t->moves;
}

static const cell never = {SB_COST_NEVER, SB_COST_NEVER};

static void begin_tracer(tracer *t)
{
    for (size_t i = 0; i < t->height; i++)
        t->column[i] = never;
    t->column[0].cost = 0;
    t->first = t->last = 0;
    for (size_t i = 1; i < t->height && t->column[i - 1].cost <= t->bound; i++) {
        t->column[i].cost = t->column[i - 1].cost + sb_cost_added(t->wording, i - 1);
        t->last = i;
    }
}

static uint8_t take_omission(cell *to, const cell *from, const sb_said_unit *unit)
{
    int64_t more = sb_cost_omitted(unit);
    bool begins = from->cost + SB_COST_OMIT < from->omit;
    to->omit = (begins ? from->cost + SB_COST_OMIT : from->omit) + more;
    return begins ? OMIT_BEGINS : 0;
}

static void take_best(cell *best, uint8_t *move, int64_t cost, uint8_t by)
{
    if (cost < best->cost) {
        best->cost = cost;
        *move = (uint8_t)((*move & OMIT_BEGINS) | by);
    }
}

static void trace_unit(tracer *t, const sb_said_unit *unit, uint8_t *moves)
{
    cell *column = t->column, diagonal = never;
    size_t first = t->height, last = t->first;
    for (size_t i = t->first; i < t->height; i++) {
        bool alive = i > t->first && column[i - 1].cost <= t->bound;
        if (i > t->last + 1 && !alive)
            break;
        cell before = i <= t->last ? column[i] : never, best = never;
        moves[i] = take_omission(&best, &before, unit);
        if (i > 0 && diagonal.cost <= t->bound)
            take_best(&best, &moves[i], diagonal.cost + sb_cost_match(t->wording, i - 1, unit, true),
                      BY_MATCH);
        if (alive)
            take_best(&best, &moves[i], column[i - 1].cost + sb_cost_added(t->wording, i - 1), BY_ADDED);
        take_best(&best, &moves[i], before.cost + sb_cost_missing(t->wording, i, unit), BY_MISSING);
        take_best(&best, &moves[i], best.omit, BY_OMISSION);
        column[i] = best;
        diagonal = before;
        if (best.cost > t->bound && best.omit > t->bound)
            continue;
        first = first < i ? first : i;
        last = i;
    }
    t->first = first < t->height ? first : last;
    t->last = last;
}

/* The valid rows of a column that was kept. */
static void find_alive(tracer *t)
{
    t->first = t->height - 1;
    t->last = 0;
    for (size_t i = 0; i < t->height; i++)
        if (t->column[i].cost <= t->bound || t->column[i].omit <= t->bound) {
            t->first = t->first < i ? t->first : i;
            t->last = i;
        }
}

/* Cells outside the valid rows may be leftovers from earlier columns. */
static void keep_column(tracer *t, cell *kept)
{
    for (size_t i = 0; i < t->height; i++)
        kept[i] = i >= t->first && i <= t->last ? t->column[i] : never;
}

static void keep_columns(tracer *t)
{
    begin_tracer(t);
    for (size_t u = 0; u < t->n_units; u++) {
        if (u % t->stride == 0)
            keep_column(t, t->kept + u / t->stride * t->height);
        trace_unit(t, &t->units[u], t->moves);
    }
}

/* Recomputes the moves of stride `index` from the column kept before it. */
static void remake(tracer *t, size_t index)
{
    size_t from = index * t->stride, until = from + t->stride;
    memcpy(t->column, t->kept + index * t->height, t->height * sizeof *t->column);
    find_alive(t);
    for (size_t u = from; u < until && u < t->n_units; u++)
        trace_unit(t, &t->units[u], t->moves + (u - from) * t->height);
}

typedef struct place {
    size_t row, units; /* rows and units before it */
    bool omitting;
} place;

/* Returns the step that led to `at`, and moves `at` back to the place before it. */
static sb_step step_back(const tracer *t, place *at)
{
    if (at->units == 0)
        return (sb_step){.kind = SB_STEP_ADDED, .row = --at->row};
    size_t u = at->units - 1;
    uint8_t move = t->moves[u % t->stride * t->height + at->row];
    if (at->omitting || (move & 3) == BY_OMISSION) {
        at->omitting = !(move & OMIT_BEGINS);
        at->units--;
        return (sb_step){.kind = SB_STEP_MISSING, .row = at->row, .unit = u};
    }
    if ((move & 3) == BY_ADDED)
        return (sb_step){.kind = SB_STEP_ADDED, .row = --at->row};
    at->units--;
    if ((move & 3) == BY_MISSING)
        return (sb_step){.kind = SB_STEP_MISSING, .row = at->row, .unit = u};
    return (sb_step){.kind = SB_STEP_MATCH, .row = --at->row, .unit = u};
}

static void trace_steps(tracer *t, sb_steps *out, size_t room)
{
    place at = {t->height - 1, t->n_units, false};
    size_t remade = SIZE_MAX;
    while (at.row > 0 || at.units > 0) {
        size_t index = at.units ? (at.units - 1) / t->stride : 0;
        if (at.units && index != remade)
            remake(t, remade = index);
        out->items[--room] = step_back(t, &at);
        out->n_items++;
    }
    memmove(out->items, out->items + room, out->n_items * sizeof *out->items);
}

sb_status sb_steps_find(sb_steps *out, const sb_wording *wording, const sb_said *said,
                        const sb_passage *passage, sb_error *err)
{
    tracer t;
    *out = (sb_steps){0};
    bool ok = tracer_init(&t, wording, said, passage);
    size_t room = t.n_units + t.height;
    if (ok)
        out->items = calloc(room, sizeof *out->items);
    ok = ok && out->items;
    if (ok) {
        keep_columns(&t);
        trace_steps(&t, out, room);
        for (size_t i = 0; i < out->n_items; i++)
            out->items[i].unit += passage->start;
    }
    free(t.kept);
    free(t.column);
    free(t.moves);
    return ok ? SB_OK : sb_error_memory(err, "verifying quotations");
}

void sb_steps_finish(sb_steps *steps)
{
    free(steps->items);
    *steps = (sb_steps){0};
}
