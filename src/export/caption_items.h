/* The items of captions: words, events and names with times, each at most as wide as a line. */
#ifndef SB_EXPORT_CAPTION_ITEMS_H
#define SB_EXPORT_CAPTION_ITEMS_H

#include "export/captions.h"

/* Appends words first ... last of a turn (`last` may be beyond its end) and the events between them; with
 * `events_around`, also those before and after. Words without times are placed between their neighbours by
 * syllables; `heard_only` leaves them out. Items are not split and lines are not set. Returns
 * SB_ERR_MEMORY. */
typedef struct sb_caption_words {
    const sb_alignment *alignment;
    size_t turn, first, last;
    bool events_around, heard_only;
} sb_caption_words;
sb_status sb_caption_items_add(sb_caption_items *out, const sb_caption_words *words, sb_error *err);

/* Appends an item unchanged. Returns SB_ERR_MEMORY. */
sb_status sb_caption_items_push(sb_caption_items *out, const sb_caption_item *item, sb_error *err);

/* Appends an item, split where it may break if it is wider than `max_width` columns. In scripts without
 * blanks, each character becomes an item. Its time is divided by width. Returns SB_ERR_MEMORY. */
sb_status sb_caption_items_split(sb_caption_items *out, const sb_caption_item *item, size_t max_width,
                                 sb_error *err);

/* Makes an item of a speaker's name, without the colon. */
sb_caption_item sb_caption_name(const char *speaker, size_t turn, sb_time at);

void sb_caption_items_finish(sb_caption_items *items);

#endif
