/* The turns on the timeline of an audio or video editor, and the formats of editors. */
#ifndef SB_EXPORT_EDITORS_EDITS_H
#define SB_EXPORT_EDITORS_EDITS_H

#include "alignment/alignment.h"
#include "export/writers/writers.h"

/* Turns placed end to end on the timeline of an editor. */

/* Values in units of the timeline: [in, in + length) of the source is played at `at`. */
typedef struct sb_edit {
    const sb_aligned_turn *turn;
    int64_t in, length, at;
} sb_edit;

typedef struct sb_edits {
    sb_edit *items;
    size_t n_items;
    int64_t length;        /* total length */
    int64_t source_length; /* of the audio; if unknown, the end of the last turn */
} sb_edits;

/* Makes an edit of every turn that has a time, sorted by start. Times are in units of `unit`, from the unit
 * in which the turn begins to the one in which it ends. `unit` > 0. Returns SB_ERR_MEMORY. */
sb_status sb_edits_make(sb_edits *out, const sb_alignment *alignment, sb_time unit, sb_notes *notes,
                        sb_error *err);

/* Does the same in samples of the audio, rounded to the nearest. `rate` > 0. */
sb_status sb_edits_make_samples(sb_edits *out, const sb_alignment *alignment, int rate, sb_notes *notes,
                                sb_error *err);
void sb_edits_finish(sb_edits *edits);

/* Returns the audio's sample rate, or 48000 if it is unknown. */
int sb_edits_rate(const sb_alignment *alignment);

#endif
