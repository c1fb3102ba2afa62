/* Fillers and stuttered repeats dropped from a clip. */
#ifndef SB_CLIP_DROP_H
#define SB_CLIP_DROP_H

#include "clip/fillers.h"
#include "clip/job.h"

/* Words of a quote that go together, first ... last. */
typedef struct sb_drop_run {
    size_t first, last;
    unsigned kinds;
    bool left; /* they stay: where they are is not sure, or the join would be heard */
} sb_drop_run;

/* What could be dropped of a quote. A zeroed struct may be finished. */
typedef struct sb_drop_plan {
    sb_drop_word *words;
    size_t n_words;
    sb_drop_run *runs; /* in order, a word or more apart */
    size_t n_runs;
    bool foreign; /* the built-in lists are English, the transcript is not */
} sb_drop_plan;

/* Looks through the quote's words for the job's params' kinds. Nothing is left of a quote that has fillers alone: then there are
 * no runs. SB_ERR_MEMORY. */
sb_status sb_drop_plan_make(sb_drop_plan *plan, const sb_clip_job *job, sb_error *err);
void sb_drop_plan_finish(sb_drop_plan *plan);

/* The text of the words that stay, blanks between; a comma before dropped words goes with theirs, a full stop behind them
 * stays. The caller frees; NULL when out of memory. */
char *sb_drop_text(const sb_drop_plan *plan);

/* Whether word `index` is dropped, and one that is not as it stands in that text. The caller frees; NULL when out of memory. */
bool sb_drop_plan_drops(const sb_drop_plan *plan, size_t index);
char *sb_drop_word_text(const sb_drop_plan *plan, size_t index);

/* Puts what would be dropped into the result, without looking at the sound: what a dry run says. */
sb_status sb_clip_job_plan_drops(sb_clip_job *job, sb_error *err);

/* Drops from the sound in `raw`, and sets the job's shape and splices and the result's text, drops and edges to what came of it. Runs
 * whose join would be heard stay, with a warning. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_clip_job_drop(sb_clip_job *job, sb_error *err);

#endif
