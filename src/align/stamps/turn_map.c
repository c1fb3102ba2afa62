#include "align/stamps/stamps.h"

#include <stdlib.h>

sb_status sb_turn_map_make(sb_alignment *a, sb_error *err)
{
    sb_jump *jumps = NULL;
    size_t n = 0;
    sb_status status = sb_turn_jumps_find(&jumps, &n, a, err);
    sb_time_map_forget(a);
    if (status == SB_OK)
        status = sb_time_map_fit(a, jumps, n, err);
    free(jumps);
    return status;
}
