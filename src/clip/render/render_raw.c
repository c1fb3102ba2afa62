#include "clip/clip.h"
#include "clip/edit/edit.h"
#include "clip/montage/montage.h"

#include <stdlib.h>

bool sb_clip_job_needs_raw(const sb_clip_job *job)
{
    return job->request->montage != NULL || job->params->drop;
}

static sb_status push_raw(sb_clip_job *job, sb_clip_sound *sound, sb_error *err)
{
    float *planes[64], *memory = malloc(sizeof *memory * SB_CLIP_BLOCK * (size_t)job->shape.channels_in);
    sb_status status = memory ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (int c = 0; memory && c < job->shape.channels_in; c++)
        planes[c] = memory + (size_t)c * SB_CLIP_BLOCK;
    for (size_t at = 0; !status && at < job->raw.n_samples; at += SB_CLIP_BLOCK) {
        size_t left = job->raw.n_samples - at, n = left < SB_CLIP_BLOCK ? left : SB_CLIP_BLOCK;
        status = sb_clip_spool_read(&job->raw, planes, at, n, err);
        if (!status)
            status = sb_clip_sound_push(sound, (const float *const *)planes, n, err);
    }
    free(memory);
    return status;
}

static sb_status write_clip(sb_clip_job *job, sb_error *err)
{
    sb_clip_sound sound = {0};
    sb_status status = sb_clip_sound_init(&sound, &job->shape, err);
    if (!status)
        status = push_raw(job, &sound, err);
    int64_t n_got = (int64_t)job->raw.n_samples;
    sb_clip_spool_finish(&job->raw);
    if (!status)
        status = sb_clip_sound_end(&sound, err);
    if (!status)
        status = sb_clip_job_write(job, &sound, n_got, err);
    sb_clip_sound_finish(&sound);
    return status;
}

sb_status sb_clip_job_render_raw(sb_clip_job *job, sb_error *err)
{
    sb_status status = SB_OK;
    if (job->params->drop)
        status = sb_clip_job_drop(job, err);
    if (!status && job->request->montage)
        status = sb_montage_take(job->request->montage, job, err);
    if (!status)
        status = job->request->path ? write_clip(job, err)
                                    : sb_clip_job_note_end(job, (int64_t)job->raw.n_samples, err);
    if (status && job->request->montage)
        sb_montage_leave_out(job->request->montage, job->request->part);
    sb_spoken_finish(&job->spoken);
    free(job->splices);
    job->splices = NULL;
    job->n_splices = 0;
    sb_clip_spool_finish(&job->raw);
    return status;
}
