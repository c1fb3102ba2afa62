#include "clip/sound/sound.h"

#include "base/file/open.h"
#include "base/run/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STORE_LIMIT ((size_t)64 << 20) /* bytes that a store keeps in memory */

static sb_status fail_io(sb_error *err)
{
    return sb_error_set(err, SB_ERR_IO,
                        "the temporary file for long sound cannot be written (%s); free some space",
                        strerror(errno));
}

void sb_clip_store_init(sb_clip_store *store)
{
    *store = (sb_clip_store){0};
    pthread_mutex_init(&store->lock, NULL);
}

void sb_clip_store_finish(sb_clip_store *store)
{
    if (store->file)
        fclose(store->file);
    pthread_mutex_destroy(&store->lock);
}

static size_t frame_bytes(const sb_clip_spool *spool)
{
    return sizeof(float) * (size_t)spool->channels;
}

static sb_status open_memory(sb_clip_spool *spool, sb_error *err)
{
    size_t frame = frame_bytes(spool);
    spool->samples = spool->capacity < SIZE_MAX / frame ? malloc(spool->capacity * frame + 1) : NULL;
    return spool->samples ? SB_OK : sb_error_memory(err, "cutting clips");
}

static sb_status open_file(sb_clip_spool *spool, FILE **file, sb_error *err)
{
    spool->block = malloc(SB_CLIP_BLOCK * frame_bytes(spool));
    if (!spool->block)
        return sb_error_memory(err, "cutting clips");
    if (!*file)
        *file = sb_unnamed_file();
    spool->file = *file;
    return spool->file ? SB_OK : fail_io(err);
}

sb_status sb_clip_spool_init(sb_clip_spool *spool, int channels, size_t capacity, bool in_memory,
                             sb_error *err)
{
    *spool = (sb_clip_spool){.channels = channels, .capacity = capacity};
    return in_memory ? open_memory(spool, err) : open_file(spool, &spool->file, err);
}

void sb_clip_spool_finish(sb_clip_spool *spool)
{
    if (spool->file && !spool->store)
        fclose(spool->file);
    free(spool->samples);
    free(spool->block);
    *spool = (sb_clip_spool){0};
}

static sb_status open_in_store(sb_clip_spool *spool, sb_clip_store *store, sb_error *err)
{
    size_t bytes = frame_bytes(spool) * spool->capacity;
    spool->store = store;
    pthread_mutex_lock(&store->lock);
    bool in_memory = bytes <= STORE_LIMIT - store->in_memory;
    sb_status status = in_memory ? open_memory(spool, err) : open_file(spool, &store->file, err);
    if (!status && in_memory) {
        store->in_memory += bytes;
    } else if (!status) {
        spool->at = store->file_size;
        store->file_size += (int64_t)bytes;
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}

/* Reads or writes `n` samples, at most a block, at position `at` of the file. */
static sb_status move_block(sb_clip_spool *spool, size_t at, size_t n, bool writes, sb_error *err)
{
    size_t frame = frame_bytes(spool);
    if (spool->store)
        pthread_mutex_lock(&spool->store->lock);
    bool ok = fseeko(spool->file, (off_t)(spool->at + (int64_t)(at * frame)), SEEK_SET) == 0;
    if (ok)
        ok = (writes ? fwrite(spool->block, frame, n, spool->file)
                     : fread(spool->block, frame, n, spool->file)) == n;
    sb_status status = ok ? SB_OK : fail_io(err);
    if (spool->store)
        pthread_mutex_unlock(&spool->store->lock);
    return status;
}

sb_status sb_clip_spool_append(sb_clip_spool *spool, const float *const *planes, size_t n, sb_error *err)
{
    if (n > spool->capacity - spool->n_samples)
        n = spool->capacity - spool->n_samples;
    size_t at = spool->n_samples;
    spool->n_samples += n;
    if (spool->samples)
        sb_interleave(spool->samples + at * (size_t)spool->channels, planes, spool->channels, 0, n);
    sb_status status = SB_OK;
    for (size_t done = 0, part; !spool->samples && !status && done < n; done += part) {
        part = n - done < SB_CLIP_BLOCK ? n - done : SB_CLIP_BLOCK;
        sb_interleave(spool->block, planes, spool->channels, done, part);
        status = move_block(spool, at + done, part, true, err);
    }
    return status;
}

sb_status sb_clip_spool_read(sb_clip_spool *spool, float *const *planes, size_t at, size_t n, sb_error *err)
{
    if (spool->samples)
        sb_deinterleave(planes, 0, spool->samples + at * (size_t)spool->channels, spool->channels, n);
    sb_status status = SB_OK;
    for (size_t done = 0, part; !spool->samples && !status && done < n; done += part) {
        part = n - done < SB_CLIP_BLOCK ? n - done : SB_CLIP_BLOCK;
        status = move_block(spool, at + done, part, false, err);
        if (!status)
            sb_deinterleave(planes, done, spool->block, spool->channels, part);
    }
    return status;
}

sb_status sb_clip_spool_copy(sb_clip_spool *out, sb_clip_store *store, sb_clip_spool *from, sb_error *err)
{
    *out = (sb_clip_spool){.channels = from->channels, .capacity = from->n_samples};
    float **planes = sb_planes_alloc(from->channels, SB_CLIP_BLOCK);
    sb_status status = planes ? open_in_store(out, store, err) : sb_error_memory(err, "cutting clips");
    for (size_t at = 0, n; !status && at < from->n_samples; at += n) {
        n = from->n_samples - at < SB_CLIP_BLOCK ? from->n_samples - at : SB_CLIP_BLOCK;
        status = sb_clip_spool_read(from, planes, at, n, err);
        if (!status)
            status = sb_clip_spool_append(out, (const float *const *)planes, n, err);
    }
    sb_planes_free(planes);
    if (status)
        sb_clip_spool_finish(out);
    return status;
}
