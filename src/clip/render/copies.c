#include "clip/render/render.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "clip/certify/certify.h"
#include "clip/naming/naming.h"

#include "media/media.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct copy_job {
    sb_clip_job *job;
    sb_output *output;
    sb_clip_tags tags;
} copy_job;

/* Returns the end of the last word or speech that begins before `before`, but at most `before`. */
static sb_time sound_before(const sb_alignment *a, sb_time before)
{
    sb_time last = 0;
    for (size_t i = 0; i < a->n_speech && a->speech[i].start < before; i++)
        last = a->speech[i].end > last ? a->speech[i].end : last;
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            if (word->start != SB_TIME_NONE && word->start < before && word->end > last)
                last = word->end;
        }
    return last < before ? last : before;
}

static sb_time sound_after(const sb_alignment *a, sb_time after)
{
    sb_time first = INT64_MAX;
    for (size_t i = a->n_speech; i-- > 0 && a->speech[i].end > after;)
        first = a->speech[i].start < first ? a->speech[i].start : first;
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            if (word->end != SB_TIME_NONE && word->end > after && word->start < first)
                first = word->start;
        }
    return first > after ? first : after;
}

static sb_copy_span plan(const copy_job *c)
{
    const sb_clip_result *r = c->job->result;
    const sb_alignment *a = c->job->source->alignment;
    int64_t last = a->audio.duration > 0 ? sb_time_to_samples(a->audio.duration, r->source_rate) : INT64_MAX;
    sb_time after = sound_after(a, r->cut.span.end);
    sb_copy_span span = {.start = r->start_sample,
                         .end = r->end_sample < last ? r->end_sample : last,
                         .quiet_from = sb_time_to_samples(sound_before(a, r->cut.span.start), r->source_rate),
                         .speech_start = sb_time_to_samples(r->cut.speech.start, r->source_rate),
                         .speech_end = sb_time_to_samples(r->cut.speech.end, r->source_rate),
                         .quiet_until =
                             after == INT64_MAX ? after : sb_time_to_samples(after, r->source_rate),
                         .extension = sb_path_extension(c->job->request->path),
                         .output = c->output,
                         .tags = c->tags.items,
                         .n_tags = SB_CLIP_N_TAGS};
    return span;
}

static double ms(int64_t n_samples, int rate)
{
    return (double)n_samples * 1000 / rate;
}

static sb_status warn_of_neighbours(sb_clip_result *r, const sb_copy_span *span, sb_error *err)
{
    sb_status status = SB_OK;
    if (span->got_start < span->quiet_from && span->got_start < span->start)
        status = sb_clip_result_warn(
            r, err,
            "its first packet begins %.0f ms before the end of the speech before it; listen to the start",
            ms(span->quiet_from - span->got_start, r->source_rate));
    if (!status && span->got_end > span->quiet_until && span->got_end > span->end)
        status = sb_clip_result_warn(
            r, err, "its last packet ends %.0f ms after the start of the speech after it; listen to the end",
            ms(span->got_end - span->quiet_until, r->source_rate));
    return status;
}

/* At this point the result has the requested cut. */
static sb_status state_edges(sb_clip_result *r, const sb_copy_span *span, sb_error *err)
{
    double start = ms(span->got_start - r->start_sample, r->source_rate);
    double end = ms(span->got_end - r->end_sample, r->source_rate);
    if (!span->hidden_before && !span->hidden_after)
        return sb_clip_result_warn(r, err,
                                   "copied: begins %+.1f ms and ends %+.1f ms from the requested cut; encode "
                                   "the clip for an exact cut",
                                   start, end);
    return sb_clip_result_warn(
        r, err,
        "copied: begins %+.1f ms and ends %+.1f ms from the requested cut; a player that ignores the delay "
        "in its header plays %.0f ms more before and %.0f ms more after; encode the clip for an exact cut",
        start, end, ms(span->hidden_before, r->source_rate), ms(span->hidden_after, r->source_rate));
}

static sb_status warn_of_end(sb_clip_result *r, const sb_copy_span *span, sb_error *err)
{
    return span->got_end < span->end && span->got_end < span->speech_end
               ? sb_clip_result_warn(
                     r, err, "the clip is cut short because the audio ends; check that the audio is complete")
               : SB_OK;
}

static sb_status note_edges(copy_job *c, const sb_copy_span *span, sb_error *err)
{
    sb_clip_result *r = c->job->result;
    sb_status status = state_edges(r, span, err);
    if (!status)
        status = warn_of_neighbours(r, span, err);
    if (!status)
        status = warn_of_end(r, span, err);
    r->start_sample = span->got_start;
    r->end_sample = span->got_end;
    r->cut.span.start = sb_time_from_samples(span->got_start, r->source_rate);
    r->cut.span.end = sb_time_from_samples(span->got_end, r->source_rate);
    r->cut.fade_in = r->cut.fade_out = 0;
    r->length = r->cut.span.end - r->cut.span.start;
    r->lead = r->cut.speech.start - r->cut.span.start;
    r->tail = r->cut.span.end - r->cut.speech.end;
    return status;
}

static sb_status open_output(copy_job *c, sb_error *err)
{
    sb_clip_tags_make(&c->tags, c->job);
    if (c->job->source->call->dry_run)
        return SB_OK;
    return sb_clip_output_open(&c->output, c->job->request->folder, c->job->request->path,
                               c->job->source->call->overwrite, err);
}

/* Decodes the source around the edges that the packets give. */
static sb_status decode_surroundings(const sb_clip_run *run, sb_clip_job *job, sb_error *err)
{
    const sb_clip_result *r = job->result;
    sb_decoder *decoder = NULL;
    sb_media_params media = {
        .stream = job->source->info->stream, .has_stream = true, .monitor = job->source->cancel};
    sb_clip_surroundings_init(&job->around, r->start_sample, r->end_sample, r->source_rate);
    sb_status status = sb_decoder_open(&decoder, run->audio_path, &media, err);
    if (!status)
        status = sb_decoder_seek(decoder, sb_clip_job_first(job), true, err);
    for (int64_t at = 0; !status && at < sb_clip_job_end(job);) {
        sb_pcm block;
        status = sb_decoder_read(decoder, &block, err);
        if (status || block.n_samples == 0)
            break;
        status = sb_clip_surroundings_push(&job->around, &block, err);
        at = block.first_sample + (int64_t)block.n_samples;
    }
    sb_decoder_free(&decoder);
    return status;
}

static sb_status hear_again(const sb_clip_run *run, copy_job *c, sb_error *err)
{
    sb_remeasured heard;
    sb_clip_result *r = c->job->result;
    const char *path = c->output ? sb_output_temporary(c->output) : NULL;
    if (!path)
        return SB_OK;
    sb_status status =
        sb_remeasure(&heard, path, sb_loudness_kind_of(r->end_sample - r->start_sample, r->source_rate),
                     c->job->around.wanted, c->job->source->cancel, err);
    if (status)
        return status;
    r->loudness_lufs = heard.lufs;
    r->true_peak_db = heard.true_peak_db;
    if (c->job->around.wanted)
        status = decode_surroundings(run, c->job, err);
    if (!status && c->job->around.wanted)
        status = sb_clip_certify(c->job, &heard, err);
    sb_remeasured_finish(&heard);
    return status;
}

/* Commits the copy and its captions, or neither. */
static sb_status commit_files(copy_job *c, sb_error *err)
{
    sb_caption_files captions;
    sb_status status = sb_caption_files_of_job(&captions, c->job, c->job->result->length, err);
    if (!status)
        status = sb_output_commit(&c->output, err);
    if (!status) {
        status = sb_caption_files_commit(&captions, err);
        if (status)
            remove(c->job->request->path);
    }
    sb_caption_files_abort(&captions);
    return status;
}

static sb_status commit(copy_job *c, sb_error *err)
{
    struct stat st;
    const char *path = c->job->request->path;
    sb_status status = c->output ? commit_files(c, err) : SB_OK;
    if (!status && !c->job->source->call->dry_run && stat(path, &st) == 0 && S_ISREG(st.st_mode))
        status = sb_file_sha256(c->job->result->sha256, path, err);
    return status;
}

static void end_job(sb_clip_run *run, copy_job *c, const sb_copy_span *span)
{
    sb_error err = span->error;
    sb_status status = span->status;
    if (!status)
        status = note_edges(c, span, &err);
    if (!status)
        status = hear_again(run, c, &err);
    if (!status)
        status = commit(c, &err);
    sb_output_abort(&c->output);
    sb_clip_run_done(run, c->job, status, &err);
}

static void copy_some(sb_clip_run *run, copy_job *copies, sb_clip_job **jobs, size_t n)
{
    sb_copy_span spans[SB_COPY_AT_ONCE];
    size_t n_open = 0;
    sb_error err = {0};
    for (size_t i = 0; i < n; i++) {
        copy_job *c = &copies[n_open];
        *c = (copy_job){.job = jobs[i]};
        sb_error reason = {0};
        sb_status status = open_output(c, &reason);
        if (status)
            sb_clip_run_done(run, c->job, status, &reason);
        else
            n_open++;
    }
    for (size_t i = 0; i < n_open; i++)
        spans[i] = plan(&copies[i]);
    sb_media_params media = {
        .stream = jobs[0]->source->info->stream, .has_stream = true, .monitor = &run->cancel};
    if (n_open)
        sb_copy_spans(spans, n_open, run->audio_path, &media, &err);
    for (size_t i = 0; i < n_open; i++)
        end_job(run, &copies[i], &spans[i]);
}

void sb_clip_run_copies(sb_clip_run *run, sb_clip_job **jobs, size_t n)
{
    if (n == 0)
        return;
    copy_job *copies = malloc(sizeof *copies * SB_COPY_AT_ONCE);
    sb_error err = {0};
    sb_clip_run_sort_cuts(jobs, n);
    for (size_t at = 0; at < n; at += SB_COPY_AT_ONCE) {
        size_t some = n - at < SB_COPY_AT_ONCE ? n - at : SB_COPY_AT_ONCE;
        if (copies) {
            copy_some(run, copies, jobs + at, some);
            continue;
        }
        sb_error_memory(&err, "cutting clips");
        for (size_t i = at; i < at + some; i++)
            sb_clip_run_done(run, jobs[i], SB_ERR_MEMORY, &err);
    }
    free(copies);
}
