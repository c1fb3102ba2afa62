/* The two ways of reading the sound of clips: one pass or seeks. */
#ifndef SB_CLIP_RENDER_H
#define SB_CLIP_RENDER_H

#include "clip/job.h"

#include <pthread.h>

typedef struct sb_clip_run {
    const char *audio_path;
    bool seek_safe;
    int n_threads;
    sb_clip_job **jobs; /* those to render, sorted by start */
    size_t n_jobs;
    sb_clip_job **copies;      /* those to copy */
    const sb_monitor *monitor; /* of the caller; may be NULL */
    pthread_mutex_t lock;      /* the monitor's functions are called by one thread at a time */
    size_t n_done, n_total;
    const sb_clip_params *params; /* of the caller */
    sb_monitor cancel;            /* for decoders: calls the caller's monitor with the lock held */
} sb_clip_run;

bool sb_clip_run_cancelled(sb_clip_run *run);

/* Records the result of a job and reports progress. */
void sb_clip_run_done(sb_clip_run *run, sb_clip_job *job, sb_status status, const sb_error *err);

/* Sorts jobs by the first sample of their cuts. */
void sb_clip_run_sort(sb_clip_job **jobs, size_t n);

/* Renders every clip with a decoder of its own, several in parallel. */
void sb_clip_run_seeks(sb_clip_run *run);

/* Makes the copies in passes over the packets: determines their true edges and, without dry_run, writes them.
 * Sorts `jobs`. */
void sb_clip_run_copies(sb_clip_run *run, sb_clip_job **jobs, size_t n);

/* Renders all clips while decoding the file once. Returns the statuses of sb_decoder_open and
 * sb_decoder_read. */
sb_status sb_clip_run_pass(sb_clip_run *run, sb_decoder *decoder, sb_error *err);

#endif
