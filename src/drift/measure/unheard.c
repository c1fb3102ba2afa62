#include <stdlib.h>

#include "base/run/run.h"
#include "drift/measure/measure.h"

#define QUOTED_WORDS 8
#define NO_ROOM      (50 * SB_TIME_MS) /* of speech; printed as 0.0 s */

typedef struct unheard {
    size_t n, first, last;
} unheard;

static unheard count_unheard(const sb_aligned_turn *turn)
{
    unheard u = {0};
    size_t run = 0, longest = 0;

    for (size_t i = 0; i < turn->n_words; i++) {
        bool heard = turn->words[i].status != SB_WORD_NOT_HEARD;
        run = heard ? 0 : run + 1;
        u.n += !heard;
        if (run > longest) {
            longest = run;
            u.last = i;
        }
    }
    u.first = u.last + 1 - longest;
    return u;
}

/* For each turn, the nearest known end before and start after it, for fast look-up. */
typedef struct neighbours {
    sb_time *end_before, *start_after;
} neighbours;

static bool find_neighbours(neighbours *n, const sb_alignment *a)
{
    sb_time end = 0, start = a->audio.duration;

    *n = (neighbours){calloc(a->n_turns + 1, sizeof(sb_time)), calloc(a->n_turns + 1, sizeof(sb_time))};
    if (!n->end_before || !n->start_after)
        return false;
    for (size_t i = 0; i < a->n_turns; i++) {
        n->end_before[i] = end;
        end = a->turns[i].end != SB_TIME_NONE ? a->turns[i].end : end;
    }
    for (size_t i = a->n_turns; i > 0; i--) {
        n->start_after[i - 1] = start;
        start = a->turns[i - 1].start != SB_TIME_NONE ? a->turns[i - 1].start : start;
    }
    return true;
}

/* Returns the span between the nearest words with positions, in the turn or its neighbours. */
static sb_span span_of_unheard(const sb_alignment *a, const neighbours *n, size_t index, const unheard *u)
{
    const sb_aligned_turn *turn = &a->turns[index];
    sb_span place = {n->end_before[index], n->start_after[index]};

    for (size_t i = 0; i < u->first; i++)
        if (turn->words[i].end != SB_TIME_NONE)
            place.start = turn->words[i].end;
    for (size_t i = turn->n_words; i > u->last + 1; i--)
        if (turn->words[i - 1].start != SB_TIME_NONE)
            place.end = turn->words[i - 1].start;
    if (place.end < place.start)
        place.end = place.start;
    return place;
}

/* Returns "" without a speaking rate: the amount of speech alone is not evidence. */
static char *evidence_note(const sb_suspect *suspect, const unheard *u)
{
    char speech[SB_TIME_TEXT], needed[SB_TIME_TEXT];
    bool one = u->first == u->last;

    if (suspect->needed == SB_TIME_NONE)
        return sb_copy_text("", NULL);
    sb_time_print_seconds(needed, suspect->needed, 1);
    if (suspect->speech < NO_ROOM)
        return sb_text_print("%s there is no room for %s (%s about %s s)", u->n == 1 ? ":" : ";",
                             one ? "it" : "them", one ? "needs" : "need", needed);
    return sb_text_print("; %s place has %s s of speech (%s about %s s)", one ? "its" : "their",
                         sb_time_print_seconds(speech, suspect->speech, 1), one ? "it needs" : "they need",
                         needed);
}

static char *unheard_note(const sb_aligned_turn *turn, const unheard *u, const sb_suspect *suspect)
{
    bool all = u->last - u->first + 1 == u->n;
    char *words = sb_drift_quote_words(turn, u->first, u->last, QUOTED_WORDS), *note = NULL;
    char *evidence = evidence_note(suspect, u);

    if (words && evidence && u->n == 1)
        note = sb_text_print("\"%s\" was not heard%s", words, evidence);
    else if (words && evidence && u->n == turn->n_words)
        note = sb_text_print("None of its words was heard in the audio: \"%s\"%s", words, evidence);
    else if (words && evidence)
        note = sb_text_print("%zu of its %zu words were not heard in the audio%s \"%s\"%s", u->n,
                             turn->n_words, all ? ":" : ", among them", words, evidence);
    free(words);
    free(evidence);
    return note;
}

static sb_status judge_turn(sb_drift *d, const sb_alignment *a, const neighbours *n, size_t index,
                            double pace, sb_error *err)
{
    const sb_aligned_turn *turn = &a->turns[index];
    unheard u = count_unheard(turn);
    sb_suspect weighed = {.turn = index, .speech = SB_TIME_NONE, .needed = SB_TIME_NONE};

    if (u.n == 0)
        return SB_OK;
    sb_drift_weigh_speech(&weighed, a, span_of_unheard(a, n, index, &u), u.first, u.last, pace);
    sb_status status =
        sb_drift_add_suspect(d, index, SB_SUSPECT_UNHEARD_TEXT, unheard_note(turn, &u, &weighed), err);
    if (status == SB_OK)
        sb_drift_keep_evidence(d, &weighed);
    return status;
}

static size_t words_of(const sb_alignment *a, const sb_drift_region *region)
{
    size_t n = 0;

    for (size_t t = region->first; t <= region->last; t++)
        n += a->turns[t].n_words;
    return n;
}

/* Consecutive unheard turns are reported as one region. */
static sb_status judge_region(sb_drift *d, const sb_alignment *a, const neighbours *n,
                              const sb_drift_region *region, sb_error *err)
{
    const sb_aligned_turn *turn = &a->turns[region->first];
    char *name = sb_drift_print_region(region, a), *note = NULL;
    char *words = turn->n_words ? sb_drift_quote_words(turn, 0, turn->n_words - 1, QUOTED_WORDS) : NULL;
    sb_suspect weighed = {.audio = {n->end_before[region->first], n->start_after[region->last]},
                          .speech = SB_TIME_NONE,
                          .needed = SB_TIME_NONE};

    if (name && words)
        note = sb_text_print(
            "%zu of %zu words were not heard in %s, starting with \"%s\"; this part of the text "
            "may belong elsewhere",
            region->n_words, words_of(a, region), name, words);
    free(name);
    free(words);
    sb_status status = sb_drift_add_suspect(d, region->first, SB_SUSPECT_UNHEARD_TEXT, note, err);
    if (status == SB_OK) {
        d->suspects[d->n_suspects - 1].last_turn = region->last;
        sb_drift_keep_evidence(d, &weighed);
    }
    return status;
}

static sb_status judge_all(sb_drift *d, const sb_alignment *a, const neighbours *n, double pace,
                           sb_error *err)
{
    sb_drift_region region;
    sb_status status = SB_OK;
    bool found = sb_drift_next_region(&region, a, 0);

    for (size_t i = 0; i < a->n_turns && status == SB_OK; i++) {
        bool in_region = found && i >= region.first && region.first < region.last &&
                         region.n_words >= SB_DRIFT_REGION_WORDS;
        if (!in_region) {
            status = judge_turn(d, a, n, i, pace, err);
        } else {
            status = judge_region(d, a, n, &region, err);
            i = region.last;
        }
        if (found && i >= region.last)
            found = sb_drift_next_region(&region, a, i + 1);
    }
    return status;
}

sb_status sb_drift_find_unheard(sb_drift *drift, const sb_alignment *alignment, sb_error *err)
{
    neighbours n = {0};
    double pace;
    sb_status status = sb_drift_speaking_rate(&pace, alignment, err);

    if (status == SB_OK && !find_neighbours(&n, alignment))
        status = sb_error_memory(err, "looking for suspect turns");
    if (status == SB_OK)
        status = judge_all(drift, alignment, &n, pace, err);
    free(n.end_before);
    free(n.start_after);
    return status;
}
