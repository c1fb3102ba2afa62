#include "export/captions/captions.h"

#include <stdlib.h>

#define COST_CUE        40
#define BREAK_WEIGHT    4 /* of a break between cues, relative to one between lines */
#define COST_LONG_PAUSE 120
#define LONG_PAUSE      SB_TIME_SECOND
#define COST_LENGTH     2500 /* for a cue that is too short, and per second that it is too long */
#define COST_COLUMN     20
#define COST_APART      1200 /* for a cue of several whole sentences; less than COST_LENGTH */
#define COST_ORPHAN     120  /* for a cue of one word that is not a sentence */
/* For a cue with parts of two sentences if it may have them. Less than any broken norm; with 200, more cues
 * of the benchmark `captions` are too fast. */
#define COST_ACROSS   100
#define LEAST_COLUMNS 40
#define SPEED_STEP    6 /* columns per second; each such excess doubles the cost */
#define ROUNDING      (2 * SB_TIME_MS)
#define GAP_ROUNDING  (10 * SB_TIME_MS) /* resolution of the coarsest format */

static sb_time later(sb_time a, sb_time b)
{
    return a > b ? a : b;
}

static sb_time time_to_read(const sb_caption_params *params, size_t width)
{
    sb_time wanted = ((sb_time)width * SB_TIME_SECOND + params->max_speed - 1) / params->max_speed;
    wanted = later(wanted, params->min_duration);
    return wanted < params->max_duration ? wanted : params->max_duration;
}

/* Returns when the next cue begins or the available time ends; SB_TIME_NONE if nothing later is known. */
static sb_time next_start(const sb_caption_layout *layout, size_t last, sb_time start)
{
    sb_time next = last + 1 < layout->n_items ? layout->items[last + 1].start : SB_TIME_NONE;
    sb_time until = layout->untils[last];
    if (next == SB_TIME_NONE || next <= start || (until != SB_TIME_NONE && until < next))
        next = until;
    return next > start ? next : SB_TIME_NONE;
}

/* A gap of less than two frames flickers. The cue is extended to the next one, or it ends two frames
 * before. */
static sb_time close_gap(const sb_caption_params *params, sb_time start, sb_time end, sb_time next)
{
    sb_time gap = 2 * params->frame + GAP_ROUNDING;
    if (next == SB_TIME_NONE || next <= end || next - end >= gap)
        return end;
    return next - start <= params->max_duration ? next : next - gap;
}

static sb_span on_frames(const sb_caption_params *params, sb_span span)
{
    if (!params->on_frames || params->frame <= 0)
        return span;
    span.start -= span.start % params->frame;
    span.end -= span.end % params->frame;
    span.end = later(span.end, span.start + params->frame);
    return span;
}

sb_span sb_caption_times(const sb_caption_layout *layout, size_t first, size_t last)
{
    const sb_caption_params *params = layout->params;
    sb_time start = later(layout->items[first].start, 0), said = layout->items[last].end;
    sb_time next = next_start(layout, last, start);
    sb_time end = later(said, start + time_to_read(params, sb_caption_layout_width(layout, first, last)));
    if (next != SB_TIME_NONE && end > next)
        end = next - start >= params->min_duration ? next : later(said, next);
    if (end - start > params->max_duration)
        end = start + params->max_duration;
    end = close_gap(params, start, end, next);
    /* Captions are written in milliseconds, and none may be empty. */
    if (end / SB_TIME_MS <= start / SB_TIME_MS)
        end = start + SB_TIME_MS;
    return on_frames(params, (sb_span){start, end});
}

/* Counts the columns shown too fast. The sum is nearly the same for all divisions of a fast passage, so
 * syntax decides. */
static int64_t speed_cost(const sb_caption_layout *layout, size_t width, sb_time shown)
{
    double over = (double)width / sb_time_to_seconds(shown + ROUNDING) - layout->params->max_speed;
    size_t columns = width > LEAST_COLUMNS ? width : LEAST_COLUMNS;
    return over > 0 ? (int64_t)(COST_COLUMN * (double)columns * (1 + (over < 40 ? over : 40) / SPEED_STEP))
                    : 0;
}

static int64_t length_cost(const sb_caption_layout *layout, size_t first, size_t last, sb_time shown)
{
    const sb_caption_params *params = layout->params;
    sb_time over = layout->items[last].end - layout->items[first].start - params->max_duration;
    if (shown + ROUNDING < params->min_duration)
        return COST_LENGTH;
    return over > 0 && last > first ? (int64_t)(COST_LENGTH * (1 + sb_time_to_seconds(over))) : 0;
}

/* Words with the same time, such as a single dash and the next word, are shown together. */
static int64_t instant_cost(const sb_caption_layout *layout, size_t first, size_t last)
{
    bool ends_passage = last + 1 == layout->n_items || layout->items[last + 1].breaks;
    return !ends_passage && layout->items[last + 1].start <= layout->items[first].start ? SB_CAPTION_FAULT
                                                                                        : 0;
}

static int64_t pauses_cost(const sb_caption_layout *layout, size_t first, size_t last)
{
    int64_t cost = 0;
    for (size_t i = first; i < last; i++)
        if (layout->items[i + 1].start - layout->items[i].end >= LONG_PAUSE)
            cost += COST_LONG_PAUSE;
    return cost;
}

static bool begins_sentence(const sb_caption_layout *layout, size_t first)
{
    return first == 0 || layout->items[first].breaks ||
           layout->sentences[first] > layout->sentences[first - 1];
}

static bool ends_sentence(const sb_caption_layout *layout, size_t last)
{
    return last + 1 == layout->n_items || layout->items[last + 1].breaks ||
           layout->sentences[last + 1] > layout->sentences[last];
}

/* A cue is a sentence, a part of one, or several whole ones. Parts of two sentences share a cue only if the
 * norms cannot be kept otherwise, or never: captions with `sentences_apart` show few words, and several short
 * sentences only if one is too short to be read (BBC, "Subtitle guidelines"). */
static int64_t sentences_cost(const sb_caption_layout *layout, size_t first, size_t last)
{
    bool whole = begins_sentence(layout, first) && ends_sentence(layout, last);
    bool apart = layout->params->sentences_apart;
    if (layout->sentences[last] == layout->sentences[first])
        return apart && first == last && !whole && layout->items[first].kind == SB_CAPTION_WORD ? COST_ORPHAN
                                                                                                : 0;
    if (whole)
        return apart ? COST_APART : 0;
    return apart ? SB_CAPTION_FAULT / 2 : COST_ACROSS;
}

/* Returns a negative value if the lines cannot hold the items. */
static int64_t cue_cost(const sb_caption_layout *layout, size_t first, size_t last)
{
    int64_t lines = sb_caption_lines_cost(layout, first, last);
    if (lines < 0)
        return -1;
    sb_span span = sb_caption_times(layout, first, last);
    sb_time shown = span.end - span.start;
    size_t width = sb_caption_layout_width(layout, first, last);
    return COST_CUE + BREAK_WEIGHT * layout->breaks[last] + lines + pauses_cost(layout, first, last) +
           speed_cost(layout, width, shown) + length_cost(layout, first, last, shown) +
           sentences_cost(layout, first, last) + instant_cost(layout, first, last) +
           (layout->breaks[last] >= SB_CAPTION_NEVER ? SB_CAPTION_FAULT : 0);
}

static bool may_begin(const sb_caption_layout *layout, size_t first, size_t last)
{
    size_t most = layout->params->max_lines * (layout->params->max_line_width + 1);
    return first == last ||
           (!layout->items[first + 1].breaks && sb_caption_layout_width(layout, first, last) <= most);
}

/* Finds the cheapest sequence of cues that ends with each item. */
static void find_cheapest(const sb_caption_layout *layout, int64_t *costs, size_t *firsts)
{
    for (size_t last = 0; last < layout->n_items; last++) {
        costs[last + 1] = INT64_MAX;
        for (size_t first = last + 1; first-- > 0 && may_begin(layout, first, last);) {
            int64_t cost = cue_cost(layout, first, last);
            if (cost < 0 && first == last)
                cost = SB_CAPTION_FAULT;
            if (cost < 0 || costs[first] + cost >= costs[last + 1])
                continue;
            costs[last + 1] = costs[first] + cost;
            firsts[last + 1] = first;
        }
    }
}

/* Reverses the chain of first items in place. */
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

size_t *sb_caption_cues(const sb_caption_layout *layout, size_t *n)
{
    int64_t *costs = calloc(layout->n_items + 1, sizeof *costs);
    size_t *firsts = calloc(layout->n_items + 1, sizeof *firsts);
    if (!costs || !firsts) {
        free(costs);
        free(firsts);
        return NULL;
    }
    find_cheapest(layout, costs, firsts);
    free(costs);
    *n = unwind(firsts, layout->n_items);
    return firsts;
}
