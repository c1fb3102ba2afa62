#include <stdlib.h>

#include "base/run/run.h"
#include "transcript/json/json_forms.h"

typedef struct placed_turn {
    sb_time at; /* its timestamp, or that of the turn before */
    size_t index;
} placed_turn;

static int compare_places(const void *a, const void *b)
{
    const placed_turn *left = a, *right = b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

sb_status sb_json_merge_tracks(sb_transcript *t)
{
    placed_turn *places = calloc(t->n_turns + 1, sizeof *places);
    sb_turn *old = calloc(t->n_turns + 1, sizeof *old);
    size_t *new_index = calloc(t->n_turns + 1, sizeof *new_index);
    bool ok = places && old && new_index;
    sb_time latest = 0;
    for (size_t i = 0; ok && i < t->n_turns; i++) {
        latest = t->turns[i].stamp != SB_TIME_NONE ? t->turns[i].stamp : latest;
        places[i] = (placed_turn){latest, i};
        old[i] = t->turns[i];
    }
    if (ok && t->n_turns > 1)
        qsort(places, t->n_turns, sizeof *places, compare_places);
    for (size_t i = 0; ok && i < t->n_turns; i++) {
        t->turns[i] = old[places[i].index];
        new_index[places[i].index] = i;
    }
    for (size_t i = 0; ok && t->n_turns > 0 && i < t->n_inner_times; i++)
        t->inner_times[i].turn = new_index[t->inner_times[i].turn];
    free(places);
    free(old);
    free(new_index);
    return ok ? SB_OK : SB_ERR_MEMORY;
}
