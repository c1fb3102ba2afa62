#include <stdlib.h>

#include "base/memory.h"
#include "soundbite/file.h"
#include "soundbite/transcript.h"
#include "transcript/encoding.h"
#include "transcript/stamp.h"

typedef struct edit {
    sb_range range;
    sb_time time;
} edit;

typedef struct edit_list {
    edit *items;
    size_t n_items, capacity;
    bool failed;
} edit_list;

static void push_edit(edit_list *list, sb_range range, sb_time old, sb_time time)
{
    if (range.length == 0 || time == SB_TIME_NONE || time == old)
        return;
    if (!sb_grow(&list->items, list->n_items, &list->capacity, sizeof *list->items)) {
        list->failed = true;
        return;
    }
    list->items[list->n_items++] = (edit){range, time};
}

/* Times inside a turn move as far as its stamp does, but not out of the turn. */
static void push_inner(edit_list *list, const sb_transcript *t, const sb_inner_time *inner,
                       const sb_time *stamps, const sb_time *stops)
{
    const sb_turn *turn = &t->turns[inner->turn];
    sb_time stamp = stamps[inner->turn], stop = stops ? stops[inner->turn] : SB_TIME_NONE;
    if (stamp == SB_TIME_NONE || turn->stamp == SB_TIME_NONE)
        return;
    sb_time moved = inner->time + (stamp - turn->stamp);
    bool is_inside = turn->stop != SB_TIME_NONE && inner->time <= turn->stop;
    if (is_inside && stop != SB_TIME_NONE && moved > stop)
        moved = stop;
    if (inner->time >= turn->stamp && moved < stamp)
        moved = stamp;
    push_edit(list, inner->range, inner->time, moved);
}

static void collect(edit_list *list, const sb_transcript *t, const sb_time *stamps, const sb_time *stops)
{
    for (size_t i = 0; i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        push_edit(list, turn->stamp_range, turn->stamp, stamps ? stamps[i] : SB_TIME_NONE);
        push_edit(list, turn->stop_range, turn->stop, stops ? stops[i] : SB_TIME_NONE);
    }
    for (size_t i = 0; stamps && t->n_turns > 0 && i < t->n_inner_times; i++)
        push_inner(list, t, &t->inner_times[i], stamps, stops);
}

static sb_stamp_style measure_style(const sb_transcript *t)
{
    sb_stamp_style style = SB_STAMP_STYLE_NONE;
    for (size_t i = 0; i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        sb_stamp_style_add(&style, t->source + turn->stamp_range.at, turn->stamp_range.length);
        sb_stamp_style_add(&style, t->source + turn->stop_range.at, turn->stop_range.length);
    }
    return style;
}

static int compare_edits(const void *a, const void *b)
{
    size_t at_a = ((const edit *)a)->range.at, at_b = ((const edit *)b)->range.at;
    return (at_a > at_b) - (at_a < at_b);
}

static void apply(sb_bytes *out, const sb_transcript *t, const edit_list *list)
{
    sb_stamp_style style = measure_style(t);
    size_t at = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const edit *e = &list->items[i];
        sb_bytes_append(out, t->source + at, e->range.at - at);
        sb_stamp_respell(out, t->source + e->range.at, e->range.length, e->time, &style, t->number_unit);
        at = e->range.at + e->range.length;
    }
    sb_bytes_append(out, t->source + at, t->source_size - at);
}

sb_status sb_transcript_restamp(struct sb_bytes *out, const sb_transcript *transcript, const sb_time *stamps,
                                const sb_time *stops, sb_error *err)
{
    edit_list list = {0};
    sb_bytes text = {0};
    *out = (sb_bytes){0};
    collect(&list, transcript, stamps, stops);
    if (list.n_items > 1)
        qsort(list.items, list.n_items, sizeof *list.items, compare_edits);
    if (!list.failed)
        apply(&text, transcript, &list);
    if (!list.failed && !text.failed)
        sb_encoding_encode(out, text.data, text.size, transcript->encoding);
    bool failed = list.failed || text.failed || out->failed;
    sb_bytes_finish(&text);
    free(list.items);
    if (!failed)
        return SB_OK;
    sb_bytes_finish(out);
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory to write the transcript; free some and try again");
}
