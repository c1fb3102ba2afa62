/* The words of a clip that is no single piece of its source: words were dropped from it, or it is a montage. */
#ifndef SB_CLIP_SPOKEN_H
#define SB_CLIP_SPOKEN_H

#include "clip/drop.h"
#include "export/captions.h"

/* The quote's words as a turn whose times count from the beginning of the job's sound, dropped words left out; events
 * between the words come along. `plan` NULL: nothing was dropped. SB_ERR_MEMORY. */
sb_status sb_spoken_turn(sb_aligned_turn *out, const sb_clip_job *job, const sb_drop_plan *plan,
                         sb_error *err);
sb_status sb_spoken_copy(sb_aligned_turn *out, const sb_aligned_turn *turn, sb_time shift, sb_error *err);
void sb_spoken_finish(sb_aligned_turn *turn);

/* What captions are made from. */
typedef struct sb_clip_words {
    const sb_alignment *alignment;
    const sb_caption_span *spans;
    size_t n_spans;
    sb_caption_span own; /* where there is one alone */
    sb_alignment of_turn;
} sb_clip_words;

/* The words of the job's clip, which lasts `length`. They refer to the job and to `out` itself. */
void sb_clip_words_of_job(sb_clip_words *out, const sb_clip_job *job, sb_time length);

#endif
