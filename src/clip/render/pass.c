#include "clip/render/render.h"

#include "base/run/run.h"

#include <stdlib.h>

/* The clips sorted by start: [0, first) are written; [first, open) are collecting sound or waiting. */
typedef struct pass {
    sb_clip_run *run;
    size_t first, open;
    size_t memory;       /* bytes held in memory */
    sb_clip_job **ready; /* complete but not written */
    size_t n_ready;
} pass;

static void write_clip_job(void *user, size_t index)
{
    pass *p = user;
    sb_error err = {0};
    if (sb_clip_run_cancelled(p->run))
        return;
    sb_status status = sb_clip_job_render_raw(p->ready[index], &err);
    sb_clip_run_done(p->run, p->ready[index], status, &err);
}

static void write_all_ready(pass *p)
{
    size_t bytes = 0;
    for (size_t i = 0; i < p->n_ready; i++)
        bytes += p->ready[i]->raw.samples ? sb_clip_job_bytes(p->ready[i]) : 0;
    sb_parallel_for(p->n_ready, p->run->n_threads, write_clip_job, p);
    p->memory -= bytes;
    p->n_ready = 0;
}

static void open_job(pass *p, sb_clip_job *job)
{
    sb_error err = {0};
    size_t bytes = sb_clip_job_bytes(job);
    if (bytes > SB_CLIP_MEMORY - p->memory && p->n_ready)
        write_all_ready(p);
    bool in_memory = bytes <= SB_CLIP_MEMORY - p->memory;
    sb_status status =
        sb_clip_spool_init(&job->raw, job->shape.channels_in, (size_t)job->shape.n_in, in_memory, &err);
    if (status) {
        sb_clip_spool_finish(&job->raw);
        sb_clip_run_done(p->run, job, status, &err);
    } else if (in_memory) {
        p->memory += bytes;
    }
}

static void append_block(pass *p, sb_clip_job *job, const sb_pcm *block)
{
    sb_error err = {0};
    int64_t n_taken = 0;
    sb_status status = sb_clip_job_take(job, NULL, block, &n_taken, &err);
    if (!status)
        return;
    sb_clip_spool_finish(&job->raw);
    sb_clip_run_done(p->run, job, status, &err);
}

static bool is_collecting(const sb_clip_job *job)
{
    return job->raw.samples || job->raw.file;
}

static void finish_job(pass *p, sb_clip_job *job, const sb_media_report *report)
{
    sb_error err = {0};
    sb_status status = sb_clip_job_note_damage(job, report, &err);
    if (status)
        sb_clip_run_done(p->run, job, status, &err);
    else
        p->ready[p->n_ready++] = job;
}

/* A finished job is swapped to the front of the window; the order inside the window does not matter. */
static void close_jobs(pass *p, int64_t position, const sb_media_report *report)
{
    for (size_t i = p->first; i < p->open; i++) {
        sb_clip_job *job = p->run->jobs[i];
        if (is_collecting(job) && sb_clip_job_end(job) > position)
            continue;
        p->run->jobs[i] = p->run->jobs[p->first];
        p->run->jobs[p->first++] = job;
        if (is_collecting(job))
            finish_job(p, job, report);
    }
    if (p->n_ready >= (size_t)p->run->n_threads * 2)
        write_all_ready(p);
}

static void take_block(pass *p, const sb_pcm *block, const sb_media_report *report)
{
    int64_t end = block->first_sample + (int64_t)block->n_samples;
    while (p->open < p->run->n_jobs && sb_clip_job_first(p->run->jobs[p->open]) < end)
        open_job(p, p->run->jobs[p->open++]);
    for (size_t i = p->first; i < p->open; i++)
        if (is_collecting(p->run->jobs[i]))
            append_block(p, p->run->jobs[i], block);
    close_jobs(p, end, report);
}

static sb_status read_all(pass *p, sb_decoder *decoder, sb_error *err)
{
    const sb_media_report *report = sb_decoder_report(decoder);
    while (p->first < p->run->n_jobs) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status)
            return status;
        if (block.n_samples == 0)
            break;
        take_block(p, &block, report);
    }
    while (p->open < p->run->n_jobs)
        open_job(p, p->run->jobs[p->open++]);
    close_jobs(p, INT64_MAX, report);
    write_all_ready(p);
    return SB_OK;
}

sb_status sb_clip_run_pass(sb_clip_run *run, sb_decoder *decoder, sb_error *err)
{
    if (run->n_jobs == 0)
        return SB_OK;
    pass p = {.run = run, .ready = malloc(run->n_jobs * sizeof *p.ready)};
    if (!p.ready)
        return sb_error_memory(err, "cutting clips");
    sb_status status = sb_decoder_seek(decoder, sb_clip_job_first(run->jobs[0]), run->seek_safe, err);
    if (!status)
        status = read_all(&p, decoder, err);
    for (size_t i = 0; i < run->n_jobs; i++)
        sb_clip_spool_finish(&run->jobs[i]->raw);
    free(p.ready);
    return status;
}
