#include "clip/clip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static sb_status fail_io(sb_error *err)
{
    return sb_error_set(err, SB_ERR_IO,
                        "the temporary file of a long clip cannot be written (%s); free some space",
                        strerror(errno));
}

sb_status sb_clip_spool_init(sb_clip_spool *spool, int channels, size_t capacity, bool in_memory,
                             sb_error *err)
{
    size_t frame = sizeof(float) * (size_t)channels;
    *spool = (sb_clip_spool){.channels = channels, .capacity = capacity};
    if (in_memory) {
        spool->samples = capacity < SIZE_MAX / frame ? malloc(capacity * frame + 1) : NULL;
        return spool->samples ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    }
    spool->block = malloc(SB_CLIP_BLOCK * frame);
    if (!spool->block)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    spool->file = tmpfile();
    return spool->file ? SB_OK : fail_io(err);
}

void sb_clip_spool_finish(sb_clip_spool *spool)
{
    if (spool->file)
        fclose(spool->file);
    free(spool->samples);
    free(spool->block);
    *spool = (sb_clip_spool){0};
}

static void interleave(float *out, const float *const *planes, int channels, size_t from, size_t n)
{
    for (int c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            out[i * (size_t)channels + (size_t)c] = planes[c][from + i];
}

static sb_status append_to_file(sb_clip_spool *spool, const float *const *planes, size_t n, sb_error *err)
{
    for (size_t done = 0; done < n;) {
        size_t part = n - done < SB_CLIP_BLOCK ? n - done : SB_CLIP_BLOCK;
        interleave(spool->block, planes, spool->channels, done, part);
        if (fwrite(spool->block, sizeof(float) * (size_t)spool->channels, part, spool->file) != part)
            return fail_io(err);
        done += part;
    }
    return SB_OK;
}

sb_status sb_clip_spool_append(sb_clip_spool *spool, const float *const *planes, size_t n, sb_error *err)
{
    if (n > spool->capacity - spool->n_samples)
        n = spool->capacity - spool->n_samples;
    size_t at = spool->n_samples * (size_t)spool->channels;
    spool->n_samples += n;
    if (spool->file)
        return append_to_file(spool, planes, n, err);
    interleave(spool->samples + at, planes, spool->channels, 0, n);
    return SB_OK;
}

sb_status sb_clip_spool_read(sb_clip_spool *spool, float *const *planes, size_t at, size_t n, sb_error *err)
{
    size_t channels = (size_t)spool->channels, frame = sizeof(float) * channels;
    const float *from = spool->samples + (spool->file ? 0 : at * channels);
    if (spool->file) {
        if (fseeko(spool->file, (off_t)(at * frame), SEEK_SET) != 0 ||
            fread(spool->block, frame, n, spool->file) != n)
            return fail_io(err);
        from = spool->block;
    }
    for (size_t c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            planes[c][i] = from[i * channels + c];
    return SB_OK;
}
