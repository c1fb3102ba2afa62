/* The breaking of captions: what every choice costs, and the cheapest of them. */
#ifndef SB_EXPORT_CAPTION_LAYOUT_H
#define SB_EXPORT_CAPTION_LAYOUT_H

#include "export/captions.h"

/* A break that is never right outweighs everything else. */
#define SB_CAPTION_FAULT (INT64_C(1) << 24)

typedef struct sb_caption_layout {
    sb_caption_item *items;
    size_t n_items;
    const sb_caption_params *params;
    const sb_time *untils; /* of each item: the end of what holds it; SB_TIME_NONE open */
    size_t *columns;       /* where each item begins if all were one line, and the end */
    int *breaks;           /* sb_caption_break_cost of each item */
} sb_caption_layout;

/* The arrays that `items`, `params` and `untils`, set before, are looked up by. SB_ERR_MEMORY. */
sb_status sb_caption_layout_init(sb_caption_layout *layout, sb_error *err);
void sb_caption_layout_finish(sb_caption_layout *layout);

/* How ill a break after item `at` reads, from 0, the end of a sentence, to 100; from SB_CAPTION_NEVER on the norms forbid it. */
#define SB_CAPTION_NEVER 100
int sb_caption_break_cost(const sb_caption_item *items, size_t n_items, size_t at);

size_t sb_caption_layout_width(const sb_caption_layout *layout, size_t first, size_t last);

/* What the best lines for items first ... last cost; negative where the lines of a cue do not hold them. */
int64_t sb_caption_lines_cost(const sb_caption_layout *layout, size_t first, size_t last);
/* Sets the items' lines that way; how many. Where lines do not hold them, as many as needed. */
size_t sb_caption_lines_set(const sb_caption_layout *layout, size_t first, size_t last);

/* When a cue of items first ... last is shown: from its first word for as long as it is said and read, where what follows
 * leaves the time. */
sb_span sb_caption_times(const sb_caption_layout *layout, size_t first, size_t last);

/* The first item of each cue and `n_items` behind the last; `n` cues. The caller frees. NULL when out of memory. */
size_t *sb_caption_cues(const sb_caption_layout *layout, size_t *n);

/* Sorts cues by when they begin: where two speak at once, a short turn falls among the cues of a long one. With params->names a cue
 * whose speaker is then another than that of the cue before gets its name. SB_ERR_MEMORY. */
sb_status sb_captions_put_in_order(sb_captions *captions, const sb_caption_params *params, sb_error *err);

#endif
