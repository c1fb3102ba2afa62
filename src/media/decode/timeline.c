#include "media/decode/decode.h"

#include <stdlib.h>

/* Matroska timestamps are rounded to 1 ms, and those of many muxers jitter. A smaller difference is not a
 * gap. */
enum { TOLERANCE_MS = 100, LONGEST_GAP_S = 600 };

void sb_timeline_init(sb_timeline *t, int rate, bool stamped, bool coarse)
{
    *t = (sb_timeline){.rate = rate, .stamped = stamped, .coarse = coarse};
}

static bool far_from(int64_t a, int64_t b, int64_t limit)
{
    int64_t distance;
    if (__builtin_sub_overflow(a, b, &distance))
        return true;
    return distance > limit || distance < -limit;
}

sb_placing sb_timeline_place(sb_timeline *t, int64_t stamp, bool exact, int64_t *jump)
{
    *jump = 0;
    if (!t->stamped || stamp == SB_TIMELINE_NO_STAMP)
        return SB_PLACED;
    int64_t at, tolerance = exact ? 0 : (int64_t)t->rate * TOLERANCE_MS / 1000;
    if (__builtin_add_overflow(stamp, t->shift, &at) || !far_from(at, t->counted, tolerance))
        return SB_PLACED;
    if (exact && at < t->counted)
        return SB_PLACED;
    if (__builtin_sub_overflow(at, t->counted, jump))
        *jump = at < 0 ? INT64_MIN : INT64_MAX;
    if (*jump > 0 && *jump <= (int64_t)t->rate * LONGEST_GAP_S)
        return SB_PLACED_GAP;
    if (__builtin_sub_overflow(t->counted, stamp, &t->shift))
        t->shift = 0;
    if (*jump > 0)
        return SB_PLACED_DISCONTINUITY;
    *jump = *jump == INT64_MIN ? INT64_MAX : -*jump;
    return SB_PLACED_RESET;
}

void sb_timeline_count(sb_timeline *t, int64_t n)
{
    t->counted += n;
}

void sb_timeline_learn(sb_timeline *t, int64_t stamp, int length)
{
    int index = t->n_frames++;
    if (index == 0 || index > SB_TIMELINE_LEARNT || stamp == SB_TIMELINE_NO_STAMP)
        return; /* the first frame may be shortened by the encoder's delay */
    if (index == 1) {
        t->grid_origin = t->counted;
        t->grid_step = length;
    } else if (t->grid_step != length) {
        t->grid_step = 0;
    }
    int64_t offset;
    if (__builtin_sub_overflow(stamp, t->counted, &offset) || llabs(offset) > t->rate)
        return;
    t->offset_sum += offset;
    t->n_offsets++;
}

static int64_t nearest_on_grid(const sb_timeline *t, int64_t at)
{
    int64_t rest = (at - t->grid_origin) % t->grid_step;
    if (rest < 0)
        rest += t->grid_step;
    return rest * 2 < t->grid_step ? at - rest : at - rest + t->grid_step;
}

void sb_timeline_land(sb_timeline *t, int64_t stamp, int length)
{
    int64_t at = stamp;
    if (t->n_offsets)
        at -= t->offset_sum / t->n_offsets;
    if (t->coarse && t->grid_step && t->grid_step == length) {
        int64_t snapped = nearest_on_grid(t, at);
        if (!far_from(snapped, at, t->rate / 250))
            at = snapped;
    }
    t->counted = at < 0 ? 0 : at;
    t->shift = t->counted - stamp;
}
