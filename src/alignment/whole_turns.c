#include <stdlib.h>

#include "alignment/alignment.h"
#include "base/run/run.h"

static void join_rows(sb_whole_turns *out, const sb_aligned_turn *rows, size_t n_rows,
                      sb_aligned_word **words, sb_event **events)
{
    sb_aligned_turn *turn = &out->alignment.turns[out->alignment.n_turns++];
    sb_span span = sb_aligned_rows_span(rows, n_rows);
    *turn = rows[0];
    turn->start = span.start;
    turn->end = span.end;
    turn->status = sb_aligned_rows_status(rows, n_rows);
    turn->goes_on = false;
    turn->words = *words;
    turn->events = *events;
    turn->n_words = turn->n_events = 0;
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t j = 0; j < rows[i].n_events; j++) {
            sb_event *event = &turn->events[turn->n_events++];
            *event = rows[i].events[j];
            event->before_word += turn->n_words;
        }
        for (size_t j = 0; j < rows[i].n_words; j++)
            turn->words[turn->n_words++] = rows[i].words[j];
    }
    *words += turn->n_words;
    *events += turn->n_events;
}

sb_status sb_whole_turns_make(sb_whole_turns *out, const sb_alignment *alignment, sb_error *err)
{
    size_t n_words = 0, n_events = 0;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        n_words += alignment->turns[i].n_words;
        n_events += alignment->turns[i].n_events;
    }
    *out = (sb_whole_turns){.alignment = *alignment};
    out->alignment.n_turns = 0;
    out->alignment.turns = out->turns = calloc(alignment->n_turns + 1, sizeof *out->turns);
    out->words = calloc(n_words + 1, sizeof *out->words);
    out->events = calloc(n_events + 1, sizeof *out->events);
    if (!out->turns || !out->words || !out->events)
        return sb_error_memory(err, "joining turns");
    sb_aligned_word *words = out->words;
    sb_event *events = out->events;
    for (size_t i = 0, end; i < alignment->n_turns; i = end) {
        end = sb_aligned_turn_end(alignment, i);
        join_rows(out, &alignment->turns[i], end - i, &words, &events);
    }
    return SB_OK;
}

void sb_whole_turns_finish(sb_whole_turns *turns)
{
    free(turns->turns);
    free(turns->words);
    free(turns->events);
    *turns = (sb_whole_turns){0};
}
