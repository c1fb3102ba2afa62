#include "remap/remap.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>

#define LIKE        (40 * SB_TIME_MS)  /* tolerance for an edge of speech in the same sound */
#define SAME        (100 * SB_TIME_MS) /* between offsets */
#define LEAST_EDGES 4                  /* edges of speech that are more than chance */
#define SHARE       0.6                /* share of them that the offsets of sure words must explain */
#define BETTER      0.75 /* estimated words may explain at most this share of what sure words do */

/* Edges of pairs whose words were estimated, between two that are sure. */
typedef struct run {
    const sb_edge_pair *before, *after; /* NULL: none */
    sb_edge_pair *items;
    size_t n;
} run;

static sb_time offset(const sb_edge_pair *pair)
{
    return pair->to - pair->from;
}

/* Returns true if the second audio has an edge of the same kind there. */
static bool has_edge(const sb_alignment *to, sb_time t, bool is_end)
{
    size_t i = sb_span_after(to->speech, to->n_speech, t - LIKE);
    for (; i < to->n_speech && to->speech[i].start <= t + LIKE; i++)
        if (llabs((is_end ? to->speech[i].end : to->speech[i].start) - t) <= LIKE)
            return true;
    return false;
}

static sb_time own_offset(const run *r, sb_time t)
{
    size_t low = 0, high = r->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->items[middle].from < t)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_before = low == r->n || (low > 0 && t - r->items[low - 1].from < r->items[low].from - t);
    return offset(&r->items[is_before ? low - 1 : low]);
}

/* Counts for the edges of speech between the sure words: all of them, those that the estimated words explain,
 * and those that the sure words explain. For the latter, edges up to some position use the words before, and
 * edges after it the words after. */
typedef struct evidence {
    size_t n_edges, n_own, n_sure;
} evidence;

static evidence weigh_run(const run *r, const sb_alignment *from, const sb_alignment *to)
{
    evidence out = {0};
    sb_time begin = r->before ? r->before->from : r->items[0].from;
    sb_time end = r->after ? r->after->from : r->items[r->n - 1].from;
    size_t n_after = 0, best_left = 0, n_before = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = sb_span_after(from->speech, from->n_speech, begin);
             i < from->n_speech && from->speech[i].start < end; i++)
            for (int is_end = 0; is_end < 2; is_end++) {
                sb_time t = is_end ? from->speech[i].end : from->speech[i].start;
                if (t < begin || t > end)
                    continue;
                bool like_after = r->after && has_edge(to, t + offset(r->after), is_end);
                if (pass == 0) {
                    out.n_edges++;
                    out.n_own += has_edge(to, t + own_offset(r, t), is_end);
                    n_after += like_after;
                    continue;
                }
                n_before += r->before && has_edge(to, t + offset(r->before), is_end);
                n_after -= like_after;
                best_left = n_before + n_after > best_left ? n_before + n_after : best_left;
            }
    out.n_sure = best_left;
    return out;
}

static bool is_like(const sb_edge_pair *pair, const sb_edge_pair *sure)
{
    return sure && llabs(offset(pair) - offset(sure)) <= SAME;
}

/* Returns true if the estimated words of a run were put into sound that only one audio has. */
static bool is_misplaced(const run *r, const sb_alignment *from, const sb_alignment *to)
{
    size_t n_other = 0;
    for (size_t i = 0; i < r->n; i++)
        n_other += !is_like(&r->items[i], r->before) && !is_like(&r->items[i], r->after);
    if (n_other == 0 || (!r->before && !r->after))
        return false;
    evidence e = weigh_run(r, from, to);
    return e.n_edges >= LEAST_EDGES && (double)e.n_sure >= SHARE * (double)e.n_edges &&
           (double)e.n_own < BETTER * (double)e.n_sure;
}

static size_t keep_run(sb_edge_pairs *pairs, size_t n_kept, const run *r, bool is_wrong)
{
    for (size_t i = 0; i < r->n; i++)
        if (!is_wrong || is_like(&r->items[i], r->before) || is_like(&r->items[i], r->after))
            pairs->items[n_kept++] = r->items[i];
    return n_kept;
}

void sb_edge_pairs_check_pauses(sb_edge_pairs *pairs, const sb_alignment *from, const sb_alignment *to)
{
    size_t n_kept = 0;
    sb_edge_pair before = {0}, after;
    bool has_before = false;
    for (size_t i = 0; i < pairs->n_items;) {
        size_t end = i;
        while (end < pairs->n_items && !pairs->items[end].is_sure)
            end++;
        bool has_after = end < pairs->n_items;
        if (has_after)
            after = pairs->items[end];
        run r = {.before = has_before ? &before : NULL,
                 .after = has_after ? &after : NULL,
                 .items = pairs->items + i,
                 .n = end - i};
        n_kept = keep_run(pairs, n_kept, &r, r.n > 0 && is_misplaced(&r, from, to));
        if (has_after) {
            before = after;
            has_before = true;
            pairs->items[n_kept++] = after;
        }
        i = end + 1;
    }
    pairs->n_items = n_kept;
}
