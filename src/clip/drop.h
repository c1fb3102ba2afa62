/* Dropping fillers and stuttered repeats from a clip. */
#ifndef SB_CLIP_DROP_H
#define SB_CLIP_DROP_H

#include "clip/fillers.h"
#include "clip/job.h"

/* Words of a quote, first ... last, that are dropped together. */
typedef struct sb_drop_run {
    size_t first, last;
    unsigned kinds;
    bool left; /* not dropped: their position is uncertain or the join would be audible */
} sb_drop_run;

/* What can be dropped from a quote. A zeroed struct may be finished. */
typedef struct sb_drop_plan {
    sb_drop_word *words;
    size_t n_words;
    sb_drop_run *runs; /* in order, with at least one word between them */
    size_t n_runs;
    bool foreign; /* the built-in lists are English but the transcript is not */
} sb_drop_plan;

/* Finds the words of the kinds in the job's parameters. A quote of fillers alone has no runs, because nothing
 * would be left of it. Returns SB_ERR_MEMORY. */
sb_status sb_drop_plan_make(sb_drop_plan *plan, const sb_clip_job *job, sb_error *err);
void sb_drop_plan_finish(sb_drop_plan *plan);

/* Returns the text of the remaining words, separated by blanks. A comma before dropped words is removed with
 * them; a full stop after them stays. The caller frees it. Returns NULL if memory runs out. */
char *sb_drop_text(const sb_drop_plan *plan);

/* sb_drop_plan_drops returns whether word `index` is dropped. sb_drop_word_text returns a remaining word as
 * it stands in that text. The caller frees it; NULL if memory runs out. */
bool sb_drop_plan_drops(const sb_drop_plan *plan, size_t index);
char *sb_drop_word_text(const sb_drop_plan *plan, size_t index);

/* Puts the drops into the result without analysing the sound, for a dry run. */
sb_status sb_clip_job_plan_drops(sb_clip_job *job, sb_error *err);

/* Drops words from the sound in `raw` and updates the job's shape and splices and the result's text, drops
 * and edges. Runs whose join would be audible stay, with a warning. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_job_drop(sb_clip_job *job, sb_error *err);

#endif
