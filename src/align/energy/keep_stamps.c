#include "align/energy/energy.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

/* A turn may start this far outside the window of its stamp. */
#define SLACK      (100 * SB_TIME_MS)
#define LEAST_SURE 0.5f               /* from this confidence on, pauses outweigh a stamp */
#define KEPT       0.2f               /* confidence of a turn placed by its stamp */
#define EXACT      (100 * SB_TIME_MS) /* finer stamps are better evidence than an onset */
#define EXACT_ERRS 4 /* times the usual error of such stamps; a turn beyond that was placed at a noise */

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

/* Moves the words to `start` in proportion, and shortens them if they would exceed `limit`. */
static void scale_words(sb_aligned_turn *turn, sb_time start, sb_time limit)
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
    }
    turn->start = start;
    turn->end = start + (sb_time)((double)length * scale);
}

static void move_words(sb_aligned_turn *turn, sb_time start, sb_time limit)
{
    scale_words(turn, start, limit);
    for (size_t w = 0; w < turn->n_words; w++) {
        if (turn->words[w].start == SB_TIME_NONE)
            continue;
        turn->words[w].status = SB_WORD_ESTIMATED;
        turn->words[w].confidence = fminf(turn->words[w].confidence, KEPT);
    }
    turn->confidence = KEPT;
    turn->status = turn->status == SB_TURN_ALIGNED ? SB_TURN_PARTLY : turn->status;
}

/* The previous turn, if its stamp is no later; otherwise NULL. A turn is not moved before it. */
static const sb_aligned_turn *turn_before(const sb_alignment *a, size_t t)
{
    for (size_t before = t; before-- > 0;)
        if (a->turns[before].start != SB_TIME_NONE && a->turns[before].stamp != SB_TIME_NONE)
            return a->turns[before].stamp <= a->turns[t].stamp ? &a->turns[before] : NULL;
    return NULL;
}

/* The middle of the part of a stamp's window that is in the audio. */
static sb_time middle_of_window(const sb_alignment *a, sb_time due, sb_time resolution)
{
    sb_time room = a->audio.duration - due;
    return due + (resolution < room ? resolution : room) / 2;
}

static bool keep_stamp(sb_alignment *a, size_t t, sb_time due)
{
    sb_aligned_turn *turn = &a->turns[t];
    sb_time resolution = a->transcript.resolution == SB_TIME_NONE ? 0 : a->transcript.resolution;
    if (due < 0 || due >= a->audio.duration ||
        (turn->start >= due - SLACK && turn->start <= due + resolution + SLACK))
        return false;
    const sb_aligned_turn *before = turn_before(a, t);
    sb_time from = due - SLACK, until = due + resolution + SLACK, start = SB_TIME_NONE;
    if (before && before->end > from && before->end <= until)
        start = onset_in(a, before->end, until);
    if (start == SB_TIME_NONE)
        start = onset_in(a, before && before->start >= from ? before->start + 1 : from, until);
    if (start == SB_TIME_NONE)
        start = middle_of_window(a, due, resolution);
    if (before && start < before->start && before->start <= until)
        start = before->start;
    move_words(turn, start, a->audio.duration);
    return true;
}

/* A turn that was moved ends before the next one starts. The turn before a moved one ends before it,
 * because its last words were placed in its sound. */
static void part_moved(sb_alignment *a, const bool *moved)
{
    sb_time next = a->audio.duration;
    bool next_moved = false;
    for (size_t t = a->n_turns; t-- > 0;) {
        sb_aligned_turn *turn = &a->turns[t];
        if (turn->start == SB_TIME_NONE)
            continue;
        if ((moved[t] || next_moved) && turn->start < next && turn->end > next)
            scale_words(turn, turn->start, next);
        next = turn->start;
        next_moved = moved[t];
    }
}

static sb_time time_apart(sb_time a, sb_time b)
{
    return a < b ? b - a : a - b;
}

/* The maximum distance of a turn from an exact stamp, whatever its confidence. It depends on the usual
 * distance, because some stamps jitter. */
static bool measure_limit(sb_time *limit, const sb_alignment *a, const double *turn_time)
{
    size_t n = 0;
    sb_time *errors = calloc(a->n_turns + 1, sizeof *errors);
    if (!errors)
        return false;
    for (size_t t = 0; t < a->n_turns; t++)
        if (!isnan(turn_time[t]) && a->turns[t].start != SB_TIME_NONE)
            errors[n++] = time_apart(a->turns[t].start, sb_time_from_seconds(turn_time[t]));
    *limit = EXACT_ERRS * sb_median_of_times(errors, n);
    *limit = *limit < SLACK ? SLACK : *limit;
    free(errors);
    return true;
}

bool sb_keep_stamps(sb_alignment *a, const double *turn_time, bool only_unsure)
{
    bool exact = a->transcript.resolution != SB_TIME_NONE && a->transcript.resolution < EXACT;
    bool *moved = calloc(a->n_turns + 1, sizeof *moved);
    sb_time limit = INT64_MAX;
    bool good = moved && (!exact || measure_limit(&limit, a, turn_time));
    for (size_t t = 0; good && t < a->n_turns; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        if (isnan(turn_time[t]) || turn->start == SB_TIME_NONE)
            continue;
        sb_time due = sb_time_from_seconds(turn_time[t]);
        if (!only_unsure || turn->confidence < LEAST_SURE || time_apart(turn->start, due) > limit)
            moved[t] = keep_stamp(a, t, due);
    }
    if (good)
        part_moved(a, moved);
    free(moved);
    return good;
}
