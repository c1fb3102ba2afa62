#include "alignment/alignment.h"
#include "clip/clip.h"
#include "clip/edit/edit.h"
#include "clip/montage/montage.h"
#include "clip/render/render.h"

#include <stdlib.h>

bool sb_clip_job_needs_raw(const sb_clip_job *job)
{
    return job->request->montage != NULL || job->params->drop;
}

size_t sb_clip_job_bytes(const sb_clip_job *job)
{
    return (size_t)job->shape.n_in * sizeof(float) * (size_t)job->shape.channels_in;
}

sb_status sb_clip_job_take(sb_clip_job *job, sb_clip_sound *sound, const sb_pcm *block, int64_t *n_taken,
                           sb_error *err)
{
    const float *part[SB_CHANNELS_MAX];
    int64_t at;
    size_t n = sb_pcm_part(part, &at, block, job->result->start_sample, job->result->end_sample);
    sb_status status = sb_clip_surroundings_push(&job->around, block, err);
    if (status || n == 0)
        return status;
    *n_taken += (int64_t)n;
    return sound ? sb_clip_sound_push(sound, part, n, err) : sb_clip_spool_append(&job->raw, part, n, err);
}

static sb_status write_clip(sb_clip_job *job, sb_error *err)
{
    sb_clip_sound sound = {0};
    sb_status status = sb_clip_sound_init(&sound, &job->shape, err);
    if (!status)
        status = sb_clip_sound_fill(&sound, &job->raw, err);
    int64_t n_got = (int64_t)job->raw.n_samples;
    sb_clip_spool_finish(&job->raw);
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
