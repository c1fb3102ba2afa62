#include "align/align.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <stdlib.h>

#define LEAST_LENGTH (8 * SB_TIME_SECOND)
#define GOOD_LENGTH  (14 * SB_TIME_SECOND)
#define MOST_LENGTH  (19 * SB_TIME_SECOND)
#define CONTEXT      (5 * SB_TIME_SECOND / 2)
#define MARGIN       (300 * SB_TIME_MS)
/* At the ends of the text, where no neighbour limits the words. */
#define OPEN_END     (4 * SB_TIME_SECOND)
#define SURE         0.8f
#define SURE_PAUSE   (120 * SB_TIME_MS)       /* before a word with a known place */
#define APART        (6 * SB_TIME_SECOND)     /* between two words that are not searched in one piece */
#define LOST_WORDS   8                        /* between two words: the same */
#define LOST_HEARD   25                       /* such words on each side that are in the chunk */
#define WORD_ROOM    (450 * SB_TIME_MS)       /* of sound for each of them */
#define JOIN_ROOM    (4 * SB_TIME_SECOND)     /* and in addition */
#define JOIN_OWN     (3 * SB_TIME_SECOND / 2) /* of words on each side that a join places again */
#define JOIN_CONTEXT (4 * SB_TIME_SECOND)
#define JOIN_VOICE   (3 * SB_TIME_SECOND) /* additional sound, to measure the voices of a side */

/* A word with a place. `pause` is the pause before it; the sound can be cut there if `sure` is set. */
typedef struct place {
    sb_time start, end, pause;
    size_t word;
    bool sure;
} place;

typedef struct planner {
    const sb_chunk_plan *in;
    sb_time context;
    place *places;
    size_t n_places;
    size_t n_words;
    sb_chunks *out;
} planner;

static void add_chunk_place(planner *p, const sb_aligned_turn *turn, size_t w, size_t word)
{
    const sb_aligned_word *it = &turn->words[w];
    if (it->start == SB_TIME_NONE)
        return;
    sb_time before = p->n_places ? p->places[p->n_places - 1].end : p->in->begin, pause = it->start - before;
    bool known = p->in->anchored && p->in->anchored[word] && word > 0 && p->in->anchored[word - 1];
    bool sure = (known && pause >= SURE_PAUSE) || (w == 0 && turn->confidence >= SURE);
    p->places[p->n_places++] = (place){it->start, it->end, pause, word, sure};
}

static sb_time sooner(sb_time a, sb_time b)
{
    return a < b ? a : b;
}

static sb_time later(sb_time a, sb_time b)
{
    return a > b ? a : b;
}

static sb_span within(const planner *p, sb_time start, sb_time end)
{
    sb_time duration = p->in->alignment->audio.duration;
    return (sb_span){later(p->in->begin, sooner(start, duration)),
                     later(p->in->begin, sooner(end, duration))};
}

static sb_chunk *add_chunk(planner *p)
{
    sb_chunks *out = p->out;
    if (!sb_push_room(&out->items, out->n_items, sizeof *out->items))
        return NULL;
    out->items[out->n_items] = (sb_chunk){0};
    return &out->items[out->n_items++];
}

/* Goes back to a place where the sound can be cut, or by the context. Returns the start of the sound. */
static sb_time reach_back(const planner *p, size_t *first, size_t least, sb_time context)
{
    const place *here = &p->places[*first];
    if (here->sure || *first == least)
        return here->start - sooner(later(here->pause / 2, 0), *first == 0 ? OPEN_END : MARGIN);
    sb_time wanted = here->start - context;
    while (*first > least && p->places[*first - 1].start >= wanted)
        --*first;
    return p->places[*first].start - MARGIN;
}

static sb_time reach_on(const planner *p, size_t *end, size_t most, sb_time context)
{
    const place *next = *end < p->n_places ? &p->places[*end] : NULL;
    sb_time after = p->places[*end - 1].end;
    if (*end == most || next->sure)
        return after + (next ? sooner(later(next->pause / 2, 0), MARGIN) : OPEN_END);
    while (*end < most && p->places[*end].end <= after + context)
        ++*end;
    return p->places[*end - 1].end + MARGIN;
}

static bool plan_piece(planner *p, size_t first, size_t end, size_t least, size_t most)
{
    sb_chunk *chunk = add_chunk(p);
    if (!chunk)
        return false;
    chunk->own = (sb_word_range){p->places[first].word,
                                 end < most ? p->places[end].word : p->places[end - 1].word + 1};
    sb_time from = reach_back(p, &first, least, p->context), until = reach_on(p, &end, most, p->context);
    size_t heard_end = p->places[end - 1].word + 1;
    chunk->heard[0] =
        (sb_word_range){p->places[first].word, heard_end > chunk->own.end ? heard_end : chunk->own.end};
    chunk->sound[0] = within(p, from, until);
    return true;
}

static double worth_of(const planner *p, size_t at, sb_time length)
{
    const place *here = &p->places[at];
    double pause = sb_time_to_seconds(here->pause), off = sb_time_to_seconds(length - GOOD_LENGTH);
    return (pause < 1 ? pause : 1) + (here->sure ? 1.5 : 0) - (off < 0 ? -off : off) * 0.05;
}

static size_t best_end(const planner *p, size_t first, size_t most)
{
    size_t best = first + 1;
    double worth = -1e9;
    for (size_t at = first + 1; at < most; at++) {
        sb_time length = p->places[at - 1].end - p->places[first].start;
        if (length > MOST_LENGTH)
            return best;
        double here = length < LEAST_LENGTH ? -1e6 + (double)at : worth_of(p, at, length);
        if (here > worth) {
            worth = here;
            best = at;
        }
    }
    return p->places[most - 1].end - p->places[first].start <= MOST_LENGTH ? most : best;
}

static bool plan_stretch(planner *p, size_t least, size_t most)
{
    for (size_t first = least, end; first < most; first = end) {
        end = best_end(p, first, most);
        if (!plan_piece(p, first, end, least, most))
            return false;
    }
    return true;
}

/* The side of a join before place `at`, which is followed by `n_lost` words. */
static void join_before(const planner *p, sb_chunk *chunk, size_t least, size_t at, size_t n_lost)
{
    size_t first = at, own = at;
    sb_time end = p->places[at - 1].end;
    while (own > least && p->places[own - 1].start >= end - JOIN_OWN)
        own--;
    first = own;
    sb_time from = own < at ? reach_back(p, &first, least, JOIN_CONTEXT) : end;
    chunk->own.first = own < at ? p->places[own].word : p->places[at - 1].word + 1;
    chunk->heard[0] = (sb_word_range){own < at ? p->places[first].word : chunk->own.first,
                                      p->places[at - 1].word + 1 + n_lost};
    chunk->sound[0] = within(p, from, end + JOIN_ROOM + (sb_time)n_lost * WORD_ROOM);
    chunk->known[0] = within(p, from - JOIN_VOICE, end);
}

static void join_after(const planner *p, sb_chunk *chunk, size_t at, size_t most, size_t n_lost)
{
    size_t own = at, end = at;
    sb_time start = p->places[at].start;
    while (own < most && p->places[own].end <= start + JOIN_OWN)
        own++;
    end = own;
    sb_time until = own > at ? reach_on(p, &end, most, JOIN_CONTEXT) : start;
    chunk->own.end = own > at ? p->places[own - 1].word + 1 : p->places[at].word;
    chunk->heard[1] =
        (sb_word_range){p->places[at].word - n_lost, own > at ? p->places[end - 1].word + 1 : chunk->own.end};
    chunk->sound[1] = within(p, start - JOIN_ROOM - (sb_time)n_lost * WORD_ROOM, until);
    chunk->known[1] = within(p, start, until + JOIN_VOICE);
}

/* Joins the two parts if they meet. */
static void unite(sb_chunk *chunk)
{
    if (chunk->heard[1].first <= chunk->heard[0].end) {
        chunk->heard[0].end = chunk->heard[1].end;
        chunk->heard[1] = (sb_word_range){0, 0};
    }
    if (chunk->sound[1].start <= chunk->sound[0].end) {
        chunk->sound[0].end = later(chunk->sound[0].end, chunk->sound[1].end);
        chunk->sound[1] = (sb_span){0, 0};
    }
}

/* Words without a position between places `at` - 1 and `at`, or sound without words; one may contain a part
 * of the other. The stretches are from `least` to `at` and from `at` to `most`; at the ends of the text one
 * side is empty. */
static bool plan_join(planner *p, size_t least, size_t at, size_t most)
{
    bool before = at > least, after = at < most;
    size_t from = before ? p->places[at - 1].word + 1 : 0, until = after ? p->places[at].word : p->n_words;
    size_t n_lost = until > from ? until - from : 0;
    n_lost = n_lost < LOST_HEARD ? n_lost : LOST_HEARD;
    sb_chunk *chunk = add_chunk(p);
    if (!chunk)
        return false;
    if (before)
        join_before(p, chunk, least, at, n_lost);
    if (after)
        join_after(p, chunk, at, most, n_lost);
    if (!before) {
        chunk->own.first = chunk->heard[1].first;
        chunk->heard[0] = (sb_word_range){chunk->own.first, chunk->own.first};
        chunk->sound[0] = (sb_span){chunk->sound[1].start, chunk->sound[1].start};
    }
    if (!after) {
        chunk->own.end = chunk->heard[0].end;
        chunk->heard[1] = (sb_word_range){chunk->own.end, chunk->own.end};
        chunk->sound[1] = (sb_span){chunk->sound[0].end, chunk->sound[0].end};
    }
    unite(chunk);
    chunk->join = true;
    return true;
}

static bool are_apart(const planner *p, size_t at)
{
    const place *before = &p->places[at - 1], *after = &p->places[at];
    return after->start - before->end > APART || after->word - before->word - 1 > LOST_WORDS;
}

/* Places [least, most) are consecutive, without a skipped turn between them. */
static bool plan_run(planner *p, size_t least, size_t most)
{
    size_t stretch = least;
    for (size_t at = least + 1; at < most; at++)
        if (are_apart(p, at)) {
            if (!plan_stretch(p, stretch, at))
                return false;
            stretch = at;
        }
    if (most == least || !plan_stretch(p, stretch, most))
        return most == least;
    for (size_t at = least + 1, from = least, until; at < most; at++) {
        if (!are_apart(p, at))
            continue;
        for (until = at + 1; until < most && !are_apart(p, until); until++)
            continue;
        if (!plan_join(p, from, at, until))
            return false;
        from = at;
    }
    return true;
}

static bool plan_all(planner *p)
{
    size_t word = 0, run = 0;
    const sb_alignment *a = p->in->alignment;
    for (size_t t = 0; t < a->n_turns; t++) {
        if (p->in->skip[t] && !plan_run(p, run, p->n_places))
            return false;
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            add_chunk_place(p, &a->turns[t], w, word++);
        if (p->in->skip[t])
            run = p->n_places;
    }
    if (!plan_run(p, run, p->n_places))
        return false;
    if (p->n_places == 0)
        return true;
    bool head = p->places[0].word > 0 && !p->in->skip[0],
         tail = p->places[p->n_places - 1].word + 1 < p->n_words;
    size_t two = 1;
    while (two < p->n_places && !are_apart(p, two))
        two++;
    if (head && !plan_join(p, 0, 0, two))
        return false;
    for (two = p->n_places - 1; two > 0 && !are_apart(p, two);)
        two--;
    return !tail || plan_join(p, two, p->n_places, p->n_places);
}

static int compare_first(const void *a, const void *b)
{
    const sb_chunk *x = a, *y = b;
    return (x->own.first > y->own.first) - (x->own.first < y->own.first);
}

static bool is_fit(const sb_chunk *chunk)
{
    size_t words = chunk->heard[0].end - chunk->heard[0].first + chunk->heard[1].end - chunk->heard[1].first;
    sb_time sound = chunk->sound[0].end - chunk->sound[0].start + chunk->sound[1].end - chunk->sound[1].start;
    return chunk->own.end > chunk->own.first && words > 0 && words <= SB_CHUNK_WORDS_MAX &&
           sound <= SB_CHUNK_SECONDS_MAX * SB_TIME_SECOND;
}

/* Words that a join places are not placed by other chunks. */
static void part_ranges(sb_chunks *out)
{
    if (out->n_items > 0)
        qsort(out->items, out->n_items, sizeof *out->items, compare_first);
    size_t kept = 0;
    for (size_t i = 0; i < out->n_items; i++) {
        sb_chunk *here = &out->items[i], *last = kept ? &out->items[kept - 1] : NULL;
        if (last && last->own.end > here->own.first) {
            if (here->join)
                last->own.end = here->own.first;
            else
                here->own.first = last->own.end;
        }
        if (is_fit(here))
            out->items[kept++] = *here;
    }
    out->n_items = kept;
}

sb_status sb_chunks_plan(sb_chunks *out, const sb_chunk_plan *plan, sb_error *err)
{
    *out = (sb_chunks){0};
    planner p = {.in = plan, .context = plan->context ? plan->context : CONTEXT, .out = out};
    p.n_words = sb_alignment_n_words(plan->alignment);
    p.places = calloc(p.n_words + 1, sizeof *p.places);
    bool good = p.places && plan_all(&p);
    free(p.places);
    if (good) {
        part_ranges(out);
        return SB_OK;
    }
    sb_chunks_finish(out);
    return sb_error_memory(err, "aligning");
}

void sb_chunks_finish(sb_chunks *chunks)
{
    free(chunks->items);
    *chunks = (sb_chunks){0};
}
