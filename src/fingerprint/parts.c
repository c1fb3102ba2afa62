#include "fingerprint/fingerprint.h"

#include "base/run/run.h"

#include <stdlib.h>

/* Edges that are nearer, in codes, are one edge: matches end about as exactly. */
#define SAME_EDGE 12
/* Edges are carried on from match to match so often at most. */
#define ROUNDS_MOST 32

typedef struct edge {
    size_t recording, at;
} edge;

typedef struct edges {
    edge *items; /* by recording and position */
    size_t n, capacity;
} edges;

static int compare_edges(const edge *a, const edge *b)
{
    if (a->recording != b->recording)
        return a->recording < b->recording ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Index of the first edge that is not before this one. */
static size_t lower_edge(const edges *list, edge wanted)
{
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_edges(&list->items[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_near(const edges *list, size_t index, edge wanted)
{
    if (index >= list->n || list->items[index].recording != wanted.recording)
        return false;
    size_t at = list->items[index].at;
    return (at > wanted.at ? at - wanted.at : wanted.at - at) <= SAME_EDGE;
}

/* Adds an edge unless there is one near it. `*added` becomes true if it was added. */
static bool add_edge(edges *list, edge new_edge, bool *added)
{
    size_t index = lower_edge(list, new_edge);
    if (is_near(list, index, new_edge) || (index > 0 && is_near(list, index - 1, new_edge)))
        return true;
    if (!sb_grow(&list->items, list->n, &list->capacity, sizeof *list->items))
        return false;
    for (size_t i = list->n++; i > index; i--)
        list->items[i] = list->items[i - 1];
    list->items[index] = new_edge;
    *added = true;
    return true;
}

/* One side of a match seen from the other: codes `first` to `end` of `from` are those of `to` from `to_first`
 * on. */
typedef struct match_side {
    size_t from, first, end, to, to_first;
} match_side;

static match_side side_of(const sb_print_match *match, bool turned)
{
    if (turned)
        return (match_side){match->b, match->b_first, match->b_first + match->n, match->a, match->a_first};
    return (match_side){match->a, match->a_first, match->a_first + match->n, match->b, match->b_first};
}

static bool carry_edges(edges *list, const match_side *s, bool *added)
{
    size_t index = lower_edge(list, (edge){s->from, s->first});
    for (; index < list->n && list->items[index].recording == s->from && list->items[index].at <= s->end;
         index++)
        if (!add_edge(list, (edge){s->to, s->to_first + (list->items[index].at - s->first)}, added))
            return false;
    return true;
}

static bool find_edges(edges *list, const sb_print_matches *matches)
{
    bool added = true, ok = true;
    for (size_t i = 0; ok && i < matches->n; i++)
        for (int turned = 0; ok && turned < 2; turned++) {
            match_side s = side_of(&matches->items[i], turned);
            ok = add_edge(list, (edge){s.from, s.first}, &added) &&
                 add_edge(list, (edge){s.from, s.end}, &added);
        }
    for (int round = 0; ok && added && round < ROUNDS_MOST; round++) {
        added = false;
        for (size_t i = 0; ok && i < matches->n; i++)
            for (int turned = 0; ok && turned < 2; turned++) {
                match_side s = side_of(&matches->items[i], turned);
                ok = carry_edges(list, &s, &added);
            }
    }
    return ok;
}

/* The spans between neighbouring edges, united where matches join them. Span i begins at edge i. */
typedef struct spans {
    const edges *edges;
    size_t *parents; /* of the union-find forest */
    bool *matched;
} spans;

static size_t root_of(const spans *s, size_t i)
{
    while (s->parents[i] != i) {
        s->parents[i] = s->parents[s->parents[i]];
        i = s->parents[i];
    }
    return i;
}

static bool is_span(const spans *s, size_t i)
{
    return i + 1 < s->edges->n && s->edges->items[i].recording == s->edges->items[i + 1].recording;
}

static size_t size_of(const spans *s, size_t i)
{
    return s->edges->items[i + 1].at - s->edges->items[i].at;
}

/* Unites each span in this side of a match with the one on the other side that has its middle, if they are
 * about as long: otherwise an edge is missing there. */
static void unite(spans *s, const match_side *side)
{
    size_t i = lower_edge(s->edges, (edge){side->from, side->first});
    for (i = i > 0 ? i - 1 : 0; i < s->edges->n; i++) {
        const edge *begin = &s->edges->items[i];
        if (begin->recording > side->from || (begin->recording == side->from && begin->at >= side->end))
            return;
        if (begin->recording != side->from || !is_span(s, i))
            continue;
        size_t middle = begin->at + size_of(s, i) / 2;
        if (middle < side->first || middle >= side->end)
            continue;
        edge there = {side->to, side->to_first + (middle - side->first)};
        size_t other = lower_edge(s->edges, (edge){there.recording, there.at + 1});
        if (other == 0 || s->edges->items[other - 1].recording != there.recording || !is_span(s, other - 1))
            continue;
        if (size_of(s, i) > size_of(s, other - 1) + 2 * SAME_EDGE ||
            size_of(s, other - 1) > size_of(s, i) + 2 * SAME_EDGE)
            continue;
        s->matched[i] = s->matched[other - 1] = true;
        size_t a = root_of(s, i), b = root_of(s, other - 1);
        if (a != b)
            s->parents[a > b ? a : b] = a < b ? a : b;
    }
}

/* Marks roots whose spans lie in more than one recording. */
static void find_shared(const spans *s, const bool *kept, bool *shared)
{
    for (size_t i = 0; i < s->edges->n; i++) {
        size_t root = root_of(s, i);
        if (kept[i] && s->edges->items[root].recording != s->edges->items[i].recording)
            shared[root] = true;
    }
}

#define NO_ITEM SIZE_MAX

static bool collect(sb_print_parts *out, const spans *s, const bool *kept, const bool *shared,
                    size_t *numbers)
{
    for (size_t i = 0; i < s->edges->n; i++)
        numbers[i] = NO_ITEM;
    for (size_t i = 0; i < s->edges->n; i++) {
        size_t root = root_of(s, i);
        if (!kept[i] || !shared[root])
            continue;
        if (!sb_grow(&out->items, out->n, &out->capacity, sizeof *out->items))
            return false;
        if (numbers[root] == NO_ITEM)
            numbers[root] = out->n_items++;
        out->items[out->n++] = (sb_print_part){.recording = s->edges->items[i].recording,
                                               .first = s->edges->items[i].at,
                                               .end = s->edges->items[i + 1].at,
                                               .item = numbers[root]};
    }
    return true;
}

static bool unite_all(sb_print_parts *out, const edges *list, const sb_print_matches *matches, size_t least)
{
    size_t n = list->n;
    spans s = {
        .edges = list, .parents = calloc(n, sizeof *s.parents), .matched = calloc(n, sizeof *s.matched)};
    bool *shared = calloc(n, sizeof *shared);
    size_t *numbers = calloc(n, sizeof *numbers);
    bool ok = s.parents && s.matched && shared && numbers;
    if (ok) {
        for (size_t i = 0; i < n; i++)
            s.parents[i] = i;
        for (size_t i = 0; i < 2 * matches->n; i++) {
            match_side side = side_of(&matches->items[i / 2], i % 2);
            unite(&s, &side);
        }
        for (size_t i = 0; i < n; i++)
            s.matched[i] = s.matched[i] && size_of(&s, i) >= least;
        find_shared(&s, s.matched, shared);
        ok = collect(out, &s, s.matched, shared, numbers);
    }
    free(s.parents);
    free(s.matched);
    free(shared);
    free(numbers);
    return ok;
}

sb_status sb_print_parts_of(sb_print_parts *out, const sb_print_matches *matches, size_t least, sb_error *err)
{
    *out = (sb_print_parts){0};
    edges list = {0};
    bool ok = matches->n == 0 || (find_edges(&list, matches) && unite_all(out, &list, matches, least));
    free(list.items);
    if (ok)
        return SB_OK;
    sb_print_parts_finish(out);
    return sb_error_memory(err, "comparing recordings");
}

void sb_print_parts_finish(sb_print_parts *parts)
{
    free(parts->items);
    *parts = (sb_print_parts){0};
}
