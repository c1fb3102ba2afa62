/* The level of a clip: gain, group loudness, fades, and the measurement of the written file. */
#ifndef SB_CLIP_LEVEL_LEVEL_H
#define SB_CLIP_LEVEL_LEVEL_H

#include <stddef.h>
#include <stdint.h>

#include "clip/clip.h"

/* Raised-cosine fades at both ends of a clip. */

/* Lengths in samples. The first and the last sample of a fade are 0. */
typedef struct sb_clip_fade {
    int64_t in, out, length; /* of the two fades and of the whole clip */
} sb_clip_fade;

/* Fades that would overlap are shortened to meet in the middle. */
sb_clip_fade sb_clip_fade_make(int64_t in, int64_t out, int64_t length);

/* Applies the fades to the `n` samples at position `at`. */
void sb_clip_fade_apply(const sb_clip_fade *fade, float *const *planes, int channels, int64_t at, size_t n);

/* Measuring the loudness of a speaker or an episode, from which clips take their gain. */

/* One reference for each speaker (or for the episode) and number of channels that a job needs. A zeroed
 * struct is empty. */
typedef struct sb_group_loudness {
    const sb_alignment *alignment;
    int sample_rate;
    struct sb_group_loudness_item *items;
    size_t n;
    float *mixed; /* SB_CLIP_BLOCK samples per channel */
} sb_group_loudness;

/* Adds the reference that `job` needs, unless it exists or the job uses its own loudness. Returns
 * SB_ERR_MEMORY. */
sb_status sb_group_loudness_add(sb_group_loudness *references, const sb_clip_job *job, sb_error *err);

/* Adds the next block of the episode, from its first sample on. Returns SB_ERR_MEMORY. */
sb_status sb_group_loudness_push(sb_group_loudness *references, const sb_pcm *block, sb_error *err);

/* After the last block: gives `job` its reference loudness. */
void sb_group_loudness_settle(const sb_group_loudness *references, sb_clip_job *job);

void sb_group_loudness_finish(sb_group_loudness *references);

#endif
