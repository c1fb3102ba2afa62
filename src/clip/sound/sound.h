/* The sound of a clip: in memory or in a file, on its way to the written clip, and around its edges. */
#ifndef SB_CLIP_SOUND_SOUND_H
#define SB_CLIP_SOUND_SOUND_H

#include <pthread.h>
#include <stdio.h>

#include "align/align.h"
#include "media/media.h"
#include "soundbite/status.h"

/* Storing sound in memory, or in an unnamed temporary file if it is long. */

/* Storage for several pieces of sound: memory up to a limit, then one file for all. Several threads may use
 * it. */
typedef struct sb_clip_store {
    pthread_mutex_t lock;
    size_t in_memory; /* in bytes */
    FILE *file;       /* NULL until it is needed */
    int64_t file_size;
} sb_clip_store;

void sb_clip_store_init(sb_clip_store *store);
void sb_clip_store_finish(sb_clip_store *store);

typedef struct sb_clip_spool {
    int channels;
    float *samples; /* interleaved, `capacity` frames; NULL: in `file`, from byte `at` on */
    FILE *file;
    int64_t at;
    float *block;         /* buffer for the file */
    sb_clip_store *store; /* the owner of `file`; NULL: the spool owns it */
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

/* Copies the whole of `from` to a new spool in `store`, which must outlive it. Returns SB_ERR_MEMORY or
 * SB_ERR_IO. */
sb_status sb_clip_spool_copy(sb_clip_spool *out, sb_clip_store *store, sb_clip_spool *from, sb_error *err);

/* Reads samples [at, at + n), which must exist, into `planes`. Returns SB_ERR_IO. */
sb_status sb_clip_spool_read(sb_clip_spool *spool, float *const *planes, size_t at, size_t n, sb_error *err);

/* The sound of a clip on the way from the source to the file. */

typedef struct sb_clip_shape {
    int rate_in, channels_in;
    int rate_out, channels_out;
    int64_t n_in;      /* number of input samples */
    uint64_t speakers; /* of the input's channels; see sb_media_info */
} sb_clip_shape;

/* Returns the largest gain of a clip. A mix of microphones may have as much more as mixing took. */
double sb_clip_max_gain_db(const sb_clip_shape *shape);

/* Mixes, resamples, measures and stores the sound. A zeroed struct may be finished. */
typedef struct sb_clip_sound {
    sb_clip_shape shape;
    sb_clip_spool spool;
    sb_resampler *resampler; /* NULL if the rate does not change */
    sb_loudness_meter *meter;
    sb_true_peaks peaks;
    float **mixed; /* channels_out planes of SB_CLIP_BLOCK; also used for reading back */
} sb_clip_sound;

/* Returns SB_ERR_ARGUMENT if the rate cannot be converted; SB_ERR_MEMORY; SB_ERR_IO. */
sb_status sb_clip_sound_init(sb_clip_sound *sound, const sb_clip_shape *shape, sb_error *err);
void sb_clip_sound_finish(sb_clip_sound *sound);

sb_status sb_clip_sound_push(sb_clip_sound *sound, const float *const *planes, size_t n, sb_error *err);
sb_status sb_clip_sound_end(sb_clip_sound *sound, sb_error *err);

/* Pushes a whole spool and ends. */
sb_status sb_clip_sound_fill(sb_clip_sound *sound, sb_clip_spool *from, sb_error *err);

/* Calls `take` with the whole sound in blocks, which it may modify. Stops at its first failure. */
typedef sb_status (*sb_clip_take)(void *user, float *const *planes, int64_t at, size_t n, sb_error *err);
sb_status sb_clip_sound_play(sb_clip_sound *sound, sb_clip_take take, void *user, sb_error *err);

/* The source's sound around the edges of a cut, which is compared with the written clip. */

typedef struct sb_clip_surrounding {
    int64_t first, end; /* the range of source samples */
    size_t cut;         /* index of the cut in `mono` */
    sb_mono_maker *maker;
    sb_mono_sound mono;
    bool ended;
} sb_clip_surrounding;

typedef struct sb_edge_audio {
    bool wanted;
    sb_clip_surrounding sides[2]; /* at the start and at the end */
} sb_edge_audio;

/* Prepares for the cut [start, end) in a source of this rate. */
void sb_clip_surroundings_init(sb_edge_audio *out, int64_t start, int64_t end, int sample_rate);
void sb_clip_surroundings_finish(sb_edge_audio *surroundings);

/* Copies the parts of a block that are needed. Blocks must come in order. Returns SB_ERR_MEMORY. */
sb_status sb_clip_surroundings_push(sb_edge_audio *surroundings, const sb_pcm *block, sb_error *err);

/* After the last block: gives one side in the form that the certificate needs. Returns SB_ERR_MEMORY. */
sb_status sb_clip_surroundings_end(sb_edge_sound *out, sb_edge_audio *surroundings, int side, sb_error *err);

#endif
