/* Sound set aside: in memory, or in an unnamed temporary file where it is long. */
#ifndef SB_CLIP_SPOOL_H
#define SB_CLIP_SPOOL_H

#include "soundbite/status.h"

#include <stdio.h>

typedef struct sb_clip_spool {
    int channels;
    float *samples; /* interleaved, `capacity` frames; NULL: in `file` */
    FILE *file;
    float *block; /* for the file */
    size_t n_samples, capacity;
} sb_clip_spool;

#define SB_CLIP_BLOCK 4096

/* Makes room for `capacity` samples of each channel. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_clip_spool_init(sb_clip_spool *spool, int channels, size_t capacity, bool in_memory,
                             sb_error *err);
/* May be called on a zeroed struct. */
void sb_clip_spool_finish(sb_clip_spool *spool);

/* What goes beyond the capacity is dropped. SB_ERR_IO. */
sb_status sb_clip_spool_append(sb_clip_spool *spool, const float *const *planes, size_t n, sb_error *err);

/* Samples [at, at + n) into `planes`; they must be there, and n at most SB_CLIP_BLOCK. SB_ERR_IO. */
sb_status sb_clip_spool_read(sb_clip_spool *spool, float *const *planes, size_t at, size_t n, sb_error *err);

#endif
