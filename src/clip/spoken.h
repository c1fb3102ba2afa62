/* The words of a clip that is not one piece of its source: words were dropped, or it is a montage. */
#ifndef SB_CLIP_SPOKEN_H
#define SB_CLIP_SPOKEN_H

#include "clip/drop.h"
#include "export/captions.h"

/* Makes a turn of the quote's words without the dropped ones, with the events between them. Times are
 * relative to the job's sound. `plan` NULL means that nothing was dropped. Returns SB_ERR_MEMORY. */
sb_status sb_spoken_turn(sb_aligned_turn *out, const sb_clip_job *job, const sb_drop_plan *plan,
                         sb_error *err);
sb_status sb_spoken_copy(sb_aligned_turn *out, const sb_aligned_turn *turn, sb_time shift, sb_error *err);
void sb_spoken_finish(sb_aligned_turn *turn);

/* The input for captions. */
typedef struct sb_clip_words {
    const sb_alignment *alignment;
    const sb_caption_span *spans;
    size_t n_spans;
    sb_caption_span own; /* used if there is only one span */
    sb_alignment of_turn;
} sb_clip_words;

/* Gets the words of the job's clip of length `length`. They refer to the job and to `out`. */
void sb_clip_words_of_job(sb_clip_words *out, const sb_clip_job *job, sb_time length);

#endif
