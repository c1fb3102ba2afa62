#include "export/captions/captions.h"

#include "base/run/run.h"

#include <stdlib.h>

#include "alignment/alignment.h"

#define LAST_TRIED  1000  /* preceding turns that are tried as the predecessor of a turn */
#define LEAST_SURE  0.05F /* value of a turn without confidence, so that most turns are kept */
#define MAPPED_SURE 0.02F
#define BREAK_SLACK (500 * SB_TIME_MS) /* tolerance for the beginning of a passage */

typedef struct place {
    sb_time start; /* SB_TIME_NONE if unknown or if the transcript has no time for it */
    float sure;
    float worth; /* of the best sequence that ends here */
    size_t before;
    bool stands;
} place;

typedef struct cue_order {
    const sb_transcript *transcript;
    const sb_alignment *alignment;
    place *places;
    size_t n;
} cue_order;

/* If the first words of a turn were not heard, it began earlier: at its timestamp, mapped. */
static sb_time heard_start(const sb_alignment *alignment, size_t i)
{
    const sb_aligned_turn *turn = &alignment->turns[i];
    sb_time before = i > 0 ? alignment->turns[i - 1].start : 0;
    if (turn->start == SB_TIME_NONE || turn->stamp == SB_TIME_NONE || turn->n_words == 0 ||
        turn->words[0].status != SB_WORD_NOT_HEARD)
        return turn->start;
    sb_time mapped = sb_time_map_apply(alignment, turn->stamp);
    return before != SB_TIME_NONE && before <= mapped && mapped < turn->start ? mapped : turn->start;
}

static sb_time mapped_start(const cue_order *o, size_t i)
{
    sb_time mapped = sb_time_map_apply(o->alignment, o->transcript->turns[i].stamp);
    return mapped > 0 ? mapped : 0;
}

static void propose(cue_order *o)
{
    for (size_t i = 0; i < o->n; i++) {
        sb_time start = heard_start(o->alignment, i);
        o->places[i] = (place){.start = start, .sure = o->alignment->turns[i].confidence + LEAST_SURE};
        if (o->transcript->turns[i].stamp == SB_TIME_NONE)
            o->places[i].start = SB_TIME_NONE;
        else if (start == SB_TIME_NONE)
            o->places[i] = (place){.start = mapped_start(o, i), .sure = MAPPED_SURE};
    }
}

/* Returns the end of the run, before the next turn whose timestamp goes back. Turns that are out of order in
 * the transcript stay so. */
static size_t end_of_run(const cue_order *o, size_t first)
{
    sb_time last = SB_TIME_NONE;
    for (size_t i = first; i < o->n; i++) {
        sb_time stamp = o->transcript->turns[i].stamp;
        if (stamp == SB_TIME_NONE)
            continue;
        if (last != SB_TIME_NONE && stamp < last)
            return i;
        last = stamp;
    }
    return o->n;
}

/* Chooses the ascending sequence with the highest total confidence (a heaviest increasing subsequence). */
static void choose_standing(cue_order *o, size_t first, size_t end)
{
    place *p = o->places;
    size_t best = SIZE_MAX;
    for (size_t i = first; i < end; i++) {
        p[i].worth = p[i].sure;
        p[i].before = SIZE_MAX;
        if (p[i].start == SB_TIME_NONE)
            continue;
        for (size_t j = i; j-- > (i > first + LAST_TRIED ? i - LAST_TRIED : first);)
            if (p[j].start != SB_TIME_NONE && p[j].start <= p[i].start &&
                p[j].worth + p[i].sure > p[i].worth) {
                p[i].worth = p[j].worth + p[i].sure;
                p[i].before = j;
            }
        if (best == SIZE_MAX || p[i].worth > p[best].worth)
            best = i;
    }
    for (; best != SIZE_MAX; best = p[best].before)
        p[best].stands = true;
}

/* Uses the mapped timestamp if it is after turn `before` (SIZE_MAX: none) and before `most`; otherwise the
 * same distance after it as in the transcript, or the middle. */
static sb_time place_between(const cue_order *o, size_t i, size_t before, sb_time most)
{
    sb_time mapped = mapped_start(o, i), least = before == SIZE_MAX ? 0 : o->places[before].start;
    if (mapped >= least && mapped < most)
        return mapped;
    sb_time passed =
        before == SIZE_MAX ? 0 : o->transcript->turns[i].stamp - o->transcript->turns[before].stamp;
    return most == INT64_MAX || passed < (most - least) / 2 ? least + passed : least + (most - least) / 2;
}

static void put_between(cue_order *o, size_t first, size_t end)
{
    size_t before = SIZE_MAX, next = first;
    for (size_t i = first; i < end; i++) {
        if (o->places[i].start == SB_TIME_NONE)
            continue;
        while (next < end && (next < i || !o->places[next].stands))
            next++;
        if (!o->places[i].stands)
            o->places[i].start = place_between(o, i, before, next < end ? o->places[next].start : INT64_MAX);
        before = i;
    }
}

/* Not before its speech ends, and not shorter than it was. */
static sb_time wanted_stop(const cue_order *o, size_t i)
{
    const sb_turn *turn = &o->transcript->turns[i];
    sb_time start = o->places[i].start, end = o->alignment->turns[i].end;
    if (turn->stop_range.length == 0 || start == SB_TIME_NONE)
        return SB_TIME_NONE;
    /* A damaged end is SB_TIME_NONE. */
    sb_time kept =
        turn->stop == SB_TIME_NONE || turn->stop < turn->stamp ? start : start + (turn->stop - turn->stamp);
    return end != SB_TIME_NONE && end > kept ? end : kept;
}

/* Returns the start of the first later turn that does not overlap turn `i` in the transcript. */
static sb_time start_of_next(const cue_order *o, size_t i, size_t end)
{
    for (size_t j = i + 1; j < end && j <= i + LAST_TRIED; j++)
        if (o->places[j].start != SB_TIME_NONE &&
            o->transcript->turns[j].stamp >= o->transcript->turns[i].stop)
            return o->places[j].start;
    return INT64_MAX;
}

static sb_time stop_before_insertions(const cue_order *o, size_t i, sb_time stop)
{
    const sb_alignment *a = o->alignment;
    for (size_t b = 0; b < a->n_breaks; b++) {
        sb_time from = a->breaks[b].audio.start, said = a->turns[i].end;
        if (a->breaks[b].gap <= 0 || o->places[i].start >= from || stop <= from)
            continue;
        stop = said != SB_TIME_NONE && said > from && said - from < BREAK_SLACK ? said : from;
    }
    return stop;
}

static sb_time stop_of(const cue_order *o, size_t i, size_t end)
{
    sb_time stop = wanted_stop(o, i), next = start_of_next(o, i, end);
    if (stop == SB_TIME_NONE)
        return SB_TIME_NONE;
    stop = stop_before_insertions(o, i, stop < next ? stop : next);
    /* No turn may be empty, even if it was cut out of the audio. */
    return stop > o->places[i].start ? stop : o->places[i].start + SB_TIME_MS;
}

sb_status sb_cue_order_make(sb_time *starts, sb_time *stops, const sb_transcript *transcript,
                            const sb_alignment *alignment, sb_error *err)
{
    cue_order o = {transcript, alignment, calloc(alignment->n_turns + 1, sizeof(place)), alignment->n_turns};
    if (!o.places)
        return sb_error_memory(err, "making captions");
    propose(&o);
    for (size_t first = 0, end; first < o.n; first = end) {
        end = end_of_run(&o, first);
        choose_standing(&o, first, end);
        put_between(&o, first, end);
        for (size_t i = first; i < end; i++) {
            starts[i] = o.places[i].start;
            stops[i] = stop_of(&o, i, end);
        }
    }
    free(o.places);
    return SB_OK;
}
