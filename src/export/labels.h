/* Words and turns as labels sorted by time, for label tracks, tiers and tables. */
#ifndef SB_EXPORT_LABELS_H
#define SB_EXPORT_LABELS_H

#include "soundbite/align.h"

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

#endif
