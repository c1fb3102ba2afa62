/* Measuring the loudness of a speaker or an episode, from which clips take their gain. */
#ifndef SB_CLIP_REFERENCE_H
#define SB_CLIP_REFERENCE_H

#include "clip/job.h"

/* One reference for each speaker (or for the episode) and number of channels that a job needs. A zeroed
 * struct is empty. */
typedef struct sb_clip_references {
    const sb_alignment *alignment;
    int sample_rate;
    struct sb_clip_reference *items;
    size_t n;
    float *mixed; /* SB_CLIP_BLOCK samples per channel */
} sb_clip_references;

/* Adds the reference that `job` needs, unless it exists or the job uses its own loudness. Returns
 * SB_ERR_MEMORY. */
sb_status sb_clip_references_add(sb_clip_references *references, const sb_clip_job *job, sb_error *err);

/* Adds the next block of the episode, from its first sample on. Returns SB_ERR_MEMORY. */
sb_status sb_clip_references_push(sb_clip_references *references, const sb_pcm *block, sb_error *err);

/* After the last block: gives `job` its reference loudness. */
void sb_clip_references_settle(const sb_clip_references *references, sb_clip_job *job);

void sb_clip_references_finish(sb_clip_references *references);

#endif
