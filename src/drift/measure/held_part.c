#include "alignment/alignment.h"
#include "drift/measure/measure.h"

#define STAMP_SLACK SB_TIME_SECOND
/* Sound after the last word, up to which untimed turns may be cut off. */
#define END_ROOM (5 * SB_TIME_SECOND)

bool sb_drift_is_after_audio(const sb_alignment *a, sb_time stamp)
{
    return stamp != SB_TIME_NONE && sb_time_map_apply(a, stamp) > a->audio.duration + STAMP_SLACK;
}

static bool is_placed(const sb_aligned_turn *turn)
{
    for (size_t w = 0; w < turn->n_words; w++)
        if (turn->words[w].status != SB_WORD_NOT_HEARD)
            return true;
    return turn->start != SB_TIME_NONE;
}

static bool may_be_cut_off(const sb_alignment *a, size_t t, sb_time last_end)
{
    sb_time stamp = a->turns[t].stamp;
    if (stamp == SB_TIME_NONE)
        return last_end != SB_TIME_NONE && a->audio.duration - last_end < END_ROOM;
    return sb_time_map_apply(a, stamp) > a->audio.duration - STAMP_SLACK;
}

size_t sb_drift_n_held(const sb_alignment *a)
{
    size_t n_placed = a->n_turns;
    if (!a->audio.damaged)
        return a->n_turns;
    while (n_placed > 0 && !is_placed(&a->turns[n_placed - 1]))
        n_placed--;
    sb_time last_end = n_placed ? a->turns[n_placed - 1].end : SB_TIME_NONE;
    size_t n = a->n_turns;
    while (n > n_placed && may_be_cut_off(a, n - 1, last_end))
        n--;
    return n;
}

/* The words of the turn in which the audio ends: up to the last that was placed. */
static size_t words_before_cut(const sb_aligned_turn *turn)
{
    size_t n = turn->n_words;
    while (n > 0 && turn->words[n - 1].status == SB_WORD_NOT_HEARD)
        n--;
    return n;
}

sb_drift_words sb_drift_count_held(const sb_alignment *a)
{
    sb_drift_words words = {0};
    size_t n_turns = sb_drift_n_held(a);
    for (size_t t = 0; t < n_turns; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        bool is_cut = n_turns < a->n_turns && t + 1 == n_turns;
        size_t n = is_cut ? words_before_cut(turn) : turn->n_words;
        words.n += n;
        for (size_t w = 0; w < n; w++) {
            words.n_aligned += turn->words[w].status == SB_WORD_ALIGNED;
            words.n_unheard += turn->words[w].status == SB_WORD_NOT_HEARD;
        }
    }
    return words;
}
