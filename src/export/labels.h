/* Words and turns as labels on the audio, in the order of time: what label tracks, tiers and tables are made of. */
#ifndef SB_EXPORT_LABELS_H
#define SB_EXPORT_LABELS_H

#include "soundbite/align.h"

typedef enum sb_label_kind {
    SB_LABEL_WORDS,
    SB_LABEL_TURNS,
    SB_LABEL_WORDS_OR_TURN /* a turn none of whose words has a time is one label */
} sb_label_kind;

typedef struct sb_label {
    size_t turn;
    const sb_aligned_word *word; /* the alignment's; NULL: the whole turn */
    sb_span span;                /* start >= 0, end >= start */
} sb_label;

typedef struct sb_labels {
    sb_label *items;
    size_t n_items, capacity;
} sb_labels;

/* Every word or turn that has a time, by its start; those that start together in the order of the text. What has no time
 * becomes a note. A turn whose end nobody knows ends as its syllables would. SB_ERR_MEMORY. */
sb_status sb_labels_make(sb_labels *out, const sb_alignment *alignment, sb_label_kind kind, sb_notes *notes,
                         sb_error *err);
void sb_labels_finish(sb_labels *labels);

/* Refuses with SB_ERR_ARGUMENT an alignment that has words, but none with a time. `format` is for the message. */
sb_status sb_labels_need_word_times(const sb_alignment *alignment, const char *format, sb_error *err);

#endif
