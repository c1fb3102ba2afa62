#include "acoustic/acoustic.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IMPOSSIBLE (-1e30f)

/* How the states of a node were reached, in one number: which arc led into the first state (1 + its index;
 * 0: it stayed), and whether the second and third were entered or stayed. */
#define ARC_MASK  0x3fffu
#define TO_SECOND 0x4000u
#define TO_THIRD  0x8000u

typedef struct states {
    float score[SB_STATES];
    float exit;
} states;

typedef struct search {
    const sb_network *net;
    const sb_acoustic_model *model;
    sb_scorer *scorer;
    size_t n_frames, frame;
    states *nodes;
    float *place;      /* in the previous frame */
    uint16_t *entered; /* [frame][node] */
    uint16_t
        *reached; /* [frame][place]: 1 + index of its end; 0: words were skipped; or NOWHERE; and SKIPS_ON */
    float best;
    float word_frame; /* see sb_network, in this frame */
    float *reference; /* of each frame */
    uint16_t *senone; /* of each frame on the best path */
} search;

#define NOWHERE  0x7fffu
#define SKIPS_ON 0x8000u /* the word before the skipped one was skipped too */

static bool choose_end(const search *s)
{
    size_t n = 0;
    uint16_t *senones = malloc(s->net->n_nodes * SB_STATES * sizeof *senones + 1);
    for (size_t i = 0; senones && i < s->net->n_nodes; i++)
        for (int state = 0; state < SB_STATES; state++)
            if (s->net->nodes[i].senones[state] != SB_NO_SENONE)
                senones[n++] = s->net->nodes[i].senones[state];
    bool chosen = senones && sb_scorer_choose(s->scorer, senones, n);
    free(senones);
    return chosen;
}

static bool begin_search(search *s)
{
    size_t n_places = s->net->n_words + 1;
    s->nodes = malloc((s->net->n_nodes + 1) * sizeof *s->nodes);
    s->place = malloc(n_places * sizeof *s->place);
    s->entered = malloc(s->n_frames * s->net->n_nodes * sizeof *s->entered + 1);
    s->reached = malloc(s->n_frames * n_places * sizeof *s->reached + 1);
    s->reference = malloc(s->n_frames * sizeof *s->reference);
    s->senone = malloc(s->n_frames * sizeof *s->senone);
    if (!s->nodes || !s->place || !s->entered || !s->reached || !s->reference || !s->senone)
        return false;
    for (size_t i = 0; i < s->net->n_nodes; i++)
        s->nodes[i] = (states){{IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE}, IMPOSSIBLE};
    s->place[0] = 0;
    for (size_t p = 1; p < n_places; p++)
        s->place[p] = s->net->prices.skip + (float)(p - 1) * s->net->prices.skip_next;
    return true;
}

static void finish_search(search *s)
{
    free(s->nodes);
    free(s->place);
    free(s->entered);
    free(s->reached);
    free(s->reference);
    free(s->senone);
}

static float entry(const search *s, const float *exits, const sb_network_node *node, uint16_t *arc)
{
    float best = IMPOSSIBLE;
    const sb_network_arc *arcs = s->net->arcs + node->first_arc;
    for (uint32_t i = 0; i < node->n_arcs; i++) {
        float score = (arcs[i].from >= 0 ? exits[arcs[i].from] : s->place[-1 - arcs[i].from]) + arcs[i].price;
        if (score > best) {
            best = score;
            *arc = (uint16_t)(i + 1);
        }
    }
    return best;
}

/* Of a node that begins a word. */
static float gain_of_start(const search *s, const sb_network_node *node)
{
    const sb_likely_start *start = &s->net->starts[node->word];
    return start->nats * fmaxf(0, 1 - fabsf((float)s->frame - start->at) / SB_START_REACH);
}

static float emission(const search *s, const sb_network_node *node, int state)
{
    uint16_t senone = node->senones[state];
    return senone == SB_NO_SENONE ? s->net->prices.unwritten_frame : sb_scorer_score(s->scorer, senone);
}

/* One frame of one node. `enter` is the best score of the arcs into it. */
static uint16_t enter_node(const search *s, states *n, const sb_network_node *node, float enter, uint16_t arc)
{
    const float *stay = s->model->stay[node->phone], *leave = s->model->leave[node->phone];
    uint16_t how = 0;
    float third = n->score[2] + stay[2], second = n->score[1] + stay[1], first = n->score[0] + stay[0];
    if (n->score[1] + leave[1] > third) {
        third = n->score[1] + leave[1];
        how |= TO_THIRD;
    }
    if (n->score[0] + leave[0] > second) {
        second = n->score[0] + leave[0];
        how |= TO_SECOND;
    }
    if (enter > first) {
        first = enter;
        how |= arc;
    }
    float gain = node->word == SB_NO_WORD ? 0 : s->word_frame;
    n->score[0] = first > IMPOSSIBLE / 2 ? first + gain + emission(s, node, 0) : IMPOSSIBLE;
    n->score[1] = second > IMPOSSIBLE / 2 ? second + gain + emission(s, node, 1) : IMPOSSIBLE;
    n->score[2] = third > IMPOSSIBLE / 2 ? third + gain + emission(s, node, 2) : IMPOSSIBLE;
    n->exit = n->score[2] > IMPOSSIBLE / 2 ? n->score[2] + leave[2] : IMPOSSIBLE;
    return how;
}

static inline float greater(float a, float b)
{
    return a > b ? a : b;
}

static inline float best_state(const states *n)
{
    return greater(n->score[0], greater(n->score[1], n->score[2]));
}

static void step_nodes(search *s, const float *exits, uint16_t *entered)
{
    float least = s->best - s->net->prices.beam, best = IMPOSSIBLE;
    for (size_t i = 0; i < s->net->n_nodes; i++) {
        states *n = &s->nodes[i];
        const sb_network_node *node = &s->net->nodes[i];
        uint16_t arc = 0;
        float enter = entry(s, exits, node, &arc);
        if (node->begins && s->net->starts)
            enter += gain_of_start(s, node);
        if (greater(enter, best_state(n)) < least) {
            *n = (states){{IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE}, IMPOSSIBLE};
            entered[i] = 0;
            continue;
        }
        entered[i] = enter_node(s, n, node, enter, arc);
        best = greater(best, best_state(n));
    }
    s->best = best;
}

/* A place is reached from the nodes that end there, or by skipping words. The first skipped word has one
 * price, the next ones another. */
static void step_places(search *s, uint16_t *reached)
{
    const sb_network_prices *prices = &s->net->prices;
    float skipping = IMPOSSIBLE;
    for (size_t p = 0; p <= s->net->n_words; p++) {
        const sb_network_place *place = &s->net->places[p];
        float begun = p > 0 ? s->place[p - 1] + prices->skip : IMPOSSIBLE;
        bool on = skipping + prices->skip_next > begun;
        skipping = on ? skipping + prices->skip_next : begun;
        float best = skipping;
        reached[p] = best > IMPOSSIBLE / 2 ? 0 : NOWHERE;
        for (uint32_t i = 0; i < place->n_ends; i++) {
            float score = s->nodes[s->net->ends[place->first_end + i]].exit;
            if (score > best) {
                best = score;
                reached[p] = (uint16_t)(i + 1);
            }
        }
        reached[p] |= on ? SKIPS_ON : 0;
        s->place[p] = best;
    }
}

static bool search_frames(search *s, const float (*vectors)[SB_VECTOR])
{
    float *exits = malloc((s->net->n_nodes + 1) * sizeof *exits);
    if (!exits)
        return false;
    s->best = 0;
    sb_scorer_begin(s->scorer, vectors, s->n_frames, 1);
    for (size_t t = 0; t < s->n_frames; t++) {
        for (size_t i = 0; i < s->net->n_nodes; i++)
            exits[i] = s->nodes[i].exit;
        s->reference[t] = sb_scorer_set_frame(s->scorer, t);
        s->frame = t;
        s->word_frame = s->net->word_frame ? s->net->word_frame[t] : 0;
        step_nodes(s, exits, s->entered + t * s->net->n_nodes);
        step_places(s, s->reached + t * (s->net->n_words + 1));
    }
    free(exits);
    return true;
}

static bool add_phone(sb_heard_list *out, const sb_network_node *node, int32_t start, int32_t end)
{
    if (!sb_grow(&out->items, out->n_items, &out->capacity, sizeof *out->items))
        return false;
    out->items[out->n_items++] =
        (sb_heard){.word = node->word, .way = node->way, .phone = node->phone, .start = start, .end = end};
    return true;
}

/* Goes back from a place at the end of frame `t` to the node that ends there. -1 at the start of the
 * sound. */
static int64_t node_before(const search *s, size_t place, int64_t t)
{
    if (t < 0)
        return -1;
    const uint16_t *reached = s->reached + (size_t)t * (s->net->n_words + 1);
    for (bool skipping = false;; place--) {
        uint16_t how = reached[place] & NOWHERE;
        if (!skipping && how == NOWHERE)
            return -1;
        if (!skipping && how > 0)
            return s->net->ends[s->net->places[place].first_end + how - 1];
        skipping = (reached[place] & SKIPS_ON) != 0;
    }
}

/* The frame in which a node that ends with frame `t` started, and the arc into it. */
static int64_t began(const search *s, size_t node, int64_t t, uint32_t *arc)
{
    for (int state = SB_STATES - 1; t >= 0; t--) {
        uint16_t how = s->entered[(size_t)t * s->net->n_nodes + node];
        s->senone[t] = s->net->nodes[node].senones[state];
        if (state == 0 && (how & ARC_MASK)) {
            *arc = (how & ARC_MASK) - 1;
            return t;
        }
        if ((state == 2 && (how & TO_THIRD)) || (state == 1 && (how & TO_SECOND)))
            state--;
    }
    return -1;
}

static void reverse_heard(sb_heard_list *list)
{
    for (size_t i = 0, j = list->n_items; i + 1 < j; i++) {
        sb_heard spare = list->items[i];
        list->items[i] = list->items[--j];
        list->items[j] = spare;
    }
}

static bool trace_words(const search *s, sb_heard_list *out)
{
    int64_t t = (int64_t)s->n_frames - 1, node = node_before(s, s->net->n_words, t);
    while (node >= 0) {
        uint32_t arc = 0;
        int64_t start = began(s, (size_t)node, t, &arc);
        const sb_network_node *here = &s->net->nodes[node];
        if (start < 0 || !add_phone(out, here, (int32_t)start, (int32_t)t + 1)) {
            out->n_items = 0;
            return start < 0;
        }
        int32_t from = s->net->arcs[here->first_arc + arc].from;
        t = start - 1;
        node = from >= 0 ? from : node_before(s, (size_t)(-1 - from), t);
    }
    reverse_heard(out);
    return true;
}

static void score_phones(const search *s, sb_heard_list *list, sb_adapt_stats *stats)
{
    for (size_t i = 0; i < list->n_items; i++) {
        sb_heard *h = &list->items[i];
        if (h->phone == SB_MODEL_BABBLE)
            continue;
        for (int32_t t = h->start; t < h->end; t++) {
            sb_scorer_revisit(s->scorer, (size_t)t, s->reference[t]);
            h->score += sb_scorer_score(s->scorer, s->senone[t]);
            if (stats && h->word != SB_NO_WORD)
                sb_adapt_add(stats, s->scorer, s->senone[t]);
        }
        h->score /= (float)(h->end - h->start);
        h->worst = h->score;
    }
}

static bool continues(const sb_heard *one, const sb_heard *two)
{
    return one->word == two->word && (one->word != SB_NO_WORD || one->phone == two->phone);
}

/* Joins the phones of a word into the word, and adjacent fillers of one kind into one. */
static void join_phones(sb_heard_list *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_heard *next = &list->items[i];
        sb_heard *last = n > 0 ? &list->items[n - 1] : NULL;
        if (!last || !continues(last, next)) {
            list->items[n++] = *next;
            continue;
        }
        float before = (float)(last->end - last->start), added = (float)(next->end - next->start);
        last->score = (last->score * before + next->score * added) / (before + added);
        last->worst = fminf(last->worst, next->worst);
        last->end = next->end;
    }
    list->n_items = n;
}

sb_status sb_word_search(sb_heard_list *out, sb_scorer *scorer, const sb_network *network,
                         const float (*vectors)[SB_VECTOR], size_t n_frames, sb_adapt_stats *stats,
                         sb_error *err)
{
    out->n_items = 0;
    if (n_frames == 0)
        return SB_OK;
    if (network->n_nodes + network->n_words + 1 > SB_SEARCH_CELLS_MAX / n_frames)
        return sb_error_set(
            err, SB_ERR_LIMIT,
            "%zu frames and %zu phones are too much for one search; add timestamps to the transcript",
            n_frames, network->n_nodes);
    search s = {.net = network, .model = sb_scorer_model(scorer), .scorer = scorer, .n_frames = n_frames};
    bool ok = choose_end(&s) && begin_search(&s) && search_frames(&s, vectors) && trace_words(&s, out);
    if (ok) {
        score_phones(&s, out, stats);
        join_phones(out);
    }
    finish_search(&s);
    return ok ? SB_OK : sb_error_memory(err, "scoring the audio");
}

void sb_heard_list_finish(sb_heard_list *list)
{
    free(list->items);
    *list = (sb_heard_list){0};
}
