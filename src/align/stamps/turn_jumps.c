#include "align/stamps/stamps.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define LEAST_PRICE 1.4 /* of a jump, in certain turns, */
#define PRICE_LOG   3.5 /* grows with the logarithm of the number of turns divided by this */
/* In jumps: the maximum weight of a single turn, so that it never makes a jump and another one back. */
#define ONE_TURN    1.9
#define MOST_CREEP  3e-3 /* of a clock */
#define CREEP_REACH 60.0 /* seconds; turns further apart do not differ more */
#define LAST_TRIED  100
#define SURE        2.0 /* certain turns on either side of a certain jump */

/* Certainty of a turn: a little for its place alone, more for four words heard, up to three times that for
 * a dozen more. */
#define LEAST_SURE   0.2f
#define LEAST_HEARD  2.0
#define LEAST_WEIGHT 0.25
#define ENOUGH_WORDS 4.0
#define MORE_WORDS   6.0
#define MOST_MORE    2.0
#define UNSURE_EDGE  0.5 /* factor for the words of a turn whose edge is uncertain */

typedef struct point {
    size_t turn;
    double stamp, error, weight;
    double worth;
    size_t before; /* SIZE_MAX for the first */
    bool jumps;    /* from the turn before */
} point;

static double sum_heard(const sb_aligned_turn *turn)
{
    double heard = 0;
    for (size_t w = 0; w < turn->n_words; w++)
        if (turn->words[w].status == SB_WORD_ALIGNED)
            heard += (double)turn->words[w].confidence;
    return heard;
}

static double weight_of(const sb_aligned_turn *turn)
{
    double heard = sum_heard(turn);
    double sure = fmax((double)turn->confidence, fmin(UNSURE_EDGE, heard / ENOUGH_WORDS));
    return sure * (LEAST_WEIGHT + fmin(1, heard / ENOUGH_WORDS) + fmin(MOST_MORE, heard / MORE_WORDS));
}

bool sb_turn_is_evidence(const sb_aligned_turn *turn)
{
    return turn->status != SB_TURN_NOT_HEARD && !sb_turn_is_guess(turn);
}

bool sb_turn_is_guess(const sb_aligned_turn *turn)
{
    return turn->confidence < LEAST_SURE && sum_heard(turn) < LEAST_HEARD;
}

static size_t collect_points(point *points, const sb_alignment *a)
{
    size_t n = 0;
    for (size_t t = 0; t < a->n_turns; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        if (turn->stamp == SB_TIME_NONE || turn->start == SB_TIME_NONE || turn->n_words == 0 ||
            turn->words[0].start == SB_TIME_NONE || !sb_turn_is_evidence(turn))
            continue;
        double stamp = sb_time_to_seconds(turn->stamp);
        points[n++] = (point){.turn = t,
                              .stamp = stamp,
                              .error = sb_time_to_seconds(turn->start) - stamp,
                              .weight = weight_of(turn),
                              .before = SIZE_MAX};
    }
    return n;
}

static bool agree(const point *one, const point *two, double tolerance)
{
    double apart = fmin(fabs(two->stamp - one->stamp), CREEP_REACH);
    return fabs(two->error - one->error) <= tolerance + MOST_CREEP * apart;
}

/* The penalty grows with the logarithm of the number of points, as for the number of change points (Yao
 * 1988, Bai and Perron 1998). */
static double price_of_jump(size_t n)
{
    return fmax(LEAST_PRICE, log((double)n) / PRICE_LOG);
}

/* Removes the clock from the errors and limits the weights. Sets the maximum difference of errors in one
 * piece. False when out of memory. */
static bool prepare(point *points, size_t n, double resolution, double *tolerance)
{
    sb_stamp_point *stamps = calloc(n + 1, sizeof *stamps);
    sb_stamp_noise noise;
    double ppm = 0;
    for (size_t i = 0; stamps && i < n; i++)
        stamps[i] = (sb_stamp_point){points[i].stamp, points[i].error, 0};
    bool ok = stamps && sb_stamp_clock_seed(&ppm, stamps, n, resolution) &&
              sb_stamp_noise_measure(&noise, stamps, n, ppm, resolution);
    free(stamps);
    if (!ok)
        return false;
    for (size_t i = 0; i < n; i++) {
        points[i].error -= points[i].stamp * ppm * 1e-6;
        points[i].weight = fmin(points[i].weight, ONE_TURN * price_of_jump(n));
    }
    *tolerance = sb_stamp_tolerance(&noise, resolution);
    return true;
}

static void chain(point *points, size_t n, double tolerance)
{
    double price = price_of_jump(n);
    for (size_t i = 0; i < n; i++) {
        point *here = &points[i];
        here->worth = here->weight;
        for (size_t j = i; j-- > (i > LAST_TRIED ? i - LAST_TRIED : 0);) {
            bool jumps = !agree(&points[j], here, tolerance);
            double worth = points[j].worth + here->weight - (jumps ? price : 0);
            if (worth <= here->worth)
                continue;
            here->worth = worth;
            here->before = j;
            here->jumps = jumps;
        }
    }
}

static size_t last_of_best(const point *points, size_t n)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        if (best == SIZE_MAX || points[i].worth > points[best].worth)
            best = i;
    return best;
}

static void reverse(sb_jump *jumps, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        sb_jump spare = jumps[i];
        jumps[i] = jumps[--j];
        jumps[j] = spare;
    }
}

static float surety(double weight)
{
    return (float)fmin(1, weight / SURE);
}

/* From the last to the first. The certainty of a jump is that of the turns up to the next jump or end, on
 * the side with fewer. */
static size_t trace_jumps(sb_jump *jumps, const point *points, size_t last)
{
    size_t n = 0;
    double weight = 0;
    for (size_t i = last; i != SIZE_MAX; i = points[i].before) {
        weight += points[i].weight;
        if (!points[i].jumps && points[i].before != SIZE_MAX)
            continue;
        if (n > 0)
            jumps[n - 1].confidence = fminf(jumps[n - 1].confidence, surety(weight));
        if (points[i].jumps)
            jumps[n++] = (sb_jump){points[points[i].before].turn, points[i].turn, surety(weight)};
        weight = 0;
    }
    return n;
}

sb_status sb_turn_jumps_find(sb_jump **out, size_t *n_out, const sb_alignment *a, sb_error *err)
{
    point *points = calloc(a->n_turns + 1, sizeof *points);
    sb_jump *jumps = calloc(a->n_turns + 1, sizeof *jumps);
    *out = NULL;
    *n_out = 0;
    if (!points || !jumps) {
        free(points);
        free(jumps);
        return sb_error_memory(err, "aligning");
    }
    size_t n = collect_points(points, a);
    double tolerance, resolution = a->transcript.resolution == SB_TIME_NONE
                                       ? 0
                                       : sb_time_to_seconds(a->transcript.resolution);
    if (!prepare(points, n, resolution, &tolerance)) {
        free(points);
        free(jumps);
        return sb_error_memory(err, "aligning");
    }
    chain(points, n, tolerance);
    *n_out = trace_jumps(jumps, points, last_of_best(points, n));
    reverse(jumps, *n_out);
    free(points);
    *out = jumps;
    return SB_OK;
}
