#include "base/run/run.h"
#include "export/labels/labels.h"

#include <stdlib.h>

#define MICROSECONDS 1000000
#define LEAST        1000

int64_t sb_tier_time(sb_time t)
{
    return sb_time_to_samples(t, MICROSECONDS);
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void add_interval(sb_tier *tier, int64_t start, int64_t end, const sb_label *label)
{
    if (end > start)
        tier->items[tier->n_items++] = (sb_tier_interval){start, end, label};
}

bool sb_tier_make(sb_tier *out, const sb_label *const *labels, size_t n_labels, int64_t length)
{
    *out = (sb_tier){.items = calloc(2 * n_labels + 1, sizeof *out->items)};
    if (!out->items)
        return false;
    int64_t at = 0;
    for (size_t i = 0; i < n_labels; i++) {
        int64_t wanted_start = sb_tier_time(labels[i]->span.start);
        int64_t wanted_end = sb_tier_time(labels[i]->span.end);
        int64_t start = most(wanted_start, at), end = sb_least_int64(wanted_end, length);
        if (i + 1 < n_labels)
            end = sb_least_int64(end, sb_tier_time(labels[i + 1]->span.start));
        end = most(end, start + LEAST);
        out->n_changed += start != wanted_start || end != wanted_end;
        if (end > length)
            continue;
        add_interval(out, at, start, NULL);
        add_interval(out, start, end, labels[i]);
        at = end;
    }
    add_interval(out, at, length, NULL);
    return true;
}

void sb_tier_finish(sb_tier *tier)
{
    free(tier->items);
    *tier = (sb_tier){0};
}
