/* Pieces of sound set aside for later: in memory, and in one unnamed temporary file what is beyond a limit. */
#ifndef SB_CLIP_PIECE_STORE_H
#define SB_CLIP_PIECE_STORE_H

#include "clip/spool.h"

#include <pthread.h>

/* Pieces may be put in from several threads at once. */
typedef struct sb_piece_store {
    pthread_mutex_t lock;
    size_t in_memory; /* bytes */
    FILE *file;       /* NULL: not needed so far */
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

/* Copies all of the spool. SB_ERR_MEMORY, SB_ERR_IO. A zeroed piece may be finished. */
sb_status sb_piece_put(sb_piece *out, sb_piece_store *store, sb_clip_spool *spool, sb_error *err);
void sb_piece_finish(sb_piece *piece);

/* Samples [at, at + n) into `planes`; they must be there, and n at most SB_CLIP_BLOCK. SB_ERR_IO, SB_ERR_MEMORY. */
sb_status sb_piece_read(const sb_piece *piece, sb_piece_store *store, float *const *planes, size_t at,
                        size_t n, sb_error *err);

#endif
