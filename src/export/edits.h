/* Turns laid end to end on the timeline of an editor. */
#ifndef SB_EXPORT_EDITS_H
#define SB_EXPORT_EDITS_H

#include "export/labels.h"

/* In units of the timeline. The source plays from `in` for `length` at `at`. */
typedef struct sb_edit {
    const sb_aligned_turn *turn;
    int64_t in, length, at;
} sb_edit;

typedef struct sb_edits {
    sb_edit *items;
    size_t n_items;
    int64_t length;        /* of all */
    int64_t source_length; /* of the audio, or where that is not known, to the end of the last turn */
} sb_edits;

/* Every turn that has a time, by its start, in whole units of `unit`: from the one in which it begins to the one in which it
 * ends, at least one. `unit` > 0. SB_ERR_MEMORY. */
sb_status sb_edits_make(sb_edits *out, const sb_alignment *alignment, sb_time unit, sb_notes *notes,
                        sb_error *err);

/* The same in samples of the audio, to the nearest one. `rate` > 0. */
sb_status sb_edits_make_samples(sb_edits *out, const sb_alignment *alignment, int rate, sb_notes *notes,
                                sb_error *err);
void sb_edits_finish(sb_edits *edits);

/* The audio's sample rate; where it is not known, 48000. */
int sb_edits_rate(const sb_alignment *alignment);

#endif
