/* Labels as Praat tiers: consecutive intervals without gaps or overlaps. */
#ifndef SB_EXPORT_TIERS_H
#define SB_EXPORT_TIERS_H

#include "export/labels.h"

/* Times in microseconds, the resolution of tiers. */
typedef struct sb_tier_interval {
    int64_t start, end;
    const sb_label *label; /* NULL: silence */
} sb_tier_interval;

typedef struct sb_tier {
    sb_tier_interval *items;
    size_t n_items;
    size_t n_changed; /* labels that were shortened, moved or left out */
} sb_tier;

/* Places labels, sorted by start, in [0, length). A label ends where the next begins but lasts at least one
 * millisecond, which may move the next. Gaps become intervals. Labels that do not fit before `length` are
 * left out. `length` is in microseconds and greater than 0. Returns false if memory runs out. */
bool sb_tier_make(sb_tier *out, const sb_label *const *labels, size_t n_labels, int64_t length);
void sb_tier_finish(sb_tier *tier);

int64_t sb_tier_time(sb_time t);

#endif
