#include "clip/render/render.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_LIMIT ((size_t)64 << 20)
#define MAX_CHANNELS 64

static sb_status fail_io(sb_error *err)
{
    return sb_error_set(err, SB_ERR_IO,
                        "the temporary file of a montage cannot be written (%s); free some space",
                        strerror(errno));
}

void sb_piece_store_init(sb_piece_store *store)
{
    *store = (sb_piece_store){0};
    pthread_mutex_init(&store->lock, NULL);
}

void sb_piece_store_finish(sb_piece_store *store)
{
    if (store->file)
        fclose(store->file);
    pthread_mutex_destroy(&store->lock);
}

void sb_piece_finish(sb_stored_piece *piece)
{
    free(piece->samples);
    *piece = (sb_stored_piece){0};
}

/* Reserves memory, or opens the file. */
static sb_status reserve(sb_stored_piece *piece, sb_piece_store *store, sb_error *err)
{
    size_t bytes = sizeof(float) * piece->n_samples * (size_t)piece->channels;
    if (bytes <= MEMORY_LIMIT - store->in_memory) {
        piece->samples = malloc(bytes + 1);
        store->in_memory += piece->samples ? bytes : 0;
        return piece->samples ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    }
    if (!store->file)
        store->file = tmpfile();
    if (!store->file)
        return fail_io(err);
    piece->at = store->file_size;
    store->file_size += (int64_t)bytes;
    return SB_OK;
}

static void interleave(float *out, const float *planes, size_t channels, size_t n)
{
    for (size_t c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            out[i * channels + c] = planes[c * SB_CLIP_BLOCK + i];
}

static sb_status append_to_file(const sb_stored_piece *piece, sb_piece_store *store, const float *block,
                                size_t at, size_t n, sb_error *err)
{
    size_t frame = sizeof(float) * (size_t)piece->channels;
    pthread_mutex_lock(&store->lock);
    bool ok = fseeko(store->file, (off_t)(piece->at + (int64_t)(at * frame)), SEEK_SET) == 0 &&
              fwrite(block, frame, n, store->file) == n;
    sb_status status = ok ? SB_OK : fail_io(err);
    pthread_mutex_unlock(&store->lock);
    return status;
}

/* `memory` has room for two blocks. */
static sb_status copy(sb_stored_piece *piece, sb_piece_store *store, sb_clip_spool *spool, float *memory,
                      sb_error *err)
{
    size_t channels = (size_t)piece->channels;
    float *planes[MAX_CHANNELS], *block = memory + SB_CLIP_BLOCK * channels;
    for (size_t c = 0; c < channels; c++)
        planes[c] = memory + c * SB_CLIP_BLOCK;
    sb_status status = SB_OK;
    for (size_t at = 0; !status && at < piece->n_samples; at += SB_CLIP_BLOCK) {
        size_t left = piece->n_samples - at, n = left < SB_CLIP_BLOCK ? left : SB_CLIP_BLOCK;
        status = sb_clip_spool_read(spool, planes, at, n, err);
        if (status)
            return status;
        interleave(piece->samples ? piece->samples + at * channels : block, memory, channels, n);
        if (!piece->samples)
            status = append_to_file(piece, store, block, at, n, err);
    }
    return status;
}

sb_status sb_piece_put(sb_stored_piece *out, sb_piece_store *store, sb_clip_spool *spool, sb_error *err)
{
    *out = (sb_stored_piece){.channels = spool->channels, .n_samples = spool->n_samples};
    float *memory = malloc(2 * sizeof(float) * SB_CLIP_BLOCK * (size_t)spool->channels);
    if (!memory)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    pthread_mutex_lock(&store->lock);
    sb_status status = reserve(out, store, err);
    pthread_mutex_unlock(&store->lock);
    if (!status)
        status = copy(out, store, spool, memory, err);
    free(memory);
    if (status)
        sb_piece_finish(out);
    return status;
}

static sb_status read_file(const sb_stored_piece *piece, sb_piece_store *store, float *out, size_t at,
                           size_t n, sb_error *err)
{
    size_t frame = sizeof(float) * (size_t)piece->channels;
    pthread_mutex_lock(&store->lock);
    bool ok = fseeko(store->file, (off_t)(piece->at + (int64_t)(at * frame)), SEEK_SET) == 0 &&
              fread(out, frame, n, store->file) == n;
    sb_status status = ok ? SB_OK : fail_io(err);
    pthread_mutex_unlock(&store->lock);
    return status;
}

sb_status sb_piece_read(const sb_stored_piece *piece, sb_piece_store *store, float *const *planes, size_t at,
                        size_t n, sb_error *err)
{
    size_t channels = (size_t)piece->channels;
    const float *from = piece->samples ? piece->samples + at * channels : NULL;
    float *block = NULL;
    if (!piece->samples) {
        from = block = malloc(sizeof *block * n * channels + 1);
        sb_status status = block ? read_file(piece, store, block, at, n, err)
                                 : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
        if (status) {
            free(block);
            return status;
        }
    }
    for (size_t c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            planes[c][i] = from[i * channels + c];
    free(block);
    return SB_OK;
}
