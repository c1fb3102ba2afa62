#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "export/writers/writers.h"

/* Returns how many rows have the words of a turn; 0 if none do. */
static size_t rows_of_turn(const sb_turn *turn, const sb_aligned_turn *rows, size_t n_rows)
{
    if (n_rows == 0 || rows[0].n_words == 0)
        return n_rows > 0 && turn->n_words == 0;
    size_t n = 1, n_words = rows[0].n_words;
    while (n < n_rows && n_words < turn->n_words && rows[n].n_words > 0)
        n_words += rows[n++].n_words;
    return n_words == turn->n_words ? n : 0;
}

size_t *sb_source_rows_find(const sb_transcript *transcript, const sb_alignment *alignment, bool *ok)
{
    size_t *firsts = calloc(transcript->n_turns + 1, sizeof *firsts), row = 0;
    bool is_same = transcript->n_turns == alignment->n_turns;
    *ok = firsts != NULL;
    for (size_t i = 0; *ok && i < transcript->n_turns && row < alignment->n_turns; i++) {
        size_t n =
            is_same ? 1
                    : rows_of_turn(&transcript->turns[i], alignment->turns + row, alignment->n_turns - row);
        if (n == 0)
            break;
        row += n;
        firsts[i + 1] = row;
    }
    if (*ok && firsts[transcript->n_turns] == alignment->n_turns && row == alignment->n_turns)
        return firsts;
    free(firsts);
    return NULL;
}

/* Moves words first ... end - 1 of a turn, and the events before them, to a turn of their own. */
static bool move_words(sb_turn *to, sb_turn *from, size_t first, size_t end)
{
    size_t n_kept = 0;
    *to = (sb_turn){.stamp = SB_TIME_NONE, .stop = SB_TIME_NONE, .line = from->line};
    to->words = malloc((end - first) * sizeof *to->words);
    to->events = from->n_events ? malloc(from->n_events * sizeof *to->events) : NULL;
    if (!to->words || (from->n_events && !to->events))
        return false;
    to->n_words = end - first;
    memcpy(to->words, from->words + first, to->n_words * sizeof *to->words);
    for (size_t i = 0; i < from->n_events; i++) {
        sb_event event = from->events[i];
        if (event.before_word < first) {
            from->events[n_kept++] = event;
        } else {
            event.before_word -= first;
            to->events[to->n_events++] = event;
        }
    }
    from->n_events = n_kept;
    from->n_words = first;
    return true;
}

/* Splits a turn into `n` parts, as long as the rows. It keeps its start; the last part has its end. */
static bool split_turn(sb_turn *parts, size_t n, const sb_aligned_turn *rows)
{
    size_t end = parts[0].n_words;
    for (size_t i = n - 1; i > 0; i--) {
        size_t first = end - rows[i].n_words;
        if (!move_words(&parts[i], &parts[0], first, end))
            return false;
        end = first;
    }
    parts[n - 1].stop_range = parts[0].stop_range;
    parts[0].stop_range.length = 0;
    parts[0].stop = SB_TIME_NONE;
    return true;
}

bool sb_source_rows_split(sb_transcript *transcript, const sb_alignment *alignment, const size_t *firsts)
{
    bool ok = true;
    sb_turn *turns = calloc(alignment->n_turns + 1, sizeof *turns);
    if (!turns)
        return false;
    for (size_t i = 0; i < transcript->n_turns; i++) {
        turns[firsts[i]] = transcript->turns[i];
        if (firsts[i + 1] - firsts[i] > 1)
            ok = split_turn(&turns[firsts[i]], firsts[i + 1] - firsts[i], &alignment->turns[firsts[i]]) && ok;
    }
    for (size_t i = 0; i < transcript->n_inner_times; i++)
        transcript->inner_times[i].turn = firsts[transcript->inner_times[i].turn];
    free(transcript->turns);
    transcript->turns = turns;
    transcript->n_turns = alignment->n_turns;
    return ok;
}

sb_status sb_source_rows_join(sb_whole_turns *out, const sb_alignment *alignment, const size_t *firsts,
                              size_t n, sb_error *err)
{
    sb_alignment view = *alignment;
    view.turns = malloc((alignment->n_turns + 1) * sizeof *view.turns);
    if (!view.turns)
        return sb_error_memory(err, "exporting");
    for (size_t i = 0; i < n; i++)
        for (size_t k = firsts[i]; k < firsts[i + 1]; k++) {
            view.turns[k] = alignment->turns[k];
            view.turns[k].goes_on = k > firsts[i];
        }
    sb_status status = sb_whole_turns_make(out, &view, err);
    free(view.turns);
    return status;
}
