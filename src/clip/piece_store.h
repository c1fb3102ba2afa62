/* Storing pieces of sound in memory and, beyond a limit, in one unnamed temporary file. */
#ifndef SB_CLIP_PIECE_STORE_H
#define SB_CLIP_PIECE_STORE_H

#include "clip/spool.h"

#include <pthread.h>

/* Several threads may add pieces at once. */
typedef struct sb_piece_store {
    pthread_mutex_t lock;
    size_t in_memory; /* in bytes */
    FILE *file;       /* NULL until it is needed */
    int64_t file_size;
} sb_piece_store;

typedef struct sb_piece {
    int channels;
    size_t n_samples;
    float *samples; /* interleaved; NULL: in the file, at `at` */
    int64_t at;
} sb_piece;

void sb_piece_store_init(sb_piece_store *store);
void sb_piece_store_finish(sb_piece_store *store);

/* Copies the whole spool. A zeroed piece may be finished. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_piece_put(sb_piece *out, sb_piece_store *store, sb_clip_spool *spool, sb_error *err);
void sb_piece_finish(sb_piece *piece);

/* Reads samples [at, at + n) into `planes`. They must exist, and n is at most SB_CLIP_BLOCK. Returns
 * SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_piece_read(const sb_piece *piece, sb_piece_store *store, float *const *planes, size_t at,
                        size_t n, sb_error *err);

#endif
