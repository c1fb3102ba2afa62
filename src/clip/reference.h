/* Loudness that clips of an episode have in common, so that they keep their relations. */
#ifndef SB_CLIP_REFERENCE_H
#define SB_CLIP_REFERENCE_H

#include "clip/job.h"

/* One for each speaker, or the whole episode, and number of channels that a job asks for. A zeroed struct is empty. */
typedef struct sb_clip_references {
    const sb_alignment *alignment;
    int sample_rate;
    struct sb_clip_reference *items;
    size_t n;
    float *mixed; /* SB_CLIP_BLOCK samples of each channel */
} sb_clip_references;

/* Adds what `job` needs and is not there yet; nothing where its loudness is its own. SB_ERR_MEMORY. */
sb_status sb_clip_references_add(sb_clip_references *references, const sb_clip_job *job, sb_error *err);

/* Takes the next block of the episode, from its first sample on. SB_ERR_MEMORY. */
sb_status sb_clip_references_push(sb_clip_references *references, const sb_pcm *block, sb_error *err);

/* After the last block: gives `job` the loudness that its gain is taken from. */
void sb_clip_references_settle(const sb_clip_references *references, sb_clip_job *job);

void sb_clip_references_finish(sb_clip_references *references);

#endif
