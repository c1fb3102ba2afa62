/* The two ways of fetching the sound of clips. */
#ifndef SB_CLIP_RENDER_H
#define SB_CLIP_RENDER_H

#include "clip/job.h"

#include <pthread.h>

typedef struct sb_clip_run {
    const char *audio_path;
    bool seek_safe;
    int n_threads;
    sb_clip_job **jobs; /* those that can be rendered, by start */
    size_t n_jobs;
    sb_clip_job **copies;      /* those whose packets are copied */
    const sb_monitor *monitor; /* the caller's; may be NULL */
    pthread_mutex_t lock;      /* its functions are called one at a time */
    size_t n_done, n_total;
    const sb_clip_params *params; /* the caller's */
    sb_monitor cancel;            /* for decoders: asks the caller's under the lock */
} sb_clip_run;

bool sb_clip_run_cancelled(sb_clip_run *run);

/* Takes down what became of a job, and tells the monitor. */
void sb_clip_run_done(sb_clip_run *run, sb_clip_job *job, sb_status status, const sb_error *err);

/* By the first sample of their cuts. */
void sb_clip_run_sort(sb_clip_job **jobs, size_t n);

/* Every clip with a decoder of its own, several at once. */
void sb_clip_run_seeks(sb_clip_run *run);

/* The clips that are copied, in passes over the packets of the file: their true edges are settled, and without dry_run
 * they are written. Sorts `jobs`. */
void sb_clip_run_copies(sb_clip_run *run, sb_clip_job **jobs, size_t n);

/* All clips in one decode of the file. Fails as sb_decoder_open and sb_decoder_read do. */
sb_status sb_clip_run_pass(sb_clip_run *run, sb_decoder *decoder, sb_error *err);

#endif
