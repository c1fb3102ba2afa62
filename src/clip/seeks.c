#include "clip/render.h"

#include "base/parallel.h"

static sb_status take_span(sb_clip_job *job, sb_decoder *decoder, sb_clip_sound *sound, int64_t *n_got,
                           sb_error *err)
{
    *n_got = 0;
    while (*n_got < job->shape.n_in) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status || block.n_samples == 0)
            return status;
        int64_t left = job->shape.n_in - *n_got;
        size_t n = (int64_t)block.n_samples < left ? block.n_samples : (size_t)left;
        status = sb_clip_sound_push(sound, block.planes, n, err);
        if (status)
            return status;
        *n_got += (int64_t)n;
    }
    return SB_OK;
}

static sb_status render_one(sb_clip_run *run, sb_clip_job *job, sb_error *err)
{
    sb_clip_sound sound = {0};
    sb_decoder *decoder = NULL;
    int64_t n_got;
    sb_media_params params = SB_MEDIA_PARAMS_DEFAULT;
    params.stream = job->source->info->stream;
    params.monitor = &run->cancel;
    sb_status status = sb_decoder_open(&decoder, run->audio_path, &params, err);
    if (!status)
        status = sb_decoder_seek(decoder, job->result->start_sample, run->seek_safe, err);
    if (!status)
        status = sb_clip_sound_init(&sound, &job->shape, err);
    if (!status)
        status = take_span(job, decoder, &sound, &n_got, err);
    if (!status)
        status = sb_clip_job_note_damage(job, sb_decoder_report(decoder), err);
    sb_decoder_free(&decoder);
    if (!status)
        status = sb_clip_sound_end(&sound, err);
    if (!status)
        status = sb_clip_job_write(job, &sound, n_got, err);
    sb_clip_sound_finish(&sound);
    return status;
}

static void work(void *user, size_t index)
{
    sb_clip_run *run = user;
    sb_error err = {0};
    if (sb_clip_run_cancelled(run))
        return;
    sb_status status = render_one(run, run->jobs[index], &err);
    sb_clip_run_done(run, run->jobs[index], status, &err);
}

void sb_clip_run_seeks(sb_clip_run *run)
{
    sb_parallel_for(run->n_jobs, run->n_threads, work, run);
}
