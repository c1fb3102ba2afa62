#include "transcript/json/json_forms.h"

/* Spreads words [from, until) evenly over the time between their neighbours. */
static void spread_words(sb_word *words, size_t from, size_t until, sb_time start, sb_time end)
{
    sb_time each = (end - start) / (sb_time)(until - from);
    for (size_t i = from; i < until; i++) {
        words[i].start = start + each * (sb_time)(i - from);
        words[i].end = i + 1 < until ? words[i].start + each : end;
    }
}

void sb_json_fill_times(sb_turn *turn)
{
    bool any = false;
    for (size_t i = 0; i < turn->n_words && !any; i++)
        any = turn->words[i].start != SB_TIME_NONE;
    for (size_t from = 0; any && from < turn->n_words; from++) {
        size_t until = from;
        while (until < turn->n_words && turn->words[until].start == SB_TIME_NONE &&
               turn->words[until].end == SB_TIME_NONE)
            until++;
        sb_time start = from > 0 ? turn->words[from - 1].end : turn->stamp;
        sb_time end = until < turn->n_words ? turn->words[until].start : turn->stop;
        if (until > from && start != SB_TIME_NONE && end != SB_TIME_NONE && start <= end)
            spread_words(turn->words, from, until, start, end);
        from = until;
    }
}
