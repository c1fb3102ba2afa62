#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "remap/lists/lists.h"
#include "remap/remap.h"
#include "soundbite/remap.h"

#define LABEL_BYTES   60
#define LEAST_TOLD_S  0.05 /* smallest movement of an end to report, in seconds */
#define LEAST_LEFT    (100 * SB_TIME_MS)
#define LEAST_CHAPTER SB_TIME_SECOND /* a shorter rest of a chapter is the pause before the next */

/* For each item, finds the next one that starts later; n_items if there is none. Items in between were
 * skipped already, so the total work is linear. Returns NULL if memory runs out. */
static size_t *find_next(const sb_time_list *list)
{
    size_t n = list->n_items, *next = calloc(n + 1, sizeof *next);
    for (size_t i = n; next && i > 0; i--) {
        size_t at = i;
        while (at < n && list->items[at].start <= list->items[i - 1].start)
            at = next[at];
        next[i - 1] = at;
    }
    return next;
}

static void lose(sb_moved_item *moved)
{
    moved->start = moved->end = SB_TIME_NONE;
}

static sb_moved_item move_instant(const sb_timed_item *item, const sb_audio_map *map)
{
    sb_mapped_time start = sb_audio_map_start(map, item->start);
    sb_moved_item moved = {.start = start.time, .end = SB_TIME_NONE, .lost_head = start.lost};
    if (item->end != SB_TIME_NONE)
        moved.end = start.time;
    if (start.lost > 0)
        lose(&moved);
    else
        moved.moved_past = sb_audio_map_chapter(&moved.start, map, item->start);
    if (moved.end != SB_TIME_NONE)
        moved.end = moved.start;
    return moved;
}

static sb_moved_item move_span(const sb_timed_item *item, sb_time item_end, const sb_audio_map *map)
{
    sb_time least = item->runs_on ? LEAST_CHAPTER : LEAST_LEFT;
    sb_mapped_time start = sb_audio_map_start(map, item->start);
    sb_mapped_time end = item->runs_on ? sb_audio_map_start(map, item_end) : sb_audio_map_end(map, item_end);
    sb_moved_item moved = {
        .start = start.time, .end = end.time, .lost_head = start.lost, .lost_tail = end.lost};
    bool is_cut = start.lost > 0 || end.lost > 0;
    if (end.time <= start.time || (is_cut && end.time - start.time < least))
        lose(&moved);
    return moved;
}

/* A chapter begins at its speech, not before an advertisement that was inserted there. */
static sb_moved_item move_chapter(const sb_timed_item *item, sb_time next, const sb_audio_map *map)
{
    sb_moved_item moved = move_span(item, next, map);
    if (moved.start != SB_TIME_NONE)
        moved.moved_past = sb_audio_map_chapter(&moved.start, map, item->start);
    if (moved.moved_past > 0)
        moved.lost_head = 0;
    return moved;
}

static sb_moved_item move_item(const sb_time_list *list, size_t i, size_t next, const sb_audio_map *map)
{
    const sb_timed_item *item = &list->items[i];
    if (item->runs_on) {
        sb_moved_item moved =
            move_chapter(item, next < list->n_items ? list->items[next].start : INT64_MAX, map);
        moved.end = SB_TIME_NONE;
        moved.lost_tail = 0;
        return moved;
    }
    if (item->end == SB_TIME_NONE || item->end == item->start)
        return move_instant(item, map);
    bool is_chapter = list->format && !strcmp(list->format, sb_list_reader_chapters.name);
    sb_moved_item moved = (is_chapter ? move_chapter : move_span)(item, item->end, map);
    if (moved.start != SB_TIME_NONE)
        sb_audio_map_changes(&moved.removed, &moved.inserted, map, item->start, item->end);
    return moved;
}

sb_status sb_time_list_move(sb_moved_item **out, const sb_time_list *list, const sb_audio_map *map,
                            sb_error *err)
{
    size_t *next = find_next(list);
    *out = calloc(list->n_items + 1, sizeof **out);
    if (!*out || !next) {
        free(next);
        free(*out);
        *out = NULL;
        return sb_error_memory(err, "moving the list");
    }
    for (size_t i = 0; i < list->n_items; i++)
        (*out)[i] = move_item(list, i, next[i], map);
    free(next);
    return SB_OK;
}

static bool is_told(sb_time t)
{
    return sb_time_to_seconds(t) >= LEAST_TOLD_S;
}

static void add_item_name(sb_bytes *out, const sb_timed_item *item)
{
    char start[SB_TIME_TEXT], end[SB_TIME_TEXT];
    if (item->label) {
        int n = (int)sb_utf8_cut(item->label, strnlen(item->label, LABEL_BYTES));
        sb_bytes_print(out, "\"%.*s%s\" at ", n, item->label, item->label[n] ? "..." : "");
    }
    sb_bytes_text(out, sb_time_print(start, item->start, 3));
    if (item->end != SB_TIME_NONE && item->end != item->start)
        sb_bytes_print(out, " to %s", sb_time_print(end, item->end, 3));
}

static void add_seconds(sb_bytes *out, const char *before, sb_time t, const char *after)
{
    char seconds[SB_TIME_TEXT];
    sb_bytes_print(out, "%s%s s %s", before, sb_time_print_seconds(seconds, t, 1), after);
}

static void add_changes(sb_bytes *out, const sb_moved_item *m)
{
    if (m->moved_past > 0)
        add_seconds(out, " is in a pause in which ", m->moved_past,
                    "were inserted; it now starts after them, where its speech begins");
    if (is_told(m->lost_head))
        add_seconds(out, "; its first ", m->lost_head, "were removed");
    if (is_told(m->lost_tail))
        add_seconds(out, "; its last ", m->lost_tail, "were removed");
    if (m->removed > 0)
        add_seconds(out, "; ", m->removed, "were removed inside it");
    if (m->inserted > 0)
        add_seconds(out, "; ", m->inserted, "were inserted inside it");
}

static bool is_beyond(const sb_timed_item *item, const sb_audio_map *map)
{
    return sb_audio_map_start(map, item->start).time == sb_audio_map_start(map, INT64_MAX).time &&
           sb_audio_map_end(map, item->start).time == sb_audio_map_end(map, INT64_MAX).time;
}

void sb_time_list_report(sb_notes *notes, const sb_time_list *list, const sb_moved_item *moved,
                         const sb_audio_map *map)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_timed_item *item = &list->items[i];
        sb_bytes text = {0};
        add_item_name(&text, item);
        size_t name_size = text.size;
        if (moved[i].start != SB_TIME_NONE)
            add_changes(&text, &moved[i]);
        else if (is_beyond(item, map))
            sb_bytes_text(&text, " is after the end of the audio and is left out; check that the list "
                                 "belongs to the first audio");
        else
            sb_bytes_text(&text, " is in a passage that the second audio does not have, and is left out");
        if (text.size > name_size || text.failed)
            sb_notes_add(notes, list->path, item->line, 0, "%s", text.data ? text.data : "");
        sb_bytes_finish(&text);
    }
}
