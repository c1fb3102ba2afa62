/* Storing sound in memory, or in an unnamed temporary file if it is long. */
#ifndef SB_CLIP_SPOOL_H
#define SB_CLIP_SPOOL_H

#include "soundbite/status.h"

#include <stdio.h>

typedef struct sb_clip_spool {
    int channels;
    float *samples; /* interleaved, `capacity` frames; NULL: in `file` */
    FILE *file;
    float *block; /* buffer for the file */
    size_t n_samples, capacity;
} sb_clip_spool;

#define SB_CLIP_BLOCK 4096

/* Reserves `capacity` samples per channel. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_spool_init(sb_clip_spool *spool, int channels, size_t capacity, bool in_memory,
                             sb_error *err);
/* May be called on a zeroed struct. */
void sb_clip_spool_finish(sb_clip_spool *spool);

/* Samples beyond the capacity are ignored. Returns SB_ERR_IO. */
sb_status sb_clip_spool_append(sb_clip_spool *spool, const float *const *planes, size_t n, sb_error *err);

/* Reads samples [at, at + n) into `planes`. They must exist, and n is at most SB_CLIP_BLOCK. Returns
 * SB_ERR_IO. */
sb_status sb_clip_spool_read(sb_clip_spool *spool, float *const *planes, size_t at, size_t n, sb_error *err);

#endif
