#include <math.h>

#include "alignment/alignment.h"
#include "drift/measure/measure.h"

#define LEAST_STAMPS 8
#define LEAST_PAUSE  (150 * SB_TIME_MS) /* before a turn */
/* by which a correct timestamp may differ from its onset, beyond its resolution */
#define SLACK      (150 * SB_TIME_MS)
#define FIT_SHARE  0.8 /* share of timestamps that must have an onset, */
#define FIT_ERRORS 3.0 /* and by how many standard errors it must exceed chance */

typedef struct onsets {
    const sb_alignment *alignment;
    sb_time before, after; /* how far a timestamp may be before or after its onset */
} onsets;

static bool is_onset(const sb_alignment *a, size_t i)
{
    return i == 0 || a->speech[i].start - a->speech[i - 1].end >= LEAST_PAUSE;
}

static bool has_onset(const onsets *o, sb_time stamp)
{
    const sb_alignment *a = o->alignment;
    size_t low = 0, high = a->n_speech;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->speech[middle].start < stamp - o->after)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < a->n_speech && a->speech[low].start <= stamp + o->before; low++)
        if (is_onset(a, low))
            return true;
    return false;
}

/* The probability that a random time between the first and the last speech has an onset. */
static double chance(const onsets *o)
{
    const sb_alignment *a = o->alignment;
    sb_time covered = 0, last = INT64_MIN;

    for (size_t i = 0; i < a->n_speech; i++) {
        sb_time from = a->speech[i].start - o->before, until = a->speech[i].start + o->after;
        if (!is_onset(a, i))
            continue;
        covered += until - (from > last ? from : last);
        last = until;
    }
    sb_time length = a->n_speech ? a->speech[a->n_speech - 1].end - a->speech[0].start : 0;
    return length > 0 ? fmin(1, sb_time_to_seconds(covered) / sb_time_to_seconds(length)) : 1;
}

bool sb_drift_stamps_fit_pauses(const sb_alignment *a)
{
    sb_time resolution = a->transcript.resolution != SB_TIME_NONE ? a->transcript.resolution : 0;
    onsets o = {a, resolution + SLACK, SLACK};
    double n = 0, n_right = 0, by_chance = chance(&o);

    for (size_t t = 0; t < a->n_turns; t++) {
        if (a->turns[t].stamp == SB_TIME_NONE)
            continue;
        n++;
        n_right += has_onset(&o, a->turns[t].stamp);
    }
    double error = sqrt(n * by_chance * (1 - by_chance));
    return n >= LEAST_STAMPS && n_right >= FIT_SHARE * n && n_right > n * by_chance + FIT_ERRORS * error;
}
