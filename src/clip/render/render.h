/* Rendering: fetching the source's samples and writing the clip. */
#ifndef SB_CLIP_RENDER_RENDER_H
#define SB_CLIP_RENDER_RENDER_H

#include <pthread.h>

#include "clip/clip.h"
#include "video/video.h"

/* Making the video of a clip. */

/* Begins the video of a clip. `wave` was measured on its sound. Notes become warnings of the result. Returns
 * the statuses of sb_film_open. */
sb_status sb_clip_film_open(sb_film **out, sb_clip_job *job, sb_wave *wave, sb_output *output,
                            const sb_encoder_params *sound, sb_error *err);

/* Storing pieces of sound in memory and, beyond a limit, in one unnamed temporary file. */

/* Several threads may add pieces at once. */
typedef struct sb_piece_store {
    pthread_mutex_t lock;
    size_t in_memory; /* in bytes */
    FILE *file;       /* NULL until it is needed */
    int64_t file_size;
} sb_piece_store;

typedef struct sb_stored_piece {
    int channels;
    size_t n_samples;
    float *samples; /* interleaved; NULL: in the file, at `at` */
    int64_t at;
} sb_stored_piece;

void sb_piece_store_init(sb_piece_store *store);
void sb_piece_store_finish(sb_piece_store *store);

/* Copies the whole spool. A zeroed piece may be finished. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_piece_put(sb_stored_piece *out, sb_piece_store *store, sb_clip_spool *spool, sb_error *err);
void sb_piece_finish(sb_stored_piece *piece);

/* Reads samples [at, at + n) into `planes`. They must exist, and n is at most SB_CLIP_BLOCK. Returns
 * SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_piece_read(const sb_stored_piece *piece, sb_piece_store *store, float *const *planes, size_t at,
                        size_t n, sb_error *err);

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
