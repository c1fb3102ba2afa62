#include "align/energy/energy.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define MOST_SPANS   4 /* spans of speech in one run */
#define MOST_SECONDS 30.0
#define RATIO        2.3  /* between expected and real duration of a run */
#define GRACE        0.25 /* seconds in addition, on either side */
#define TEMPERATURE  2.5f /* reduces the weight of the terms, which are not independent */
#define NEARBY       0.05 /* seconds; the tolerance of the confidence */

/* How a cell was reached: from `spans` pauses before, with `words` more words. 0 spans: a word without
 * speech. */
typedef struct step {
    uint16_t words;
    uint8_t spans;
} step;

typedef struct lattice {
    sb_lattice_model model;
    sb_lattice_band band;
    float *ahead;  /* lowest cost from the start to each cell */
    float *behind; /* lowest cost from each cell to the end */
    step *steps;
    float *start_weight, *start_near; /* of each turn, for its confidence */
    double *turn_start;               /* in the best path; NaN inside a run */
} lattice;

static size_t cell_of(const lattice *l, size_t pause, size_t word)
{
    return l->band.cell[pause] + word - l->band.low[pause];
}

static bool in_band(const lattice *l, size_t pause, size_t word)
{
    return word >= l->band.low[pause] && word <= l->band.high[pause];
}

typedef struct run_cost {
    size_t to; /* pause at its end */
    double seconds;
    float hidden;
} run_cost;

/* Extends the run by one span. False if it would be too long. */
static bool lengthen(const lattice *l, size_t from, run_cost *run)
{
    const sb_lattice_model *m = &l->model;
    if (run->to + 1 >= m->n_pauses || run->to - from >= MOST_SPANS)
        return false;
    if (run->to > from)
        run->hidden += m->hidden[run->to];
    run->to++;
    run->seconds = m->spoken[run->to] - m->spoken[from];
    return run->seconds <= MOST_SECONDS || run->to == from + 1;
}

static size_t first_end(const lattice *l, size_t word, size_t guess, double seconds)
{
    const double *length = l->model.script->length;
    double least = length[word] + seconds / RATIO - GRACE;
    while (guess < l->model.script->n_words && length[guess] < least)
        guess++;
    return guess;
}

/* The action for a run, and the maximum cost of a useful run. */
typedef void visit_run(lattice *l, size_t from, size_t word, size_t to, size_t end, float cost);
typedef float most_of_run(const lattice *l, size_t from, size_t word, size_t to, size_t end);

/* Visits all useful runs that start with `word` at pause `from`. */
static void each_run(lattice *l, size_t from, size_t word, visit_run *visit, most_of_run *most_cost)
{
    const sb_lattice_model *m = &l->model;
    const double *length = m->script->length;
    run_cost run = {.to = from};
    size_t first = word + 1;
    float start_cost = sb_cost_of_start(m, word, m->start[from]);
    while (lengthen(l, from, &run)) {
        size_t low = l->band.low[run.to], high = l->band.high[run.to];
        first = first_end(l, word, first, run.seconds);
        double most = length[word] + run.seconds * RATIO + GRACE;
        float music = sb_cost_of_music(m, from, run.to);
        for (size_t end = first > low ? first : low; end <= high && length[end - 1] <= most; end++) {
            float cost = start_cost + run.hidden + music + m->pause[m->script->boundary[end]][run.to];
            if (cost + SB_LEAST_COST_OF_DURATION >= most_cost(l, from, word, run.to, end))
                continue;
            cost = cost + sb_cost_of_duration(m, word, end, run.seconds) +
                   sb_cost_inside_run(m, word, end, m->start[from], run.seconds);
            visit(l, from, word, run.to, end, cost);
        }
    }
}

static void reach(lattice *l, size_t pause, size_t word, float cost, step how)
{
    size_t cell = cell_of(l, pause, word);
    if (cost >= l->ahead[cell])
        return;
    l->ahead[cell] = cost;
    l->steps[cell] = how;
}

static void reach_run(lattice *l, size_t from, size_t word, size_t to, size_t end, float cost)
{
    reach(l, to, end, l->ahead[cell_of(l, from, word)] + cost,
          (step){(uint16_t)(end - word), (uint8_t)(to - from)});
}

static float most_ahead(const lattice *l, size_t from, size_t word, size_t to, size_t end)
{
    return l->ahead[cell_of(l, to, end)] - l->ahead[cell_of(l, from, word)];
}

static void go_ahead_from(lattice *l, size_t pause, size_t word)
{
    float here = l->ahead[cell_of(l, pause, word)];
    if (here == INFINITY)
        return;
    if (word < l->band.high[pause])
        reach(l, pause, word + 1, here + sb_cost_of_missing_word(&l->model, word), (step){1, 0});
    if (pause + 1 == l->model.n_pauses)
        return;
    if (in_band(l, pause + 1, word))
        reach(l, pause + 1, word, here + sb_cost_of_extra(&l->model, pause, word), (step){0, 1});
    if (word < l->model.script->n_words)
        each_run(l, pause, word, reach_run, most_ahead);
}

static void lower(float *cost, float candidate)
{
    if (candidate < *cost)
        *cost = candidate;
}

static void return_run(lattice *l, size_t from, size_t word, size_t to, size_t end, float cost)
{
    lower(&l->behind[cell_of(l, from, word)], l->behind[cell_of(l, to, end)] + cost);
}

static float most_behind(const lattice *l, size_t from, size_t word, size_t to, size_t end)
{
    return l->behind[cell_of(l, from, word)] - l->behind[cell_of(l, to, end)];
}

/* Weighs this start of a turn against the start in the best path. */
static void weigh_start(lattice *l, size_t pause, size_t word, float total)
{
    const sb_script *s = l->model.script;
    size_t turn = s->turn[word];
    float through = l->ahead[cell_of(l, pause, word)] + l->behind[cell_of(l, pause, word)];
    if (s->first_word[turn] != word || through == INFINITY)
        return;
    float weight = expf((total - through) / TEMPERATURE);
    l->start_weight[turn] += weight;
    if (fabs(l->model.start[pause] - l->turn_start[turn]) <= NEARBY)
        l->start_near[turn] += weight;
}

static void come_back_to(lattice *l, size_t pause, size_t word, float total)
{
    size_t cell = cell_of(l, pause, word);
    bool last = pause + 1 == l->model.n_pauses;
    if (last && word == l->model.script->n_words) {
        l->behind[cell] = 0;
        return;
    }
    if (!last && word < l->model.script->n_words) {
        each_run(l, pause, word, return_run, most_behind);
        weigh_start(l, pause, word, total);
    }
    if (!last && in_band(l, pause + 1, word))
        lower(&l->behind[cell],
              l->behind[cell_of(l, pause + 1, word)] + sb_cost_of_extra(&l->model, pause, word));
    if (word < l->band.high[pause])
        lower(&l->behind[cell], l->behind[cell + 1] + sb_cost_of_missing_word(&l->model, word));
}

static bool add_word_run(sb_lattice_path *out, size_t *capacity, sb_word_run run)
{
    if (!sb_grow(&out->runs, out->n_runs, capacity, sizeof *out->runs))
        return false;
    out->runs[out->n_runs++] = run;
    return true;
}

static void reverse(sb_lattice_path *path)
{
    for (size_t i = 0; 2 * i + 1 < path->n_runs; i++) {
        sb_word_run swap = path->runs[i];
        path->runs[i] = path->runs[path->n_runs - 1 - i];
        path->runs[path->n_runs - 1 - i] = swap;
    }
}

static bool trace_path(const lattice *l, sb_lattice_path *out)
{
    size_t pause = l->model.n_pauses - 1, word = l->model.script->n_words, capacity = 0;
    while (pause > 0 || word > 0) {
        step s = l->steps[cell_of(l, pause, word)];
        sb_word_run run = {pause - s.spans, pause, word - s.words, word};
        if (s.spans > 0 && !add_word_run(out, &capacity, run))
            return false;
        pause -= s.spans;
        word -= s.words;
    }
    reverse(out);
    return true;
}

static void note_turn_starts(lattice *l, const sb_lattice_path *path)
{
    const sb_script *s = l->model.script;
    for (size_t t = 0; t < s->n_turns; t++)
        l->turn_start[t] = NAN;
    for (size_t i = 0; i < path->n_runs; i++) {
        size_t word = path->runs[i].first_word;
        if (word < path->runs[i].end_word && s->first_word[s->turn[word]] == word)
            l->turn_start[s->turn[word]] = l->model.start[path->runs[i].first_span];
    }
}

static bool keep_going(const lattice *l, size_t pause, double done)
{
    const sb_monitor *monitor = l->model.params->monitor;
    if (!monitor || pause % 64)
        return true;
    sb_monitor_step(monitor, "align", done, 1);
    return !sb_monitor_cancelled(monitor);
}

static float *unreached_cells(const lattice *l)
{
    size_t n_cells = l->band.cell[l->model.n_pauses];
    float *cells = malloc(n_cells * sizeof *cells);
    for (size_t i = 0; cells && i < n_cells; i++)
        cells[i] = INFINITY;
    return cells;
}

/* Frees the steps after the path was traced, to make room for the backward pass. */
static bool turn_round(lattice *l)
{
    free(l->steps);
    l->steps = NULL;
    l->behind = unreached_cells(l);
    return l->behind != NULL;
}

static bool allocate(lattice *l)
{
    size_t n_cells = l->band.cell[l->model.n_pauses], n_turns = l->model.script->n_turns;
    l->ahead = unreached_cells(l);
    l->steps = calloc(n_cells, sizeof *l->steps);
    l->start_weight = calloc(n_turns, sizeof *l->start_weight);
    l->start_near = calloc(n_turns, sizeof *l->start_near);
    l->turn_start = calloc(n_turns, sizeof *l->turn_start);
    return l->ahead && l->steps && l->start_weight && l->start_near && l->turn_start;
}

static bool go_ahead(lattice *l)
{
    l->ahead[0] = 0;
    for (size_t p = 0; p < l->model.n_pauses; p++) {
        if (!keep_going(l, p, 0.5 * (double)p / (double)l->model.n_pauses))
            return false;
        for (size_t w = l->band.low[p]; w <= l->band.high[p]; w++)
            go_ahead_from(l, p, w);
    }
    return true;
}

static float total_cost(const lattice *l)
{
    return l->ahead[cell_of(l, l->model.n_pauses - 1, l->model.script->n_words)];
}

static bool come_back(lattice *l)
{
    float total = total_cost(l);
    for (size_t p = l->model.n_pauses; p-- > 0;) {
        if (!keep_going(l, p, 1 - 0.5 * (double)p / (double)l->model.n_pauses))
            return false;
        for (size_t w = l->band.high[p] + 1; w-- > l->band.low[p];)
            come_back_to(l, p, w, total);
    }
    return true;
}

/* A turn that starts inside a run has no pause as evidence. */
static float confidence_of(const lattice *l, size_t turn)
{
    if (isnan(l->turn_start[turn]))
        return 0.1f;
    return l->start_weight[turn] > 0 ? l->start_near[turn] / l->start_weight[turn] : 1;
}

static void finish_lattice(lattice *l)
{
    sb_lattice_model_finish(&l->model);
    sb_lattice_band_finish(&l->band);
    free(l->ahead);
    free(l->behind);
    free(l->steps);
    free(l->start_weight);
    free(l->start_near);
    free(l->turn_start);
}

static sb_status search_lattice(lattice *l, sb_lattice_path *out, sb_error *err)
{
    out->confidence = calloc(l->model.script->n_turns, sizeof *out->confidence);
    if (!out->confidence || !allocate(l))
        return sb_error_memory(err, "aligning");
    if (!go_ahead(l))
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    if (!trace_path(l, out))
        return sb_error_memory(err, "aligning");
    out->cost = (double)total_cost(l);
    out->n_cells = l->band.cell[l->model.n_pauses];
    note_turn_starts(l, out);
    bool both_ways = !l->model.params->path_only;
    if (both_ways && !turn_round(l))
        return sb_error_memory(err, "aligning");
    if (both_ways && !come_back(l))
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    for (size_t t = 0; t < l->model.script->n_turns; t++)
        out->confidence[t] = confidence_of(l, t);
    return SB_OK;
}

sb_status sb_lattice_search(sb_lattice_path *out, const sb_script *script, const sb_speech *speech,
                            const sb_lattice_params *params, sb_error *err)
{
    lattice l = {0};
    *out = (sb_lattice_path){0};
    sb_status status = sb_lattice_model_make(&l.model, script, speech, params, err);
    if (status == SB_OK)
        status = sb_lattice_band_make(&l.band, &l.model, err);
    if (status == SB_OK)
        status = search_lattice(&l, out, err);
    finish_lattice(&l);
    if (status != SB_OK)
        sb_lattice_path_finish(out);
    return status;
}

void sb_lattice_path_finish(sb_lattice_path *path)
{
    free(path->runs);
    free(path->confidence);
    *path = (sb_lattice_path){0};
}
