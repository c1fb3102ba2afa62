#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/memory.h"
#include "export/captions.h"
#include "transcript/tokens.h"

#define SYLLABLE (200 * SB_TIME_MS) /* spoken at an ordinary pace */

static size_t count_characters(const char *text)
{
    size_t n = 0, size = strlen(text);
    for (size_t at = 0; at < size; n++)
        sb_utf8_next(text, size, &at);
    return n;
}

static bool add_item(sb_caption_items *items, const char *text, sb_time start, sb_time end, bool is_event)
{
    if (!sb_grow(&items->items, items->n_items, &items->capacity, sizeof *items->items))
        return false;
    items->items[items->n_items++] = (sb_caption_item){text, count_characters(text), start, end, is_event};
    return true;
}

static bool add_events(sb_caption_items *items, const sb_aligned_turn *turn, size_t *next, size_t before_word)
{
    bool ok = true;
    for (; ok && *next < turn->n_events && turn->events[*next].before_word <= before_word; ++*next)
        ok = add_item(items, turn->events[*next].text, SB_TIME_NONE, SB_TIME_NONE, true);
    return ok;
}

static bool add_all(sb_caption_items *items, const sb_aligned_turn *turn)
{
    size_t next_event = 0;
    for (size_t w = 0; w < turn->n_words; w++) {
        const sb_aligned_word *word = &turn->words[w];
        bool timed = word->start != SB_TIME_NONE && word->end != SB_TIME_NONE;
        if (!add_events(items, turn, &next_event, w) ||
            !add_item(items, word->text, timed ? word->start : SB_TIME_NONE, timed ? word->end : SB_TIME_NONE,
                      false))
            return false;
    }
    return add_events(items, turn, &next_event, SIZE_MAX);
}

static int64_t spoken_length(const sb_caption_item *item)
{
    int syllables = item->is_event ? 0 : sb_word_syllables(item->text);
    return syllables > 0 ? syllables : 0;
}

/* Spreads items first ... end - 1, none of which has a time, over the time between. */
static void spread(sb_caption_item *items, size_t first, size_t end, sb_time from, sb_time until)
{
    int64_t total = 0, done = 0;
    for (size_t i = first; i < end; i++)
        total += spoken_length(&items[i]);
    if (until == SB_TIME_NONE)
        until = from + total * SYLLABLE;
    if (until < from)
        until = from;
    for (size_t i = first; i < end; i++) {
        double share = total ? (double)(until - from) / (double)total : 0;
        items[i].start = from + (sb_time)(share * (double)done);
        done += spoken_length(&items[i]);
        items[i].end = from + (sb_time)(share * (double)done);
    }
}

static void fill_times(sb_caption_items *items, const sb_aligned_turn *turn)
{
    sb_caption_item *all = items->items;
    sb_time from = turn->start;
    for (size_t i = 0, end; i < items->n_items; i = end) {
        end = i + 1;
        if (all[i].start == SB_TIME_NONE) {
            while (end < items->n_items && all[end].start == SB_TIME_NONE)
                end++;
            spread(all, i, end, from, end < items->n_items ? all[end].start : turn->end);
        }
        from = all[end - 1].end;
    }
}

sb_status sb_caption_items_make(sb_caption_items *out, const sb_aligned_turn *turn, sb_error *err)
{
    out->n_items = 0;
    if (!add_all(out, turn))
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    fill_times(out, turn);
    return SB_OK;
}

void sb_caption_items_finish(sb_caption_items *items)
{
    free(items->items);
    *items = (sb_caption_items){0};
}
