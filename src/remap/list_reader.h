/* What a reader of one form of list is, and what it fills. To add one is a file and a line in time_list.c. */
#ifndef SB_REMAP_LIST_READER_H
#define SB_REMAP_LIST_READER_H

#include "soundbite/remap.h"
#include "transcript/reader.h"
#include "transcript/stamp.h"

typedef struct sb_list_reader {
    const char *name;
    const char *summary;
    bool is_separated; /* something stands between the items, which goes with one of them */
    /* How sure it is that the text is of this form: 0 not at all, 100 a signature. */
    int (*sniff)(const char *text, size_t size);
    /* Adds the items in the order of the file; `reading` is for places in messages. SB_ERR_FORMAT, or SB_ERR_MEMORY, which
     * need not be set. */
    sb_status (*read)(sb_time_list *list, sb_reading *reading);
} sb_list_reader;

extern const sb_list_reader sb_list_reader_chapters, sb_list_reader_soundbite, sb_list_reader_audacity,
    sb_list_reader_srt, sb_list_reader_vtt, sb_list_reader_plain;

/* The reader called `name`; NULL none. */
const sb_list_reader *sb_list_reader_named(const char *name);

/* Adds an item whose start stands at `start_range`, its other members unknown; NULL when out of memory. Valid until the next
 * is added. */
sb_timed_item *sb_time_list_add(sb_time_list *list, sb_time start, sb_range start_range);

/* Takes a time from all of `range`, blanks around it aside: a clock time or else a number of seconds. Fails with its place. */
sb_status sb_list_read_time(sb_time *out, sb_range *digits, sb_reading *reading, sb_range range);

/* Sets the label from a piece of the text. */
sb_status sb_list_set_label(sb_timed_item *item, const sb_reading *reading, sb_range range);

#endif
