#include "clip/render/render.h"

#include "base/run/run.h"

static sb_status take_span(sb_clip_job *job, sb_decoder *decoder, sb_clip_sound *sound, int64_t *n_got,
                           sb_error *err)
{
    int64_t end = sb_clip_job_end(job), at = sb_clip_job_first(job);
    *n_got = 0;
    while (at < end) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status || block.n_samples == 0)
            return status;
        status = sb_clip_job_take(job, sound, &block, n_got, err);
        if (status)
            return status;
        at = block.first_sample + (int64_t)block.n_samples;
    }
    return SB_OK;
}

static sb_status open_at_start(sb_decoder **out, sb_clip_run *run, const sb_clip_job *job, sb_error *err)
{
    sb_media_params params = {
        .stream = job->source->info->stream, .has_stream = true, .monitor = &run->cancel};
    sb_status status = sb_decoder_open(out, run->audio_path, &params, err);
    return status ? status : sb_decoder_seek(*out, sb_clip_job_first(job), run->seek_safe, err);
}

static sb_status render_collected(sb_clip_run *run, sb_clip_job *job, sb_error *err)
{
    sb_decoder *decoder = NULL;
    int64_t n_got;
    sb_status status = open_at_start(&decoder, run, job, err);
    if (!status)
        status = sb_clip_spool_init(&job->raw, job->shape.channels_in, (size_t)job->shape.n_in,
                                    sb_clip_job_bytes(job) <= SB_CLIP_MEMORY / (size_t)run->n_threads, err);
    if (!status)
        status = take_span(job, decoder, NULL, &n_got, err);
    if (!status)
        status = sb_clip_job_note_damage(job, sb_decoder_report(decoder), err);
    sb_decoder_free(&decoder);
    if (!status)
        status = sb_clip_job_render_raw(job, err);
    sb_clip_spool_finish(&job->raw);
    return status;
}

static sb_status render_streamed(sb_clip_run *run, sb_clip_job *job, sb_error *err)
{
    sb_clip_sound sound = {0};
    sb_decoder *decoder = NULL;
    int64_t n_got;
    sb_status status = open_at_start(&decoder, run, job, err);
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

static void seek_clip_job(void *user, size_t index)
{
    sb_clip_run *run = user;
    sb_error err = {0};
    if (sb_clip_run_cancelled(run))
        return;
    sb_clip_job *job = run->jobs[index];
    sb_status status =
        sb_clip_job_needs_raw(job) ? render_collected(run, job, &err) : render_streamed(run, job, &err);
    sb_clip_run_done(run, job, status, &err);
}

void sb_clip_run_seeks(sb_clip_run *run)
{
    sb_parallel_for(run->n_jobs, run->n_threads, seek_clip_job, run);
}
