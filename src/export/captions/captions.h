/* Captions: words become items, items become lines and cues. */
#ifndef SB_EXPORT_CAPTIONS_CAPTIONS_H
#define SB_EXPORT_CAPTIONS_CAPTIONS_H

#include "export/export.h"
#include "soundbite/align.h"

/* The items of captions: words, events and names with times, each at most as wide as a line. */

/* Appends words first ... last of a turn (`last` may be beyond its end) and the events between them; with
 * `events_around`, also those before and after. Words that were not said are left out. Other words without
 * times are placed between their neighbours by syllables. Items are not split and lines are not set. Returns
 * SB_ERR_MEMORY. */
typedef struct sb_caption_words {
    const sb_alignment *alignment;
    size_t turn, first, last;
    sb_span span; /* of the turn */
    bool events_around;
} sb_caption_words;
sb_status sb_caption_items_add(sb_caption_items *out, const sb_caption_words *words, sb_error *err);

/* Returns the time of a turn. In transcripts without audio, turns that begin in the same second follow each
 * other, each as long as it takes to say and to read it, if there is time before the next second. */
sb_span sb_caption_turn_span(const sb_alignment *alignment, size_t turn, const sb_caption_params *params);

/* Appends an item unchanged. Returns SB_ERR_MEMORY. */
sb_status sb_caption_items_push(sb_caption_items *out, const sb_caption_item *item, sb_error *err);

/* Appends an item, split where it may break if it is wider than `max_width` columns. In scripts without
 * blanks, each character becomes an item. Its time is divided by width. Returns SB_ERR_MEMORY. */
sb_status sb_caption_items_split(sb_caption_items *out, const sb_caption_item *item, size_t max_width,
                                 sb_error *err);

/* Shown instead of a name if a speaker without a name begins after one with a name, as broadcasters do. */
#define SB_CAPTION_NOBODY ">>"

/* Makes an item of a speaker's name, without the colon, or of SB_CAPTION_NOBODY for NULL. */
sb_caption_item sb_caption_name(const char *speaker, size_t turn, sb_time at);

void sb_caption_items_finish(sb_caption_items *items);

/* Choosing the line and cue breaks of captions with the lowest cost. */

/* Cost of a forbidden break, larger than all other costs together. */
#define SB_CAPTION_FAULT (INT64_C(1) << 24)

typedef struct sb_caption_layout {
    sb_caption_item *items;
    size_t n_items;
    const sb_caption_params *params;
    const sb_time *untils; /* for each item, the end of its passage; SB_TIME_NONE: open */
    size_t *columns;       /* position of each item on one long line, and the end of the line */
    int *breaks;           /* sb_caption_break_cost for each item */
    size_t *sentences;     /* for each item, the number of sentences that end before it */
} sb_caption_layout;

/* Computes the arrays from `items`, `params` and `untils`, which must be set. Returns SB_ERR_MEMORY. */
sb_status sb_caption_layout_init(sb_caption_layout *layout, sb_error *err);
void sb_caption_layout_finish(sb_caption_layout *layout);

/* Returns how bad a break after item `at` is: 0 (end of a sentence) to 100. From SB_CAPTION_NEVER on, it is
 * forbidden. */
#define SB_CAPTION_NEVER 100
int sb_caption_break_cost(const sb_caption_item *items, size_t n_items, size_t at);

/* Returns true if item `at` ends a sentence and another word follows in the same passage. */
bool sb_caption_ends_sentence(const sb_caption_item *items, size_t n_items, size_t at);

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

/* Correcting the times of a transcript while keeping its order. */

/* Fills `starts` and `stops`, one for each turn of `transcript`, from which `alignment` was made.
 * SB_TIME_NONE leaves a time unchanged. A turn that was not heard is placed by the time map. Turns that were
 * in order stay in order: if two positions conflict, the more certain one is kept and the other is placed
 * between its neighbours. A turn ends at the latest where the next begins, if it did so before, and where an
 * inserted passage begins, unless the turn begins in it. Returns SB_ERR_MEMORY. */
sb_status sb_cue_order_make(sb_time *starts, sb_time *stops, const sb_transcript *transcript,
                            const sb_alignment *alignment, sb_error *err);

/* The line breaks of captions in their original file. */

/* Sets the lines of a cue's items as turn `turn` of the source breaks them. Returns the number of lines; 0 if
 * the items do not match the source's words. Also returns 0, with `*ok` false, if memory runs out. */
size_t sb_caption_own_lines(sb_caption_item *items, size_t n, const sb_transcript *source, size_t turn,
                            bool *ok);

#endif
