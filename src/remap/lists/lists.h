/* Lists of times: their formats, and moving their items. */
#ifndef SB_REMAP_LISTS_LISTS_H
#define SB_REMAP_LISTS_LISTS_H

#include <stdbool.h>
#include <stddef.h>

#include "soundbite/remap.h"
#include "transcript/transcript.h"

/* The interface of list readers. To add a format, write one file and add one line to time_list.c. */

typedef struct sb_list_reader {
    const char *name;
    const char *summary;
    bool is_separated; /* items have separators, one of which is removed with an item */
    /* Returns how certain it is that the text has this format, from 0 (not at all) to 100 (it has a
     * signature). */
    int (*sniff)(const char *text, size_t size);
    /* Adds the items in file order. `reading` gives places for messages. Returns SB_ERR_FORMAT, or
     * SB_ERR_MEMORY, for which `err` need not be set. */
    sb_status (*read)(sb_time_list *list, sb_reading *reading);
} sb_list_reader;

extern const sb_list_reader sb_list_reader_chapters, sb_list_reader_soundbite, sb_list_reader_audacity,
    sb_list_reader_srt, sb_list_reader_vtt, sb_list_reader_plain;

/* Returns the reader called `name`, or NULL. */
const sb_list_reader *sb_list_reader_named(const char *name);

/* Adds an item with this start, whose digits are at `start_range`. Its other members are set to unknown.
 * Returns NULL if memory runs out. Valid until the next item is added. */
sb_timed_item *sb_time_list_add(sb_time_list *list, sb_time start, sb_range start_range);

/* Reads a time that fills `range` except for blanks: a clock time or a number of seconds. Returns
 * SB_ERR_FORMAT with its place. */
sb_status sb_list_read_time(sb_time *out, sb_range *digits, sb_reading *reading, sb_range range);

/* Sets the label to a part of the text. */
sb_status sb_list_set_label(sb_timed_item *item, const sb_reading *reading, sb_range range);

#endif
