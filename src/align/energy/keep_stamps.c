#include "align/energy/keep_stamps.h"

#include <math.h>

#define SLACK      (100 * SB_TIME_MS) /* a turn may begin so far outside its stamp's window */
#define LEAST_SURE 0.5f               /* confidence from which the pauses outweigh a stamp */
#define KEPT       0.2f               /* confidence of a turn that rests on its stamp */

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

static void keep(sb_alignment *a, sb_aligned_turn *turn, sb_time due)
{
    sb_time resolution = a->transcript.resolution == SB_TIME_NONE ? 0 : a->transcript.resolution;
    if (due < 0 || due >= a->audio.duration ||
        (turn->start >= due - SLACK && turn->start <= due + resolution + SLACK))
        return;
    sb_time start = onset_in(a, due - SLACK, due + resolution + SLACK);
    if (start == SB_TIME_NONE)
        start = due + resolution / 2;
    move_words(turn, start, a->audio.duration);
}

void sb_keep_stamps(sb_alignment *a, const double *turn_time, bool only_unsure)
{
    for (size_t t = 0; t < a->n_turns; t++) {
        sb_aligned_turn *turn = &a->turns[t];
        if (isnan(turn_time[t]) || turn->start == SB_TIME_NONE ||
            (only_unsure && turn->confidence >= LEAST_SURE))
            continue;
        keep(a, turn, sb_time_from_seconds(turn_time[t]));
    }
}
