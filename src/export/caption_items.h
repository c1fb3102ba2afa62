/* What captions are made of: words, events and names, each with a time, none wider than a line. */
#ifndef SB_EXPORT_CAPTION_ITEMS_H
#define SB_EXPORT_CAPTION_ITEMS_H

#include "export/captions.h"

/* The words first ... last of a turn (`last` may lie beyond its end) with the events between them, and with `events_around` those
 * before and behind, appended to `out`. What has no time is placed between its neighbours by syllables, unless `heard_only` leaves
 * it out. Nothing is split, no line is set. SB_ERR_MEMORY. */
typedef struct sb_caption_words {
    const sb_alignment *alignment;
    size_t turn, first, last;
    bool events_around, heard_only;
} sb_caption_words;
sb_status sb_caption_items_add(sb_caption_items *out, const sb_caption_words *words, sb_error *err);

/* Appends an item as it is. SB_ERR_MEMORY. */
sb_status sb_caption_items_push(sb_caption_items *out, const sb_caption_item *item, sb_error *err);

/* Appends the parts of an item that breaks where lines of `max_width` columns may: itself where it fits, but each character of a script
 * without blanks. Its time is shared out by width. SB_ERR_MEMORY. */
sb_status sb_caption_items_split(sb_caption_items *out, const sb_caption_item *item, size_t max_width,
                                 sb_error *err);

/* A speaker's name, without the colon. */
sb_caption_item sb_caption_name(const char *speaker, size_t turn, sb_time at);

void sb_caption_items_finish(sb_caption_items *items);

#endif
