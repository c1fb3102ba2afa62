#include "base/run/run.h"
#include "clip/splice/splice.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_HOPS  12   /* shortest pause that can contain a separate sound: 60 ms */
#define FLOOR_PART  10   /* the floor is the level that a tenth of the hops are below */
#define AUDIBLE     6.3f /* above the floor: 8 dB */
#define LEAST_POWER 1e-9f
#define CLEAR       1  /* hops between the cut and the sound */
#define LEAST_LEFT  4  /* hops beside the speech that are worth keeping */
#define MOST_ADDED  60 /* in hops: 300 ms */

static float mean_of_three(const float *p, size_t n, size_t i)
{
    return (p[i > 0 ? i - 1 : i] + p[i] + p[i + 1 < n ? i + 1 : i]) / 3;
}

static size_t choose_hop(size_t planned, size_t first, size_t last, size_t n)
{
    bool own = first == 0, others = last + 1 == n;
    size_t after = last + 1 + CLEAR, before = first > CLEAR ? first - CLEAR : 0;
    bool can_add = !others && after < n && after - planned <= MOST_ADDED;
    if (own)
        return can_add ? after : planned;
    if (others)
        return before;
    bool nearer = after - planned <= planned - before || before < LEAST_LEFT;
    return can_add && nearer ? after : before;
}

sb_status sb_breath_cut(size_t *out, const float *powers, size_t n, size_t planned, sb_error *err)
{
    *out = planned;
    if (n < LEAST_HOPS || planned >= n)
        return SB_OK;
    float *smooth = malloc(2 * n * sizeof *smooth);
    if (!smooth)
        return sb_error_memory(err, "editing a clip");
    float *sorted = smooth + n;
    for (size_t i = 0; i < n; i++)
        smooth[i] = mean_of_three(powers, n, i);
    memcpy(sorted, smooth, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, sb_compare_floats);
    float floor = sorted[n / FLOOR_PART] > LEAST_POWER ? sorted[n / FLOOR_PART] : LEAST_POWER;
    float audible = AUDIBLE * floor;
    if (smooth[planned] > audible) {
        size_t first = planned, last = planned;
        while (first > 0 && smooth[first - 1] > audible)
            first--;
        while (last + 1 < n && smooth[last + 1] > audible)
            last++;
        *out = choose_hop(planned, first, last, n);
    }
    free(smooth);
    return SB_OK;
}
