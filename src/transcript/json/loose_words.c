#include <stdlib.h>

#include "base/run/run.h"
#include "transcript/json/json_forms.h"

#define LOOK_AHEAD 16 /* segments, to find one with a time */

/* Returns true if most of the word is before `time`. */
static bool is_before(const sb_json_piece *word, sb_time time)
{
    if (word->start == SB_TIME_NONE)
        return true;
    sb_time length = word->end != SB_TIME_NONE ? word->end - word->start : 0;
    return word->start + length / 2 < time;
}

static bool hand_out(sb_json_pieces *out, const sb_json_pieces *segments, const sb_json_pieces *words)
{
    size_t next = 0;
    for (size_t i = 0; i < segments->n_items; i++) {
        size_t at = out->n_items, first = next;
        sb_time until = SB_TIME_NONE;
        for (size_t k = i + 1; k < segments->n_items && k - i <= LOOK_AHEAD && until == SB_TIME_NONE; k++)
            until = segments->items[k].start;
        while (next < words->n_items && (until == SB_TIME_NONE || is_before(&words->items[next], until)))
            next++;
        if (!sb_json_pieces_add(out, &segments->items[i]))
            return false;
        for (size_t k = first; k < next; k++) {
            if (!sb_json_pieces_add(out, &words->items[k]))
                return false;
        }
        out->items[at].n_inside = (uint32_t)(next - first);
    }
    return true;
}

bool sb_json_hand_out_words(sb_json_finds *finds)
{
    sb_json_pieces merged = {0}, none = {0};
    if (finds->loose.n_items == 0)
        return true;
    for (size_t i = 0; i < finds->items.n_items; i++) {
        if (finds->items.items[i].n_inside > 0)
            return true;
    }
    bool ok = true;
    if (finds->items.n_items == 0) {
        merged = finds->loose;
        finds->loose = none;
    } else {
        ok = hand_out(&merged, &finds->items, &finds->loose);
    }
    free(finds->items.items);
    finds->items = merged;
    return ok;
}
