#include "clip/render/render.h"

#include "base/run/run.h"

#define MEMORY_LIMIT ((size_t)64 << 20) /* of collected sound */

/* Adds the part of the block that is in the cut. If `sound` is NULL, it goes to the job's spool. */
static sb_status push_part(sb_clip_job *job, sb_clip_sound *sound, const sb_pcm *block, int64_t *n_pushed,
                           sb_error *err)
{
    int64_t start = job->result->start_sample, end = start + job->shape.n_in;
    int64_t from = block->first_sample > start ? block->first_sample : start;
    int64_t until = block->first_sample + (int64_t)block->n_samples;
    until = until < end ? until : end;
    if (from >= until)
        return SB_OK;
    const float *at[64];
    for (int c = 0; c < block->channels; c++)
        at[c] = block->planes[c] + (from - block->first_sample);
    *n_pushed += until - from;
    size_t n = (size_t)(until - from);
    return sound ? sb_clip_sound_push(sound, at, n, err) : sb_clip_spool_append(&job->raw, at, n, err);
}

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
        status = sb_clip_surroundings_push(&job->around, &block, err);
        if (!status)
            status = push_part(job, sound, &block, n_got, err);
        if (status)
            return status;
        at = block.first_sample + (int64_t)block.n_samples;
    }
    return SB_OK;
}

/* Opens the file at the start of the clip. */
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
    size_t bytes = (size_t)job->shape.n_in * sizeof(float) * (size_t)job->shape.channels_in;
    sb_status status = open_at_start(&decoder, run, job, err);
    if (!status)
        status = sb_clip_spool_init(&job->raw, job->shape.channels_in, (size_t)job->shape.n_in,
                                    bytes <= MEMORY_LIMIT / (size_t)run->n_threads, err);
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

static void work(void *user, size_t index)
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
    sb_parallel_for(run->n_jobs, run->n_threads, work, run);
}
