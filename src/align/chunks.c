#include "align/chunks.h"

#include "base/memory.h"

#include <stdlib.h>

#define LEAST_LENGTH (8 * SB_TIME_SECOND)
#define GOOD_LENGTH  (14 * SB_TIME_SECOND)
#define MOST_LENGTH  (19 * SB_TIME_SECOND)
#define CONTEXT      (5 * SB_TIME_SECOND / 2)
#define MARGIN       (300 * SB_TIME_MS)
#define SURE         0.8f

/* A word that energy has placed; `pause` is what lies before it, `sure` tells that a turn begins there beyond doubt. */
typedef struct place {
    sb_time start, end, pause;
    size_t word;
    bool sure;
} place;

typedef struct planner {
    const sb_alignment *a;
    place *places;
    size_t n_places;
    sb_chunks *out;
} planner;

static void add_place(planner *p, const sb_aligned_turn *turn, size_t w, size_t word)
{
    const sb_aligned_word *it = &turn->words[w];
    if (it->start == SB_TIME_NONE)
        return;
    sb_time before = p->n_places ? p->places[p->n_places - 1].end : 0;
    p->places[p->n_places++] =
        (place){it->start, it->end, it->start - before, word, w == 0 && turn->confidence >= SURE};
}

/* The start of a stretch is sure where its first word begins a turn that energy is sure of, or nothing comes before it. */
static sb_time reach_back(const planner *p, size_t *first, size_t least)
{
    const place *here = &p->places[*first];
    if (here->sure || *first == least)
        return here->start - (here->pause / 2 < MARGIN ? here->pause / 2 : MARGIN);
    sb_time wanted = here->start - CONTEXT;
    while (*first > least && p->places[*first - 1].start >= wanted)
        --*first;
    return p->places[*first].start - MARGIN;
}

static sb_time reach_on(const planner *p, size_t *end, size_t most)
{
    const place *next = *end < p->n_places ? &p->places[*end] : NULL;
    sb_time after = p->places[*end - 1].end;
    if (*end == most || next->sure) {
        sb_time pause = next ? next->pause / 2 : MARGIN;
        return after + (pause < MARGIN ? pause : MARGIN);
    }
    while (*end < most && p->places[*end].end <= after + CONTEXT)
        ++*end;
    return p->places[*end - 1].end + MARGIN;
}

static bool add_chunk(planner *p, size_t first, size_t end, size_t least, size_t most)
{
    sb_chunks *out = p->out;
    if (!sb_push_room(&out->items, out->n_items, sizeof *out->items))
        return false;
    sb_chunk *chunk = &out->items[out->n_items++];
    chunk->first = p->places[first].word;
    chunk->end = p->places[end - 1].word + 1;
    if (end < most)
        chunk->end = p->places[end].word;
    chunk->span.start = reach_back(p, &first, least);
    chunk->span.end = reach_on(p, &end, most);
    if (chunk->span.start < 0)
        chunk->span.start = 0;
    if (chunk->span.end > p->a->audio.duration)
        chunk->span.end = p->a->audio.duration;
    chunk->heard_first = p->places[first].word < chunk->first ? p->places[first].word : chunk->first;
    chunk->heard_end = p->places[end - 1].word + 1 > chunk->end ? p->places[end - 1].word + 1 : chunk->end;
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
        if (!add_chunk(p, first, end, least, most))
            return false;
    }
    return true;
}

static size_t count_words(const sb_alignment *a)
{
    size_t n = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        n += a->turns[t].n_words;
    return n;
}

static bool plan_all(planner *p, const bool *skip)
{
    size_t word = 0, stretch = 0;
    for (size_t t = 0; t < p->a->n_turns; t++) {
        const sb_aligned_turn *turn = &p->a->turns[t];
        if (skip[t] && p->n_places > stretch && !plan_stretch(p, stretch, p->n_places))
            return false;
        for (size_t w = 0; w < turn->n_words; w++)
            add_place(p, turn, w, word++);
        if (skip[t])
            stretch = p->n_places;
    }
    return p->n_places == stretch || plan_stretch(p, stretch, p->n_places);
}

sb_status sb_chunks_plan(sb_chunks *out, const sb_alignment *alignment, const bool *skip, sb_error *err)
{
    *out = (sb_chunks){0};
    planner p = {.a = alignment, .out = out};
    p.places = calloc(count_words(alignment) + 1, sizeof *p.places);
    bool good = p.places && plan_all(&p, skip);
    free(p.places);
    if (good)
        return SB_OK;
    sb_chunks_finish(out);
    return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

void sb_chunks_finish(sb_chunks *chunks)
{
    free(chunks->items);
    *chunks = (sb_chunks){0};
}
