/* Choosing the line and cue breaks of captions with the lowest cost. */
#ifndef SB_EXPORT_CAPTION_LAYOUT_H
#define SB_EXPORT_CAPTION_LAYOUT_H

#include "export/captions.h"

/* Cost of a forbidden break, larger than all other costs together. */
#define SB_CAPTION_FAULT (INT64_C(1) << 24)

typedef struct sb_caption_layout {
    sb_caption_item *items;
    size_t n_items;
    const sb_caption_params *params;
    const sb_time *untils; /* for each item, the end of its passage; SB_TIME_NONE: open */
    size_t *columns;       /* position of each item on one long line, and the end of the line */
    int *breaks;           /* sb_caption_break_cost for each item */
} sb_caption_layout;

/* Computes the arrays from `items`, `params` and `untils`, which must be set. Returns SB_ERR_MEMORY. */
sb_status sb_caption_layout_init(sb_caption_layout *layout, sb_error *err);
void sb_caption_layout_finish(sb_caption_layout *layout);

/* Returns how bad a break after item `at` is: 0 (end of a sentence) to 100. From SB_CAPTION_NEVER on, it is
 * forbidden. */
#define SB_CAPTION_NEVER 100
int sb_caption_break_cost(const sb_caption_item *items, size_t n_items, size_t at);

size_t sb_caption_layout_width(const sb_caption_layout *layout, size_t first, size_t last);

/* Returns the cost of the best lines for items first ... last; negative if the lines of a cue cannot hold
 * them. */
int64_t sb_caption_lines_cost(const sb_caption_layout *layout, size_t first, size_t last);
/* Sets the items' lines accordingly and returns their number. If a cue cannot hold them, it uses more
 * lines. */
size_t sb_caption_lines_set(const sb_caption_layout *layout, size_t first, size_t last);

/* Returns when a cue of items first ... last is shown: from its first word, for as long as it takes to say
 * and to read it, if the following cues leave enough time. */
sb_span sb_caption_times(const sb_caption_layout *layout, size_t first, size_t last);

/* Returns the first item of each of `n` cues, followed by `n_items`. The caller frees it. Returns NULL if
 * memory runs out. */
size_t *sb_caption_cues(const sb_caption_layout *layout, size_t *n);

/* Sorts cues by start time. If two people speak at once, a short turn comes between the cues of a long one.
 * With params->names, a cue gets its speaker's name if the cue before now has another speaker. Returns
 * SB_ERR_MEMORY. */
sb_status sb_captions_put_in_order(sb_captions *captions, const sb_caption_params *params, sb_error *err);

#endif
