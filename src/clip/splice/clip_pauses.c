#include "clip/splice/splice.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#define MARGIN        (20 * SB_TIME_MS) /* words decay slowly, and their edges are not exact */
#define TONE_SECONDS  4
#define LEAST_TONE_MS 60

static void add_span(sb_sample_span *spans, size_t *n, const sb_clip_job *job, sb_time from, sb_time until)
{
    const sb_clip_result *result = job->result;
    int64_t start = sb_time_to_samples(from, result->source_rate) - result->start_sample;
    int64_t end = sb_time_to_samples(until, result->source_rate) - result->start_sample;
    int64_t length = result->end_sample - result->start_sample;
    start = start < 0 ? 0 : start;
    end = end > length ? length : end;
    if (end > start)
        spans[(*n)++] = (sb_sample_span){(size_t)start, (size_t)end};
}

sb_status sb_clip_pauses_find(sb_sample_span **out, size_t *n, const sb_clip_job *job, sb_error *err)
{
    const sb_alignment *a = job->source->alignment;
    const sb_cut *cut = &job->result->cut;
    *n = 0;
    *out = calloc(a->n_speech + 3, sizeof **out);
    if (!*out)
        return sb_error_memory(err, "editing a clip");
    add_span(*out, n, job, cut->speech.end + MARGIN, cut->span.end);
    add_span(*out, n, job, cut->span.start, cut->speech.start - MARGIN);
    for (size_t i = 0; i + 1 < a->n_speech; i++)
        if (a->speech[i].end > cut->speech.start && a->speech[i + 1].start < cut->speech.end)
            add_span(*out, n, job, a->speech[i].end + MARGIN, a->speech[i + 1].start - MARGIN);
    return SB_OK;
}

/* Chooses as many as needed and returns their total length. */
static size_t choose_pauses(sb_sample_span *out, size_t *n_out, const sb_sample_span *quiet, size_t n,
                            size_t most, size_t length)
{
    size_t total = 0;
    *n_out = 0;
    for (size_t i = 0; i < n && total < most; i++) {
        sb_sample_span q = quiet[i];
        q.end = q.end < length ? q.end : length;
        if (q.end > q.start + most - total)
            q.end = q.start + most - total;
        if (q.end <= q.start)
            continue;
        total += q.end - q.start;
        out[(*n_out)++] = q;
    }
    return total;
}

static sb_status gather(sb_clip_spool *spool, float **planes, sb_sample_span *spans, size_t n, sb_error *err)
{
    float *moved[SB_CHANNELS_MAX];
    size_t filled = 0;
    sb_status status = SB_OK;
    for (size_t i = 0; !status && i < n; i++) {
        size_t length = spans[i].end - spans[i].start;
        for (int c = 0; c < spool->channels; c++)
            moved[c] = planes[c] + filled;
        status = sb_clip_spool_read(spool, moved, spans[i].start, length, err);
        spans[i] = (sb_sample_span){filled, filled + length};
        filled += length;
    }
    return status;
}

sb_status sb_clip_pauses_tone(sb_room_tone **out, sb_clip_spool *spool, int rate, const sb_sample_span *quiet,
                              size_t n, sb_error *err)
{
    *out = NULL;
    size_t n_chosen = 0, most = (size_t)rate * TONE_SECONDS;
    sb_sample_span *chosen = calloc(n + 1, sizeof *chosen);
    if (!chosen)
        return sb_error_memory(err, "editing a clip");
    size_t total = choose_pauses(chosen, &n_chosen, quiet, n, most, spool->n_samples);
    sb_status status = SB_OK;
    if (total >= (size_t)rate * LEAST_TONE_MS / 1000) {
        float **planes = sb_planes_alloc(spool->channels, total);
        status =
            planes ? gather(spool, planes, chosen, n_chosen, err) : sb_error_memory(err, "editing a clip");
        if (!status)
            status = sb_room_tone_make(out, (const float *const *)planes, total, spool->channels, rate,
                                       chosen, n_chosen, err);
        sb_planes_free(planes);
    }
    free(chosen);
    return status;
}
