#include "align/stamps/stamps.h"

#include <math.h>
#include <stdlib.h>

#define MOST_PPM   6000.0 /* from the start of the search */
#define FIT_ROUNDS 4      /* of least squares, each over the points near the previous line */

static int compare_residuals(const void *a, const void *b)
{
    const sb_stamp_point *x = a, *y = b;
    return (x->residual > y->residual) - (x->residual < y->residual);
}

/* The window over the sorted residuals that contains the most. */
sb_stamp_line sb_stamp_line_fit(sb_stamp_point *points, size_t n, double origin, double ppm, double window)
{
    sb_stamp_line best = {.ppm = ppm};
    for (size_t i = 0; i < n; i++)
        points[i].residual = points[i].error - (points[i].stamp - origin) * ppm * 1e-6;
    qsort(points, n, sizeof *points, compare_residuals);
    for (size_t first = 0, end = 0; first < n; first++) {
        while (end < n && points[end].residual < points[first].residual + window)
            end++;
        double most = points[first].residual, least = points[end - 1].residual - window;
        if (end - first > best.n_right || (end - first == best.n_right && (most - least) / 2 > best.room))
            best = (sb_stamp_line){(most + least) / 2, ppm, end - first, (most - least) / 2};
    }
    return best;
}

static bool is_better(sb_stamp_line a, sb_stamp_line b)
{
    return a.n_right > b.n_right || (a.n_right == b.n_right && a.room > b.room);
}

/* The middle of all rates that make as many stamps correct as the best, weighted by the room that each
 * leaves. */
static double middle_of_best(sb_stamp_point *points, size_t n, double origin, double window,
                             sb_stamp_line best, double step)
{
    double weights = best.room, sum = best.room * best.ppm;
    for (int side = -1; side <= 1; side += 2)
        for (double ppm = best.ppm + side * step; fabs(ppm - best.ppm) <= MOST_PPM; ppm += side * step) {
            sb_stamp_line candidate = sb_stamp_line_fit(points, n, origin, ppm, window);
            if (candidate.n_right < best.n_right)
                break;
            weights += candidate.room;
            sum += candidate.room * ppm;
        }
    return weights > 0 ? sum / weights : best.ppm;
}

/* From coarse to fine. The stamps' own clock wins ties. */
double sb_stamp_rate_fit(sb_stamp_point *points, size_t n, double origin, double seconds, double window,
                         double near_ppm)
{
    sb_stamp_line best = sb_stamp_line_fit(points, n, origin, 0, window);
    size_t enough = best.n_right + 1 + n / 100;
    sb_stamp_line seed = sb_stamp_line_fit(points, n, origin, near_ppm, window);
    if (near_ppm != 0 && is_better(seed, best))
        best = seed;
    if (n <= enough)
        return 0;
    double step = 0.2 * window / seconds * 1e6;
    for (double reach = MOST_PPM; reach > 0.5; reach = 2 * step, step /= 5) {
        double middle = best.ppm;
        for (double ppm = middle - reach; ppm <= middle + reach; ppm += step) {
            sb_stamp_line candidate = sb_stamp_line_fit(points, n, origin, ppm, window);
            if (is_better(candidate, best))
                best = candidate;
        }
    }
    if (best.n_right <= enough)
        return 0;
    return middle_of_best(points, n, origin, window, best, 0.01 * window / seconds * 1e6);
}

void sb_stamp_line_refine(sb_stamp_line *l, const sb_stamp_point *points, size_t n, double origin,
                          double window, bool with_rate)
{
    double middle = l->offset + window / 2;
    for (int round = 0; round < FIT_ROUNDS; round++) {
        double sum = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
        for (size_t i = 0; i < n; i++) {
            double x = points[i].stamp - origin, y = points[i].error - middle - x * l->ppm * 1e-6;
            if (fabs(y) > window / 2)
                continue;
            sum++;
            sum_x += x;
            sum_y += y;
            sum_xx += x * x;
            sum_xy += x * y;
        }
        double spread = sum * sum_xx - sum_x * sum_x;
        if (sum < 1)
            return;
        double slope = with_rate && spread > 0 ? (sum * sum_xy - sum_x * sum_y) / spread : 0;
        l->ppm += slope * 1e6;
        middle += (sum_y - slope * sum_x) / sum;
    }
    l->offset = middle - window / 2;
}
