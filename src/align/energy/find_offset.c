#include "align/energy/energy.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define STEP    0.2 /* seconds */
#define N_STEPS 11  /* around each middle */
#define AS_WELL 1.0 /* log-likelihoods closer than this are equal */

typedef struct trial {
    const sb_script *script;
    const sb_transcript *transcript;
    const sb_speech *speech;
    sb_lattice_params params;
    double *turn_time;
} trial;

static sb_status cost_of(double *cost, trial *t, double offset, sb_error *err)
{
    sb_lattice_path path = {0};
    for (size_t i = 0; i < t->transcript->n_turns; i++) {
        sb_time stamp = t->transcript->turns[i].stamp;
        t->turn_time[i] = stamp == SB_TIME_NONE ? NAN : sb_time_to_seconds(stamp) + offset;
    }
    sb_status status = sb_lattice_search(&path, t->script, t->speech, &t->params, err);
    *cost = path.cost;
    sb_lattice_path_finish(&path);
    return status;
}

/* The middle of the run of offsets around the best one that are as good. */
static double middle_of_best(const double *cost, double middle, size_t best)
{
    size_t first = best, last = best;
    while (first > 0 && cost[first - 1] <= cost[best] + AS_WELL)
        first--;
    while (last + 1 < N_STEPS && cost[last + 1] <= cost[best] + AS_WELL)
        last++;
    return middle + ((double)(first + last) / 2 - N_STEPS / 2) * STEP;
}

static sb_status try_around(double *offset, double *least, trial *t, double middle, sb_error *err)
{
    double cost[N_STEPS];
    size_t best = 0;
    for (size_t i = 0; i < N_STEPS; i++) {
        sb_status status = cost_of(&cost[i], t, middle + ((double)i - N_STEPS / 2) * STEP, err);
        if (status != SB_OK)
            return status;
        best = cost[i] < cost[best] ? i : best;
    }
    if (cost[best] < *least) {
        *least = cost[best];
        *offset = middle_of_best(cost, middle, best);
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
    trial t = {script, transcript, speech, *params, calloc(transcript->n_turns, sizeof(double))};
    if (!t.turn_time)
        return sb_error_memory(err, "aligning");
    double as_it_is = 0, least = INFINITY;
    t.params.turn_time = t.turn_time;
    t.params.path_only = true;
    sb_status status = cost_of(&as_it_is, &t, 0, err);
    if (status == SB_OK)
        status = try_around(offset, &least, &t, *offset, err);
    if (status == SB_OK)
        status = try_around(offset, &least, &t, first_speech_at_first_stamp(&t), err);
    *gain = as_it_is - least;
    free(t.turn_time);
    return status;
}
