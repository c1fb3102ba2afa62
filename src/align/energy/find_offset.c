#include "align/energy/energy.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define STEP         0.2 /* seconds */
#define REACH        5   /* steps on each side of a middle */
#define REACH_0      10  /* the same around 0, since small offsets are common */
#define AS_WELL      1.0 /* costs closer than this are equal */
#define PRIOR_WEIGHT 2.0
#define PRIOR_WIDTH  0.5 /* seconds */
#define PRIOR_MOST   1.0 /* seconds */

/* States of the lattice for each word. Where stamps are rarer, each trial takes long and shows little: real
 * recordings with a stamp at least every two minutes need up to 10, with one in 27 minutes 50 and more. */
#define MOST_CELLS  20
#define LEAST_CELLS 20000

typedef struct trial {
    const sb_script *script;
    const sb_transcript *transcript;
    const sb_speech *speech;
    sb_lattice_params params;
    double *turn_time;
    size_t n_cells; /* of the last search */
} trial;

/* Stamps are more often correct than late, and more often late by little than by much. Offsets of more than
 * PRIOR_MOST are equally likely, because ads have any length. In the benchmark `shifted`, 94.3 % of the
 * starts by exact timestamps 0.5 s late were right without the prior and 95.4 % with it; without PRIOR_MOST,
 * 17 of 583 turns 5 s late were wrong, with it 6. */
static double prior_cost(double offset)
{
    double widths = fmin(fabs(offset), PRIOR_MOST) / PRIOR_WIDTH;
    return PRIOR_WEIGHT * log(1 + widths * widths);
}

static sb_status cost_of(double *cost, trial *t, double offset, sb_error *err)
{
    sb_lattice_path path = {0};
    for (size_t i = 0; i < t->transcript->n_turns; i++) {
        sb_time stamp = t->transcript->turns[i].stamp;
        t->turn_time[i] = stamp == SB_TIME_NONE ? NAN : sb_time_to_seconds(stamp) + offset;
    }
    sb_status status = sb_lattice_search(&path, t->script, t->speech, &t->params, err);
    *cost = path.cost + prior_cost(offset);
    t->n_cells = path.n_cells;
    sb_lattice_path_finish(&path);
    return status;
}

/* The middle of the run of offsets around the best one that are as good. */
static double middle_of_best(const double *cost, size_t n, size_t best)
{
    size_t first = best, last = best;
    while (first > 0 && cost[first - 1] <= cost[best] + AS_WELL)
        first--;
    while (last + 1 < n && cost[last + 1] <= cost[best] + AS_WELL)
        last++;
    return (double)(first + last) / 2;
}

static sb_status try_around(double *offset, double *least, trial *t, double middle, sb_error *err)
{
    double cost[2 * REACH_0 + 1];
    size_t best = 0, reach = middle == 0 ? REACH_0 : REACH, n = 2 * reach + 1;
    for (size_t i = 0; i < n; i++) {
        sb_status status = cost_of(&cost[i], t, middle + ((double)i - (double)reach) * STEP, err);
        if (status != SB_OK)
            return status;
        best = cost[i] < cost[best] ? i : best;
    }
    if (cost[best] < *least) {
        *least = cost[best];
        *offset = middle + (middle_of_best(cost, n, best) - (double)reach) * STEP;
    }
    return SB_OK;
}

static double first_speech_at_first_stamp(const trial *t)
{
    sb_time first = INT64_MAX;
    for (size_t i = 0; i < t->transcript->n_turns; i++) {
        sb_time stamp = t->transcript->turns[i].stamp;
        first = stamp != SB_TIME_NONE && stamp < first ? stamp : first;
    }
    size_t span = 0;
    while (span + 1 < t->speech->n_speech && sb_music_is(t->speech, t->speech->speech[span]))
        span++;
    return sb_time_to_seconds(t->speech->speech[span].start - first) - t->params.resolution / 2;
}

sb_status sb_find_offset(double *offset, double *gain, const sb_script *script,
                         const sb_transcript *transcript, const sb_speech *speech,
                         const sb_lattice_params *params, sb_error *err)
{
    trial t = {script, transcript, speech, *params, calloc(transcript->n_turns, sizeof(double)), 0};
    if (!t.turn_time)
        return sb_error_memory(err, "aligning");
    double middles[] = {*offset, 0, first_speech_at_first_stamp(&t)}, as_it_is = 0, least = INFINITY;
    t.params.turn_time = t.turn_time;
    t.params.path_only = true;
    sb_status status = cost_of(&as_it_is, &t, 0, err);
    bool is_dense = t.n_cells < LEAST_CELLS + MOST_CELLS * script->n_words;
    for (size_t i = *offset == 0 ? 1 : 0; i < 3 && is_dense && status == SB_OK; i++)
        status = try_around(offset, &least, &t, middles[i], err);
    *gain = isinf(least) ? 0 : as_it_is - least;
    free(t.turn_time);
    return status;
}
