#include <string.h>

#include "base/run/run.h"
#include "remap/lists/lists.h"
#include "transcript/transcript.h"

static size_t end_of(sb_range range)
{
    return range.at + range.length;
}

static bool is_kept(const sb_moved_item *moved)
{
    return moved->start != SB_TIME_NONE;
}

/* Each removed item takes one separator with it: the one after it, or after the last kept item the one before
 * it. `n_kept` is the number of items up to the last kept one. */
static sb_range removed_range(const sb_time_list *list, size_t i, size_t n_kept)
{
    sb_range whole = list->items[i].whole;
    if (!sb_list_reader_named(list->format)->is_separated)
        return whole;
    if (n_kept > 0 && i >= n_kept) {
        size_t begin = end_of(list->items[i - 1].whole);
        return (sb_range){begin, end_of(whole) - begin};
    }
    return i + 1 < list->n_items ? (sb_range){whole.at, list->items[i + 1].whole.at - whole.at} : whole;
}

static sb_time unit_of(const sb_time_list *list, sb_range range)
{
    size_t after = end_of(range);
    bool is_ms = list->source_size - after >= 2 && memcmp(list->source + after, "ms", 2) == 0;
    return is_ms ? SB_TIME_MS : SB_TIME_SECOND;
}

static void push_time(sb_time_edits *edits, const sb_time_list *list, sb_range range, sb_time time)
{
    sb_time_edits_add(edits, range, time, unit_of(list, range));
}

static void push_item(sb_time_edits *edits, const sb_time_list *list, const sb_moved_item *moved, size_t i,
                      size_t n_kept)
{
    const sb_timed_item *item = &list->items[i];
    const sb_moved_item *m = &moved[i];
    sb_time_edits_measure(edits, item->start_range);
    sb_time_edits_measure(edits, item->end_range);
    if (!is_kept(m)) {
        push_time(edits, list, removed_range(list, i, n_kept), SB_TIME_NONE);
        return;
    }
    if (m->start != item->start)
        push_time(edits, list, item->start_range, m->start);
    sb_time end = item->end_is_length ? m->end - m->start : m->end;
    sb_time old = item->end_is_length ? item->end - item->start : item->end;
    if (item->end != SB_TIME_NONE && end != old)
        push_time(edits, list, item->end_range, end);
}

/* Times inside a caption stay inside it. */
static void push_inner(sb_time_edits *edits, const sb_time_list *list, const sb_moved_item *moved,
                       const sb_audio_map *map, const sb_inner_time *inner)
{
    const sb_moved_item *m = &moved[inner->turn];
    sb_time time = sb_audio_map_start(map, inner->time).time;
    if (!is_kept(m))
        return;
    if (m->end != SB_TIME_NONE && time > m->end)
        time = m->end;
    if (time < m->start)
        time = m->start;
    if (time != inner->time)
        push_time(edits, list, inner->range, time);
}

sb_status sb_time_list_write(sb_bytes *out, const sb_time_list *list, const sb_moved_item *moved,
                             const sb_audio_map *map, sb_error *err)
{
    sb_time_edits edits = {
        .source = list->source, .size = list->source_size, .style = SB_STAMP_STYLE_NONE, .rounds = true};
    size_t n_kept = list->n_items;
    while (n_kept > 0 && !is_kept(&moved[n_kept - 1]))
        n_kept--;
    for (size_t i = 0; i < list->n_items; i++)
        push_item(&edits, list, moved, i, n_kept);
    for (size_t i = 0; i < list->n_inner_times; i++)
        push_inner(&edits, list, moved, map, &list->inner_times[i]);
    if (sb_time_edits_apply(out, &edits, list->encoding))
        return SB_OK;
    return sb_error_memory(err, "writing the list");
}
