#include "clip/render/render.h"

#include <stdio.h>
#include <stdlib.h>

bool sb_clip_run_cancelled(sb_clip_run *run)
{
    if (!run->monitor || !run->monitor->cancelled)
        return false;
    pthread_mutex_lock(&run->lock);
    bool cancelled = run->monitor->cancelled(run->monitor->user);
    pthread_mutex_unlock(&run->lock);
    return cancelled;
}

void sb_clip_run_done(sb_clip_run *run, sb_clip_job *job, sb_status status, const sb_error *err)
{
    job->result->status = status;
    job->result->error = *err;
    if (status)
        sb_error_set_file(&job->result->error, job->request->path);
    sb_clip_surroundings_finish(&job->around);
    pthread_mutex_lock(&run->lock);
    run->n_done++;
    if (run->call->done)
        run->call->done(run->call->done_user, job->result);
    if (run->monitor && run->monitor->progress)
        run->monitor->progress(run->monitor->user, "clip", (double)run->n_done, (double)run->n_total);
    pthread_mutex_unlock(&run->lock);
}

static int by_position(const void *a, const void *b, int64_t (*position)(const sb_clip_job *))
{
    const sb_clip_job *left = *(sb_clip_job *const *)a, *right = *(sb_clip_job *const *)b;
    int64_t l = position(left), r = position(right);
    if (l != r)
        return l < r ? -1 : 1;
    return left < right ? -1 : 1;
}

static int64_t cut_start(const sb_clip_job *job)
{
    return job->result->start_sample;
}

static int by_cut(const void *a, const void *b)
{
    return by_position(a, b, cut_start);
}

static int by_first_sample(const void *a, const void *b)
{
    return by_position(a, b, sb_clip_job_first);
}

void sb_clip_run_sort_cuts(sb_clip_job **jobs, size_t n)
{
    if (n)
        qsort(jobs, n, sizeof *jobs, by_cut);
}

void sb_clip_run_sort(sb_clip_job **jobs, size_t n)
{
    if (n)
        qsort(jobs, n, sizeof *jobs, by_first_sample);
}
