#include "align/energy/energy.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include <stdlib.h>

#define MISSING_SECONDS   1.5 /* more text than this is not just a variation of pace */
#define AT_PAUSE          0.6f
#define IN_RUNNING_SPEECH 0.3f

typedef struct placer {
    sb_alignment *a;
    const sb_script *script;
    const sb_speech *speech;
} placer;

static sb_aligned_word *placed_word_at(const placer *p, size_t word)
{
    size_t turn = p->script->turn[word];
    return &p->a->turns[turn].words[word - p->script->first_word[turn]];
}

static void mark_not_heard(const placer *p, size_t first, size_t end)
{
    for (size_t w = first; w < end; w++)
        placed_word_at(p, w)->status = SB_WORD_NOT_HEARD;
}

static bool is_missing(const placer *p, size_t first, size_t end)
{
    return p->script->length[end] - p->script->length[first] > MISSING_SECONDS;
}

/* Skipped words between two runs that are too few to be missing are added to the next run, or to the
 * previous one. */
static void take_in_skipped(const placer *p, sb_word_run *runs, size_t n_runs)
{
    size_t done = 0;
    sb_word_run *last = NULL;
    for (size_t i = 0; i < n_runs; i++) {
        sb_word_run *run = &runs[i];
        if (run->first_word == run->end_word)
            continue;
        if (run->first_word > done && is_missing(p, done, run->first_word))
            mark_not_heard(p, done, run->first_word);
        else
            run->first_word = done;
        done = run->end_word;
        last = run;
    }
    size_t n_words = p->script->n_words;
    if (done == n_words)
        return;
    if (last && !is_missing(p, done, n_words))
        last->end_word = n_words;
    else
        mark_not_heard(p, done, n_words);
}

static sb_time speech_in(const placer *p, const sb_word_run *run)
{
    sb_time sum = 0;
    for (size_t s = run->first_span; s < run->end_span; s++)
        sum += p->speech->speech[s].end - p->speech->speech[s].start;
    return sum;
}

/* The time when `spoken` of the run's speech has passed. At a pause inside it, this is the end before it
 * or the start after it. */
static sb_time instant(const placer *p, const sb_word_run *run, sb_time spoken, bool as_start)
{
    for (size_t s = run->first_span; s < run->end_span; s++) {
        sb_span span = p->speech->speech[s];
        sb_time length = span.end - span.start;
        bool inside = as_start ? spoken < length : spoken <= length;
        if (inside || s + 1 == run->end_span)
            return span.start + (spoken < length ? spoken : length);
        spoken -= length;
    }
    return SB_TIME_NONE;
}

static void place_run(const placer *p, const sb_word_run *run)
{
    const double *length = p->script->length;
    double whole = length[run->end_word] - length[run->first_word];
    sb_time spoken = speech_in(p, run);
    for (size_t w = run->first_word; w < run->end_word; w++) {
        double from = whole > 0 ? (length[w] - length[run->first_word]) / whole : 0;
        double until = whole > 0 ? (length[w + 1] - length[run->first_word]) / whole : 1;
        bool first = w == run->first_word, last = w + 1 == run->end_word;
        sb_aligned_word *word = placed_word_at(p, w);
        word->start = instant(p, run, (sb_time)(from * (double)spoken), true);
        word->end = instant(p, run, last ? spoken : (sb_time)(until * (double)spoken), false);
        if (word->end < word->start)
            word->end = word->start;
        word->status = first && last ? SB_WORD_ALIGNED : SB_WORD_ESTIMATED;
        word->confidence = first || last ? AT_PAUSE : IN_RUNNING_SPEECH;
    }
}

static bool list_unmatched(const placer *p, const sb_lattice_path *path)
{
    bool after_words = true;
    for (size_t i = 0; i < path->n_runs; i++) {
        const sb_word_run *run = &path->runs[i];
        bool empty = run->first_word == run->end_word;
        sb_span span = {p->speech->speech[run->first_span].start, p->speech->speech[run->end_span - 1].end};
        bool speech = empty && !sb_music_is(p->speech, span);
        if (speech && !after_words)
            p->a->unmatched[p->a->n_unmatched - 1].end = span.end;
        else if (speech && !sb_unmatched_add(p->a, span))
            return false;
        after_words = !speech;
    }
    sb_unmatched_drop_short(p->a);
    return true;
}

static void place_turn(sb_aligned_turn *turn, float confidence)
{
    turn->confidence = sb_aligned_turn_settle(turn) ? confidence : 0;
    if (turn->n_words && turn->words[0].start != SB_TIME_NONE)
        turn->words[0].confidence = turn->confidence;
}

sb_status sb_place_words(sb_alignment *a, const sb_script *script, const sb_speech *speech,
                         const sb_lattice_path *path, sb_error *err)
{
    placer p = {a, script, speech};
    take_in_skipped(&p, path->runs, path->n_runs);
    for (size_t i = 0; i < path->n_runs; i++)
        if (path->runs[i].first_word < path->runs[i].end_word)
            place_run(&p, &path->runs[i]);
    for (size_t t = 0; t < a->n_turns; t++)
        place_turn(&a->turns[t], path->confidence[t]);
    return list_unmatched(&p, path) ? SB_OK : sb_error_memory(err, "aligning");
}
