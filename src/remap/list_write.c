#include <stdlib.h>
#include <string.h>

#include "remap/remap.h"
#include "transcript/transcript.h"

#define NUMBER_DECIMALS 3
#define CLOSE_ENOUGH    (5 * SB_TIME_MS) /* to a number with fewer decimals */

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

static void push_item(sb_time_edits *edits, const sb_time_list *list, const sb_moved_item *moved, size_t i,
                      size_t n_kept)
{
    const sb_timed_item *item = &list->items[i];
    const sb_moved_item *m = &moved[i];
    if (!is_kept(m)) {
        sb_time_edits_add(edits, removed_range(list, i, n_kept), SB_TIME_NONE);
        return;
    }
    if (m->start != item->start)
        sb_time_edits_add(edits, item->start_range, m->start);
    sb_time end = item->end_is_length ? m->end - m->start : m->end;
    sb_time old = item->end_is_length ? item->end - item->start : item->end;
    if (item->end != SB_TIME_NONE && end != old)
        sb_time_edits_add(edits, item->end_range, end);
}

/* Times inside a caption stay inside it. */
static void push_inner(sb_time_edits *edits, const sb_moved_item *moved, const sb_audio_map *map,
                       const sb_inner_time *inner)
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
        sb_time_edits_add(edits, inner->range, time);
}

static size_t count_decimals(const char *old, size_t length)
{
    size_t at = 0, n = 0;
    while (at < length && old[at] != '.' && old[at] != ',')
        at++;
    while (at + 1 + n < length && old[at + 1 + n] >= '0' && old[at + 1 + n] <= '9')
        n++;
    return n;
}

/* Rounds `time` to `decimals` decimals of `unit`; halves are rounded up. */
static sb_time rounded(sb_time time, sb_time unit, size_t decimals)
{
    int64_t power = 1;
    for (size_t i = 0; i < decimals && i < 9; i++)
        power *= 10;
    __int128 steps = ((__int128)time * power * 2 + unit) / (2 * (__int128)unit);
    return (sb_time)((steps * unit + power / 2) / power);
}

/* Keeps the number of decimals, or uses up to three if the time needs them. */
static size_t decimals_needed(sb_time time, sb_time unit, size_t decimals)
{
    while (unit == SB_TIME_SECOND && decimals < NUMBER_DECIMALS &&
           llabs(rounded(time, unit, decimals) - time) > CLOSE_ENOUGH)
        decimals++;
    return decimals;
}

static void write_number(sb_bytes *out, const char *old, size_t length, sb_time time, sb_time unit)
{
    char text[SB_TIME_TEXT];
    bool has_exponent = memchr(old, 'e', length) || memchr(old, 'E', length);
    size_t decimals =
        decimals_needed(time, unit, has_exponent ? NUMBER_DECIMALS : count_decimals(old, length));
    sb_time seconds = unit == SB_TIME_SECOND ? time : (sb_time)((__int128)time * SB_TIME_SECOND / unit);
    sb_time_print_seconds(text, seconds, (int)(decimals < 9 ? decimals : 9));
    char *point = strchr(text, '.');
    if (point && memchr(old, ',', length))
        *point = ',';
    sb_bytes_text(out, text);
}

static void write_clock(sb_bytes *out, const char *old, size_t length, sb_time time,
                        const sb_stamp_style *style)
{
    size_t decimals = count_decimals(old, length);
    sb_time step = rounded(time, SB_TIME_SECOND, decimals);
    /* Half a flick avoids losing the last decimal when the time is cut. */
    sb_stamp_respell(out, old, length, decimals > 5 ? step + 1 : step, style, SB_TIME_SECOND);
}

static sb_stamp_style measure_style(const sb_time_list *list)
{
    sb_stamp_style style = SB_STAMP_STYLE_NONE;
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_timed_item *item = &list->items[i];
        sb_stamp_style_add(&style, list->source + item->start_range.at, item->start_range.length);
        sb_stamp_style_add(&style, list->source + item->end_range.at, item->end_range.length);
    }
    return style;
}

typedef struct spelling {
    const sb_time_list *list;
    sb_stamp_style style;
} spelling;

static void write_time(sb_bytes *out, sb_range range, sb_time time, const void *user)
{
    const spelling *s = user;
    const sb_time_list *list = s->list;
    const char *old = list->source + range.at;
    size_t after = end_of(range);
    bool is_ms = list->source_size - after >= 2 && memcmp(list->source + after, "ms", 2) == 0;
    if (memchr(old, ':', range.length))
        write_clock(out, old, range.length, time, &s->style);
    else
        write_number(out, old, range.length, time, is_ms ? SB_TIME_MS : SB_TIME_SECOND);
}

sb_status sb_time_list_write(sb_bytes *out, const sb_time_list *list, const sb_moved_item *moved,
                             const sb_audio_map *map, sb_error *err)
{
    spelling s = {list, measure_style(list)};
    sb_time_edits edits = {0};
    size_t n_kept = list->n_items;
    while (n_kept > 0 && !is_kept(&moved[n_kept - 1]))
        n_kept--;
    for (size_t i = 0; i < list->n_items; i++)
        push_item(&edits, list, moved, i, n_kept);
    for (size_t i = 0; i < list->n_inner_times; i++)
        push_inner(&edits, moved, map, &list->inner_times[i]);
    if (sb_time_edits_apply(out, &edits, list->source, list->source_size, list->encoding, write_time, &s))
        return SB_OK;
    return sb_error_set(err, SB_ERR_MEMORY, "out of memory while writing the list");
}
