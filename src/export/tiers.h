/* Labels as the tiers of Praat want them: one after the other, none empty, none over another. */
#ifndef SB_EXPORT_TIERS_H
#define SB_EXPORT_TIERS_H

#include "export/labels.h"

/* Microseconds, in which tiers are written. */
typedef struct sb_tier_interval {
    int64_t start, end;
    const sb_label *label; /* NULL: nothing is said */
} sb_tier_interval;

typedef struct sb_tier {
    sb_tier_interval *items;
    size_t n_items;
    size_t n_changed; /* labels that were cut, moved or left out to get there */
} sb_tier;

/* Lays labels, by their start, end to end over [0, length): each gives way where the next begins, and lasts a millisecond at
 * least, which may move the next; gaps become intervals of their own. What no longer fits before `length` is left out.
 * `length` in microseconds, > 0. False when out of memory. */
bool sb_tier_make(sb_tier *out, const sb_label *const *labels, size_t n_labels, int64_t length);
void sb_tier_finish(sb_tier *tier);

int64_t sb_tier_time(sb_time t);

#endif
