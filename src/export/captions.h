/* Turns broken into captions. */
#ifndef SB_EXPORT_CAPTIONS_H
#define SB_EXPORT_CAPTIONS_H

#include "soundbite/align.h"

/* Norms of caption writing (BBC and Netflix agree on most of them). */
#define SB_CAPTION_LINE_WIDTH 42 /* characters */
#define SB_CAPTION_LINES      2
#define SB_CAPTION_LEAST      (SB_TIME_SECOND * 5 / 6)
#define SB_CAPTION_MOST       (SB_TIME_SECOND * 7)
#define SB_CAPTION_SPEED      17                /* characters a second that people read */
#define SB_CAPTION_NO_GAP     (SB_TIME_MS * 80) /* a gap this short flickers: two frames */

/* A word, or an event put back in its place. Text belongs to the alignment. */
typedef struct sb_caption_item {
    const char *text;
    size_t width; /* characters */
    sb_time start, end;
    bool is_event;
} sb_caption_item;

typedef struct sb_caption_items {
    sb_caption_item *items;
    size_t n_items, capacity;
} sb_caption_items;

typedef struct sb_caption {
    size_t turn;
    bool begins_turn;
    sb_time start, end;
    char *text;   /* lines parted by '\n' */
    size_t width; /* characters */
} sb_caption;

typedef struct sb_captions {
    sb_caption *items;
    size_t n_items, capacity;
} sb_captions;

/* Every turn that has a time as one or more cues, in the order of the text. A transcript that came as captions keeps them: cue for
 * cue, lines broken as they were. Otherwise a turn is cut at sentences, pauses and clauses so that each cue fits two lines and can be
 * read while it stands. SB_ERR_MEMORY. */
sb_status sb_captions_make(sb_captions *out, const sb_alignment *alignment, sb_error *err);
void sb_captions_finish(sb_captions *cues);

/* The words and events of a turn, each with a time: where a word has none, between its neighbours by syllables. Replaces
 * what `out` holds. SB_ERR_MEMORY. */
sb_status sb_caption_items_make(sb_caption_items *out, const sb_aligned_turn *turn, sb_error *err);
void sb_caption_items_finish(sb_caption_items *items);

/* How ill a break after item `at` reads, 0 (the end of a sentence) to 100 (an article parted from its noun). */
int sb_caption_break_cost(const sb_caption_items *items, size_t at);

/* The width of items first ... last with single blanks between them. */
size_t sb_caption_width(const sb_caption_items *items, size_t first, size_t last);

/* True where items first ... last fit the lines of a cue. */
bool sb_caption_fits(const sb_caption_items *items, size_t first, size_t last);

/* The items as lines: two where they fit, as many as needed where not. The caller frees. NULL when out of memory. */
char *sb_caption_lines(const sb_caption_items *items, size_t first, size_t last);

/* The first item of each cue of the turn and the number of items behind the last; `n` cues. The caller frees. NULL when out of
 * memory. `items` has at least one. */
size_t *sb_caption_breaks(const sb_caption_items *items, size_t *n);

#endif
