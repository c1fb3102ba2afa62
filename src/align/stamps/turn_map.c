#include "align/stamps/turn_map.h"

#include "align/stamps/time_map.h"
#include "align/stamps/turn_jumps.h"

#include <stdlib.h>

#define LEAST_GAP (250 * SB_TIME_MS) /* turns differ by as much without a break */

/* Turns that agree with neither neighbour can leave a jump between pieces whose offsets are the same. */
static size_t keep_breaks(sb_jump *jumps, size_t n, const sb_alignment *a)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < n && i < a->n_breaks; i++)
        if (llabs(a->breaks[i].gap) >= LEAST_GAP)
            jumps[n_kept++] = jumps[i];
    return n_kept;
}

sb_status sb_turn_map_make(sb_alignment *a, sb_error *err)
{
    sb_jump *jumps = NULL;
    size_t n = 0, n_kept;
    sb_status status = sb_turn_jumps_find(&jumps, &n, a, err);
    while (status == SB_OK) {
        sb_time_map_forget(a);
        status = sb_time_map_fit(a, jumps, n, err);
        n_kept = keep_breaks(jumps, n, a);
        if (status != SB_OK || n_kept == n || a->n_map == 0)
            break;
        n = n_kept;
    }
    free(jumps);
    return status;
}
