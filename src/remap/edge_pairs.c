#include "remap/remap.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <stdlib.h>

/* edges on each side from which the expected position of an edge is computed */
#define NEIGHBOURS 4
#define JITTER     (100 * SB_TIME_MS) /* of the position of a word in two alignments */
#define STEP       (40 * SB_TIME_MS)  /* largest difference between words of one unchanged passage */
#define SAME_CLOCK (5 * SB_TIME_MS)   /* over such a passage */
#define LEAST_RUN  8                  /* in edges */
#define SURE       0.5F               /* confidence of a certain word */
#define FEW        5                  /* a share of one in FEW is negligible */
#define STEADY     (60 * SB_TIME_MS)  /* between the offsets of words that were estimated alike */
#define ALIKE      (30 * SB_TIME_MS)  /* between the offsets of two certain words in the same sound */
#define PAIR       4                  /* edges of two words */

static int compare_edges(const void *a, const void *b)
{
    const sb_edge_pair *left = a, *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return (left->to > right->to) - (left->to < right->to);
}

static bool is_sure(const sb_aligned_word *word)
{
    return word->status == SB_WORD_ALIGNED && word->confidence >= SURE;
}

static bool has_span(const sb_aligned_word *word)
{
    return sb_word_has_place(word) && word->end >= word->start;
}

static void take_edges(sb_edge_pairs *out, const sb_common_words *common)
{
    for (size_t i = 0; i < common->n_items; i++) {
        const sb_aligned_word *from = common->items[i].from, *to = common->items[i].to;
        if (!has_span(from) || !has_span(to))
            continue;
        bool sure = is_sure(from) && is_sure(to);
        out->items[out->n_items++] = (sb_edge_pair){from->start, to->start, sure, i};
        out->items[out->n_items++] = (sb_edge_pair){from->end, to->end, sure, i};
    }
}

static sb_time offset(const sb_edge_pair *edge)
{
    return edge->to - edge->from;
}

/* Uses equally many edges on each side, so that with constant drift the median is the middle one. */
static sb_time offset_around(const sb_edge_pairs *edges, size_t i)
{
    sb_time offsets[2 * NEIGHBOURS + 1];
    size_t reach = NEIGHBOURS, n = 0;
    if (reach > i)
        reach = i;
    if (reach > edges->n_items - 1 - i)
        reach = edges->n_items - 1 - i;
    for (size_t j = i - reach; j <= i + reach; j++)
        offsets[n++] = offset(&edges->items[j]);
    return sb_median_of_times(offsets, n);
}

static bool agrees(const sb_edge_pairs *edges, size_t i, size_t j)
{
    return j < edges->n_items && llabs(offset(&edges->items[i]) - offset(&edges->items[j])) <= JITTER;
}

/* A word with a different offset is accepted if the word beside it has the same one. */
static size_t count_allies(const sb_edge_pairs *edges, size_t i)
{
    size_t n = 0;
    for (size_t j = i > 2 ? i - 3 : 0; j <= i + 3; j++)
        n += j != i && agrees(edges, i, j);
    return n;
}

static bool is_steady(const sb_edge_pairs *edges, size_t first, size_t last, sb_time most)
{
    sb_time low = INT64_MAX, high = INT64_MIN;
    for (size_t i = first; i <= last; i++) {
        sb_time by = offset(&edges->items[i]);
        low = by < low ? by : low;
        high = by > high ? by : high;
    }
    return high - low <= most;
}

/* Estimates of the same sound agree. They differ if the text had too little room. */
static bool agrees_with_neighbours(const sb_edge_pairs *edges, size_t i)
{
    size_t n = edges->n_items, half = NEIGHBOURS / 2;
    return (i >= NEIGHBOURS && is_steady(edges, i - NEIGHBOURS, i, STEADY)) ||
           (i + NEIGHBOURS < n && is_steady(edges, i, i + NEIGHBOURS, STEADY)) ||
           (i >= half && i + half < n && is_steady(edges, i - half, i + half, STEADY));
}

static bool are_sure(const sb_edge_pairs *edges, size_t first, size_t last)
{
    bool all = true;
    for (size_t i = first; i <= last; i++)
        all = all && edges->items[i].is_sure;
    return all;
}

/* Two certain words that moved by the same time. What an aligner finds in an inserted advertisement moves by
 * another time from word to word, however certain it is. */
static bool moved_alike(const sb_edge_pairs *edges, size_t i)
{
    size_t first = i > PAIR - 1 ? i - (PAIR - 1) : 0;
    for (; first <= i && first + PAIR <= edges->n_items; first++)
        if (are_sure(edges, first, first + PAIR - 1) && is_steady(edges, first, first + PAIR - 1, ALIKE))
            return true;
    return false;
}

static bool keep_agreeing(sb_edge_pairs *edges)
{
    sb_edge_pair *kept = calloc(edges->n_items + 1, sizeof *kept);
    size_t n = 0;
    for (size_t i = 0; kept && i < edges->n_items; i++)
        if (agrees_with_neighbours(edges, i) || moved_alike(edges, i))
            kept[n++] = edges->items[i];
    bool ok = kept;
    if (!ok || n * FEW < edges->n_items) {
        free(kept);
        return ok;
    }
    free(edges->items);
    *edges = (sb_edge_pairs){kept, n};
    return true;
}

static bool even_out(sb_edge_pairs *edges)
{
    sb_edge_pair *evened = calloc(edges->n_items + 1, sizeof *evened);
    size_t n = 0;
    for (size_t i = 0; evened && i < edges->n_items; i++) {
        sb_edge_pair edge = edges->items[i];
        sb_time around = offset_around(edges, i);
        if (llabs(offset(&edge) - around) <= JITTER)
            edge.to = edge.from + around;
        else if (count_allies(edges, i) < 3)
            continue;
        evened[n++] = edge;
    }
    if (!evened)
        return false;
    free(edges->items);
    *edges = (sb_edge_pairs){evened, n};
    return true;
}

static bool keep_rising(sb_edge_pairs *edges)
{
    size_t n = edges->n_items;
    bool *keep = calloc(n + 1, sizeof *keep);
    int64_t *values = calloc(n + 1, sizeof *values);
    for (size_t i = 0; values && i < n; i++)
        values[i] = edges->items[i].to;
    bool ok = keep && values && sb_longest_rising(keep, values, n);
    edges->n_items = 0;
    for (size_t i = 0; ok && i < n; i++)
        if (keep[i])
            edges->items[edges->n_items++] = edges->items[i];
    free(keep);
    free(values);
    return ok;
}

static sb_time median_offset(const sb_edge_pair *edges, size_t n, sb_time *room)
{
    for (size_t i = 0; i < n; i++)
        room[i] = offset(&edges[i]);
    return sb_median_of_times(room, n);
}

/* A passage that moved as a whole has one offset, which is known better than the offset of each edge. */
static void settle_run(sb_edge_pair *run, size_t n, sb_time *room)
{
    if (n < LEAST_RUN)
        return;
    sb_time head = median_offset(run, n / 2, room), tail = median_offset(run + n / 2, n - n / 2, room);
    sb_time all = median_offset(run, n, room);
    if (llabs(head - tail) > SAME_CLOCK)
        return;
    for (size_t i = 0; i < n; i++)
        if (llabs(offset(&run[i]) - all) > STEP)
            return;
    for (size_t i = 0; i < n; i++)
        run[i].to = run[i].from + all;
}

static bool settle_pairs(sb_edge_pairs *edges)
{
    sb_time *room = calloc(edges->n_items + 1, sizeof *room);
    size_t first = 0;
    for (size_t i = 1; room && i <= edges->n_items; i++) {
        bool goes_on =
            i < edges->n_items && llabs(offset(&edges->items[i]) - offset(&edges->items[i - 1])) <= STEP;
        if (goes_on)
            continue;
        settle_run(edges->items + first, i - first, room);
        first = i;
    }
    bool ok = room;
    free(room);
    return ok;
}

sb_status sb_edge_pairs_find(sb_edge_pairs *out, const sb_common_words *common, const sb_alignment *from,
                             const sb_alignment *to, sb_error *err)
{
    *out = (sb_edge_pairs){.items = calloc(2 * common->n_items + 1, sizeof *out->items)};
    bool ok = out->items;
    if (ok) {
        take_edges(out, common);
        if (out->n_items > 0)
            qsort(out->items, out->n_items, sizeof *out->items, compare_edges);
        ok = keep_agreeing(out);
        if (ok)
            sb_edge_pairs_check_pauses(out, from, to);
        ok = ok && even_out(out) && settle_pairs(out) && keep_rising(out);
    }
    if (ok)
        return SB_OK;
    sb_edge_pairs_finish(out);
    return sb_error_memory(err, "comparing the alignments");
}

void sb_edge_pairs_finish(sb_edge_pairs *pairs)
{
    free(pairs->items);
    *pairs = (sb_edge_pairs){0};
}
