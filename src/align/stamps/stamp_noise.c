#include "align/stamps/stamps.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define MOST_LAG 8
/* Points further apart measure a clock better, but more breaks are between them. */
#define CLOCK_LAG     16
#define LAG_SHARE     16   /* a lag is at most this part of the points */
#define WANDERS       1.3  /* more scatter at a longer lag is not chance */
#define LEAST_SCALE   0.02 /* seconds; the accuracy with which a start can be heard */
#define PRIOR_POINTS  8.0
#define MEDIAN_NORMAL 0.6745
#define CLOCK_STEP    1000.0
#define CLOCK_CAP     4.0  /* standard deviations; larger differences are breaks */
#define CLOCK_CLEARLY 0.15 /* share of the differences that the clock must remove */
#define CLOCK_CHANCE  1.5  /* with n points, also at least this divided by the square root of n */
#define CLOCK_POINTS  6
#define SLACK         0.25 /* seconds beyond the resolution by which turns of one piece may differ */
#define TOLERANCE     4.0  /* standard deviations */
#define LEAST_GAP     0.25 /* seconds */
#define GAP_SCALES    2.5  /* standard deviations */

static double difference(const sb_stamp_point *points, size_t i, size_t lag, double ppm)
{
    const sb_stamp_point *one = &points[i], *two = &points[i + lag];
    return two->error - one->error - (two->stamp - one->stamp) * ppm * 1e-6;
}

static double scale_at(double *room, const sb_stamp_point *points, size_t n, size_t lag, double ppm)
{
    for (size_t i = 0; i + lag < n; i++)
        room[i] = fabs(difference(points, i, lag, ppm));
    qsort(room, n - lag, sizeof *room, sb_compare_doubles);
    return room[(n - lag - 1) / 2] / (MEDIAN_NORMAL * sqrt(2));
}

static double least_scale(double resolution)
{
    return fmax(LEAST_SCALE, resolution / sqrt(12));
}

bool sb_stamp_noise_measure(sb_stamp_noise *out, const sb_stamp_point *points, size_t n, double ppm,
                            double resolution)
{
    *out = (sb_stamp_noise){least_scale(resolution), 1};
    if (n < 3)
        return true;
    double *room = calloc(n, sizeof *room);
    if (!room)
        return false;
    double first = fmax(scale_at(room, points, n, 1, ppm), out->scale);
    out->scale = first;
    for (size_t lag = 2; lag <= MOST_LAG && lag * LAG_SHARE <= n; lag *= 2) {
        double scale = scale_at(room, points, n, lag, ppm);
        if (scale <= out->scale)
            continue;
        out->scale = scale;
        out->run = scale > WANDERS * first ? lag : 1;
    }
    free(room);
    /* With few points, the noise expected from the resolution counts more. */
    double least = least_scale(resolution), share = (double)n / ((double)n + PRIOR_POINTS);
    out->scale = least + (out->scale - least) * share;
    return true;
}

/* The mean difference between points a few turns apart, limited so that breaks count little. */
static double clock_cost(const sb_stamp_point *points, size_t n, double ppm, double cap)
{
    double sum = 0, count = 0;
    for (size_t lag = 1; lag <= CLOCK_LAG && 2 * lag <= n; lag *= 2)
        for (size_t i = 0; i + lag < n; i++, count++)
            sum += fmin(fabs(difference(points, i, lag, ppm)), cap);
    return count > 0 ? sum / count : 0;
}

static void try_clock(double ppm, double cost, double *best_ppm, double *best)
{
    if (cost < *best) {
        *best = cost;
        *best_ppm = ppm;
    }
}

bool sb_stamp_clock_seed(double *out, const sb_stamp_point *points, size_t n, double resolution)
{
    *out = 0;
    if (n < CLOCK_POINTS)
        return true;
    double *room = calloc(n, sizeof *room);
    if (!room)
        return false;
    double cap =
        CLOCK_CAP * fmax(scale_at(room, points, n, 1, 0), fmax(least_scale(resolution), LEAST_GAP / 4));
    free(room);
    double best_ppm = 0, least = fmax(CLOCK_CLEARLY, CLOCK_CHANCE / sqrt((double)n)),
           best = (1 - least) * clock_cost(points, n, 0, cap);
    size_t n_pairs;
    const sb_frame_rates *pairs = sb_frame_rates_all(&n_pairs);
    for (size_t i = 0; i < n_pairs; i++) {
        double ppm = sb_frame_rates_ppm(&pairs[i]);
        try_clock(ppm, clock_cost(points, n, ppm, cap), &best_ppm, &best);
    }
    for (double ppm = -SB_STAMP_MOST_PPM; ppm <= SB_STAMP_MOST_PPM; ppm += CLOCK_STEP)
        try_clock(ppm, clock_cost(points, n, ppm, cap), &best_ppm, &best);
    *out = best_ppm;
    return true;
}

double sb_stamp_tolerance(const sb_stamp_noise *noise, double resolution)
{
    return fmax(resolution + SLACK, TOLERANCE * noise->scale);
}

double sb_stamp_least_gap(const sb_stamp_noise *noise)
{
    return fmax(LEAST_GAP, GAP_SCALES * noise->scale);
}
