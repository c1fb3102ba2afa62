#include <stdlib.h>

#include "export/captions.h"

#define COST_CUE        40
#define COST_TOO_SHORT  60
#define COST_TOO_LONG   2000 /* a second over SB_CAPTION_MOST */
#define COST_TOO_FAST   6    /* a character a second over SB_CAPTION_SPEED */
#define COST_LONG_PAUSE 120
#define LONG_PAUSE      SB_TIME_SECOND

static int64_t reading_cost(const sb_caption_items *items, size_t first, size_t last)
{
    sb_time length = items->items[last].end - items->items[first].start;
    double seconds = length > SB_TIME_MS ? sb_time_to_seconds(length) : 0.001;
    double over = (double)sb_caption_width(items, first, last) / seconds - SB_CAPTION_SPEED;
    if (length < SB_CAPTION_LEAST)
        return COST_TOO_SHORT;
    return over > 0 ? (int64_t)(COST_TOO_FAST * (over < 20 ? over : 20)) : 0;
}

static int64_t length_cost(const sb_caption_items *items, size_t first, size_t last)
{
    sb_time over = items->items[last].end - items->items[first].start - SB_CAPTION_MOST;
    int64_t cost = 0;
    if (over > 0 && last > first)
        cost += COST_TOO_LONG + (int64_t)(COST_TOO_LONG * sb_time_to_seconds(over));
    for (size_t i = first; i < last; i++)
        if (items->items[i + 1].start - items->items[i].end >= LONG_PAUSE)
            cost += COST_LONG_PAUSE;
    return cost;
}

static int64_t cue_cost(const sb_caption_items *items, size_t first, size_t last)
{
    return COST_CUE + 2 * sb_caption_break_cost(items, last) + reading_cost(items, first, last) +
           length_cost(items, first, last);
}

/* The cheapest row of cues that ends with each item, each cue as long as two lines hold. */
static void find_cheapest(const sb_caption_items *items, int64_t *costs, size_t *firsts)
{
    for (size_t last = 0; last < items->n_items; last++) {
        costs[last + 1] = INT64_MAX;
        for (size_t first = last + 1; first-- > 0;) {
            if (first < last && !sb_caption_fits(items, first, last))
                break;
            int64_t cost = costs[first] + cue_cost(items, first, last);
            if (cost >= costs[last + 1])
                continue;
            costs[last + 1] = cost;
            firsts[last + 1] = first;
        }
    }
}

/* Turns the chain of first items, from the end, into a list from the start, within the same memory. */
static size_t unwind(size_t *firsts, size_t n_items)
{
    size_t n = 0, at = n_items + 1;
    for (size_t end = n_items, next; end > 0; end = next) {
        next = firsts[end];
        firsts[--at] = end;
        n++;
    }
    for (size_t i = 0; i < n; i++)
        firsts[i + 1] = firsts[at + i];
    firsts[0] = 0;
    return n;
}

size_t *sb_caption_breaks(const sb_caption_items *items, size_t *n)
{
    int64_t *costs = calloc(items->n_items + 1, sizeof *costs);
    size_t *firsts = calloc(items->n_items + 1, sizeof *firsts);
    if (!costs || !firsts) {
        free(costs);
        free(firsts);
        return NULL;
    }
    find_cheapest(items, costs, firsts);
    free(costs);
    *n = unwind(firsts, items->n_items);
    return firsts;
}
