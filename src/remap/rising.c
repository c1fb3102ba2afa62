#include "remap/remap.h"

#include <stdlib.h>
#include <string.h>

/* Returns the first of the run ends that is larger than `value`. */
static size_t run_for(const size_t *ends, size_t n, const int64_t *values, int64_t value)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (values[ends[middle]] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool sb_longest_rising(bool *keep, const int64_t *values, size_t n)
{
    size_t *ends = calloc(n + 1, sizeof *ends); /* smallest last item of a run of each length */
    size_t *before = calloc(n + 1, sizeof *before);
    size_t longest = 0;
    bool ok = ends && before;
    memset(keep, 0, n * sizeof *keep);
    for (size_t i = 0; ok && i < n; i++) {
        size_t length = run_for(ends, longest, values, values[i]);
        before[i] = length > 0 ? ends[length - 1] : SIZE_MAX;
        ends[length] = i;
        longest = length == longest ? longest + 1 : longest;
    }
    for (size_t at = ok && longest > 0 ? ends[longest - 1] : SIZE_MAX; at != SIZE_MAX; at = before[at])
        keep[at] = true;
    free(ends);
    free(before);
    return ok;
}
