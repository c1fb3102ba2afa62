/* Rendering: fetching the source's samples and writing the clip. */
#ifndef SB_CLIP_RENDER_RENDER_H
#define SB_CLIP_RENDER_RENDER_H

#include <pthread.h>

#include "clip/clip.h"
#include "video/video.h"

/* The two ways of reading the sound of clips: one pass or seeks. */

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
    const sb_render_params *call;
    sb_monitor cancel; /* for decoders: calls the caller's monitor with the lock held */
} sb_clip_run;

bool sb_clip_run_cancelled(sb_clip_run *run);

/* Records the result of a job and reports progress. */
void sb_clip_run_done(sb_clip_run *run, sb_clip_job *job, sb_status status, const sb_error *err);

/* Sorts jobs by the first sample of their cuts, as sb_copy_spans needs them. */
void sb_clip_run_sort_cuts(sb_clip_job **jobs, size_t n);

/* Sorts jobs by the first sample that is decoded for them: a clip with a certificate also needs the sound
 * before its cut. */
void sb_clip_run_sort(sb_clip_job **jobs, size_t n);

/* Renders every clip with a decoder of its own, several in parallel. */
void sb_clip_run_seeks(sb_clip_run *run);

/* Bytes of collected sound that a call keeps in memory. */
#define SB_CLIP_MEMORY ((size_t)64 << 20)

/* Returns the size of the collected sound of a job in bytes. */
size_t sb_clip_job_bytes(const sb_clip_job *job);

/* Takes the parts of a decoded block that the job needs: the sound around the cut, and the part in the cut.
 * The latter goes to `sound`, or to `raw` if `sound` is NULL. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_job_take(sb_clip_job *job, sb_clip_sound *sound, const sb_pcm *block, int64_t *n_taken,
                           sb_error *err);

/* Makes the copies in passes over the packets: finds their exact edges and, unless dry_run is set, writes
 * them. Sorts `jobs`. */
void sb_clip_run_copies(sb_clip_run *run, sb_clip_job **jobs, size_t n);

/* Renders all clips while decoding the file once. Returns the statuses of sb_decoder_open and
 * sb_decoder_read. */
sb_status sb_clip_run_pass(sb_clip_run *run, sb_decoder *decoder, sb_error *err);

#endif
