/* Words and turns as labels, and the formats of label tracks and tiers. */
#ifndef SB_EXPORT_LABELS_LABELS_H
#define SB_EXPORT_LABELS_LABELS_H

#include "alignment/alignment.h"
#include "export/writers/writers.h"

typedef enum sb_label_kind {
    SB_LABEL_WORDS,
    SB_LABEL_TURNS,
    SB_LABEL_WORDS_OR_TURN /* one label for a turn in which no word has a time */
} sb_label_kind;

typedef struct sb_label {
    size_t turn;
    const sb_aligned_word *word; /* owned by the alignment; NULL: the whole turn */
    sb_span span;                /* start >= 0, end >= start */
} sb_label;

typedef struct sb_labels {
    sb_label *items;
    size_t n_items, capacity;
} sb_labels;

/* Makes a label of every word or turn that has a time, sorted by start and then by text order. Items without
 * a time become a note. The end of a turn, if unknown, is estimated from its syllables. Returns
 * SB_ERR_MEMORY. */
sb_status sb_labels_make(sb_labels *out, const sb_alignment *alignment, sb_label_kind kind, sb_notes *notes,
                         sb_error *err);
void sb_labels_finish(sb_labels *labels);

/* Returns SB_ERR_ARGUMENT if the alignment has words but no word times. `format` is for the message. */
sb_status sb_labels_need_word_times(const sb_alignment *alignment, const char *format, sb_error *err);

/* Labels as Praat tiers: consecutive intervals without gaps or overlaps. */

/* Times in microseconds, the resolution of tiers. */
typedef struct sb_tier_interval {
    int64_t start, end;
    const sb_label *label; /* NULL: silence */
} sb_tier_interval;

typedef struct sb_tier {
    sb_tier_interval *items;
    size_t n_items;
    size_t n_changed; /* labels that were shortened, moved or left out */
} sb_tier;

/* Places labels, sorted by start, in [0, length). A label ends where the next begins but lasts at least one
 * millisecond, which may move the next. Gaps become intervals. Labels that do not fit before `length` are
 * left out. `length` is in microseconds and greater than 0. Returns false if memory runs out. */
bool sb_tier_make(sb_tier *out, const sb_label *const *labels, size_t n_labels, int64_t length);
void sb_tier_finish(sb_tier *tier);

int64_t sb_tier_time(sb_time t);

#endif
