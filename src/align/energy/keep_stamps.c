#include "align/energy/keep_stamps.h"

#include <math.h>
#include <stdlib.h>

#define SLACK      (100 * SB_TIME_MS) /* a turn may begin so far outside its stamp's window */
#define LEAST_SURE 0.5f               /* confidence from which the pauses outweigh a stamp */
#define KEPT       0.2f               /* confidence of a turn that rests on its stamp */
#define EXACT      (100 * SB_TIME_MS) /* stamps finer than this say more than an onset does */
#define EXACT_ERRS 4 /* times the usual error of such stamps, beyond which a turn is at a noise */

static sb_time onset_in(const sb_alignment *a, sb_time from, sb_time until)
{
    sb_time best = SB_TIME_NONE, longest = -1;
    for (size_t i = 0; i < a->n_speech && a->speech[i].start <= until; i++) {
        sb_time pause = a->speech[i].start - (i ? a->speech[i - 1].end : 0);
        if (a->speech[i].start < from || pause <= longest)
            continue;
        best = a->speech[i].start;
        longest = pause;
    }
    return best;
}

/* The words keep their proportions and stay before `limit`. */
static void move_words(sb_aligned_turn *turn, sb_time start, sb_time limit)
{
    sb_time old = turn->start, length = turn->end - turn->start;
    sb_time room = limit > start ? limit - start : 0;
    double scale = length > room && length > 0 ? (double)room / (double)length : 1;
    for (size_t w = 0; w < turn->n_words; w++) {
        sb_aligned_word *word = &turn->words[w];
        if (word->start == SB_TIME_NONE)
            continue;
        word->start = start + (sb_time)((double)(word->start - old) * scale);
        word->end = start + (sb_time)((double)(word->end - old) * scale);
        word->status = SB_WORD_ESTIMATED;
        word->confidence = word->confidence < KEPT ? word->confidence : KEPT;
    }
    turn->start = start;
    turn->end = start + (sb_time)((double)length * scale);
    turn->confidence = KEPT;
    turn->status = turn->status == SB_TURN_ALIGNED ? SB_TURN_PARTLY : turn->status;
}

/* The turn before one that was moved ends before it, if it begins before it: its last words were taken from the other's sound. */
static void end_before(sb_aligned_turn *turn, sb_time limit)
{
    if (turn->start == SB_TIME_NONE || turn->start >= limit || turn->end <= limit)
        return;
    double scale = (double)(limit - turn->start) / (double)(turn->end - turn->start);
    for (size_t w = 0; w < turn->n_words; w++) {
        sb_aligned_word *word = &turn->words[w];
        if (word->start == SB_TIME_NONE)
            continue;
        word->start = turn->start + (sb_time)((double)(word->start - turn->start) * scale);
        word->end = turn->start + (sb_time)((double)(word->end - turn->start) * scale);
    }
    turn->end = limit;
}

static void keep(sb_alignment *a, size_t t, sb_time due)
{
    sb_aligned_turn *turn = &a->turns[t];
    sb_time resolution = a->transcript.resolution == SB_TIME_NONE ? 0 : a->transcript.resolution;
    if (due < 0 || due >= a->audio.duration ||
        (turn->start >= due - SLACK && turn->start <= due + resolution + SLACK))
        return;
    sb_time start = onset_in(a, due - SLACK, due + resolution + SLACK);
    if (start == SB_TIME_NONE)
        start = due + resolution / 2;
    move_words(turn, start, a->audio.duration);
    if (t > 0)
        end_before(turn - 1, start);
}

static int compare_times(const void *a, const void *b)
{
    const sb_time *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static sb_time distance(sb_time a, sb_time b)
{
    return a < b ? b - a : a - b;
}

/* How far a turn may lie from an exact stamp, however sure it is: some stamps jitter, and what most of them do tells how much. */
static bool measure_limit(sb_time *limit, const sb_alignment *a, const double *turn_time)
{
    size_t n = 0;
    sb_time *errors = calloc(a->n_turns + 1, sizeof *errors);
    if (!errors)
        return false;
    for (size_t t = 0; t < a->n_turns; t++)
        if (!isnan(turn_time[t]) && a->turns[t].start != SB_TIME_NONE)
            errors[n++] = distance(a->turns[t].start, sb_time_from_seconds(turn_time[t]));
    qsort(errors, n, sizeof *errors, compare_times);
    *limit = n ? EXACT_ERRS * errors[n / 2] : 0;
    *limit = *limit < SLACK ? SLACK : *limit;
    free(errors);
    return true;
}

bool sb_keep_stamps(sb_alignment *a, const double *turn_time, bool only_unsure)
{
    bool exact = a->transcript.resolution != SB_TIME_NONE && a->transcript.resolution < EXACT;
    sb_time limit = INT64_MAX;
    if (exact && !measure_limit(&limit, a, turn_time))
        return false;
    for (size_t t = 0; t < a->n_turns; t++) {
        sb_aligned_turn *turn = &a->turns[t];
        if (isnan(turn_time[t]) || turn->start == SB_TIME_NONE)
            continue;
        sb_time due = sb_time_from_seconds(turn_time[t]);
        if (!only_unsure || turn->confidence < LEAST_SURE || distance(turn->start, due) > limit)
            keep(a, t, due);
    }
    return true;
}
