#include "clip/render/render.h"
#include "clip/certify/certify.h"

#include "base/run/run.h"
#include "clip/edit/edit.h"
#include "clip/level/level.h"
#include "clip/splice/splice.h"
#include "media/media.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Measured on MP3: opening the file, seeking and the pre-roll of one clip take as long as decoding this many
 * seconds. */
#define SEEK_COST_S 140

static bool decoder_cancelled(void *user)
{
    return sb_clip_run_cancelled(user);
}

/* Of a file larger than SB_AUDIO_HASH_LIMIT only the header is compared. */
static sb_status check_source(char sha256[SB_SHA256_TEXT], const char *path, const sb_alignment *alignment,
                              const sb_render_params *call, sb_error *err)
{
    struct stat st;
    const char *expected = alignment->audio.sha256;
    memcpy(sha256, expected, SB_SHA256_TEXT);
    if (*expected && (call->fits || (stat(path, &st) == 0 && st.st_size > SB_AUDIO_HASH_LIMIT)))
        return SB_OK;
    sb_status status = sb_file_sha256(sha256, path, err);
    if (status || !*expected || strcmp(sha256, expected) == 0)
        return status;
    char packets[SB_SHA256_TEXT];
    if (*alignment->audio.packets && !sb_media_packets(packets, path, call->media, NULL) &&
        !strcmp(packets, alignment->audio.packets))
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_MISMATCH, path, 0, 0,
                           "is not the aligned audio (%s, SHA-256 %.12s... instead of %.12s...); make the "
                           "alignment again, or name the aligned file",
                           alignment->audio.path ? alignment->audio.path : "unnamed", sha256, expected);
}

static sb_status check_facts(const sb_media_info *info, const char *path, const sb_alignment *alignment,
                             sb_error *err)
{
    int rate = alignment->audio.sample_rate, channels = alignment->audio.channels;
    if ((rate && rate != info->sample_rate) || (channels && channels != info->channels))
        return sb_error_set_at(err, SB_ERR_MISMATCH, path, 0, 0,
                               "has %d channels at %d Hz, but the aligned audio %s has %d at %d Hz; make the "
                               "alignment again, or name the aligned file",
                               info->channels, info->sample_rate,
                               alignment->audio.path ? alignment->audio.path : "another file", channels,
                               rate);
    return SB_OK;
}

static bool seeks_are_cheaper(const sb_clip_run *run, int sample_rate)
{
    int64_t seeks = 0, pass = 0, first = INT64_MAX;
    for (size_t i = 0; i < run->n_jobs; i++) {
        const sb_clip_result *result = run->jobs[i]->result;
        seeks += result->end_sample - result->start_sample + (int64_t)SEEK_COST_S * sample_rate;
        pass = result->end_sample > pass ? result->end_sample : pass;
        first = result->start_sample < first ? result->start_sample : first;
    }
    return run->seek_safe && (run->n_jobs == 1 || seeks < pass - first);
}

static sb_status read_references(sb_group_loudness *references, sb_decoder *decoder, sb_error *err)
{
    for (;;) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (!status && block.n_samples == 0)
            return SB_OK;
        if (!status)
            status = sb_group_loudness_push(references, &block, err);
        if (status)
            return status;
    }
}

/* Uses a decoder of its own, because damage is reported by the decoder from which clips are cut. */
static sb_status measure_references(sb_clip_run *run, const sb_media_info *info, sb_error *err)
{
    sb_group_loudness references = {0};
    sb_decoder *decoder = NULL;
    sb_media_params params = {
        .stream = info->stream, .has_stream = true, .microphones = !info->speakers, .monitor = &run->cancel};
    sb_status status = SB_OK;
    for (size_t i = 0; !status && i < run->n_jobs; i++)
        status = sb_group_loudness_add(&references, run->jobs[i], err);
    if (!status && references.n) {
        status = sb_decoder_open(&decoder, run->audio_path, &params, err);
        if (!status)
            status = read_references(&references, decoder, err);
    }
    for (size_t i = 0; !status && i < run->n_jobs; i++)
        sb_group_loudness_settle(&references, run->jobs[i]);
    sb_decoder_free(&decoder);
    sb_group_loudness_finish(&references);
    return status;
}

static sb_status run_jobs(sb_clip_run *run, sb_decoder *decoder, int sample_rate, sb_error *err)
{
    sb_clip_run_sort(run->jobs, run->n_jobs);
    sb_status status = measure_references(run, sb_decoder_info(decoder), err);
    if (!status && seeks_are_cheaper(run, sample_rate))
        sb_clip_run_seeks(run);
    else if (!status)
        status = sb_clip_run_pass(run, decoder, err);
    if (!status && sb_clip_run_cancelled(run))
        status = sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    return status;
}

/* Sets the status of the clips that were not reached before the run ended. */
static void close_results(sb_clip_result *results, size_t n, sb_status status, const sb_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (results[i].status || results[i].sha256[0])
            continue;
        results[i].status = status;
        if (err)
            results[i].error = *err;
    }
}

static void note_damage(sb_notes *notes, const char *path, const sb_media_report *report)
{
    for (size_t i = 0; i < report->n_events; i++)
        if (report->events[i].kind == SB_MEDIA_DAMAGE || report->events[i].kind == SB_MEDIA_TRUNCATED)
            sb_notes_add(notes, path, 0, 0, "%s", report->events[i].text);
}

static size_t add_asked_words(sb_word_range *asked, const sb_clip_source *source, sb_clip_job *const *jobs,
                              size_t n_jobs)
{
    size_t n = 0;
    for (size_t i = 0; i < n_jobs; i++)
        if (jobs[i]->around.wanted && !source->call->dry_run)
            asked[n++] = sb_clip_words_of(source->alignment, jobs[i]->request->match);
    return n;
}

/* Only clips that will be written are checked. */
static sb_status make_rehearer(sb_rehearer **out, const sb_clip_source *source, const sb_clip_run *run,
                               size_t n_copies, sb_error *err)
{
    sb_word_range *asked = calloc(run->n_jobs + n_copies + 1, sizeof *asked);
    *out = NULL;
    if (!asked)
        return sb_error_memory(err, "cutting clips");
    size_t n = add_asked_words(asked, source, run->jobs, run->n_jobs);
    n += add_asked_words(asked + n, source, run->copies, n_copies);
    sb_status status = SB_OK;
    if (n > 0)
        status = sb_rehearer_create(out, source->alignment, asked, n, source->call->acoustic_model,
                                    source->call->dictionary, err);
    free(asked);
    return status;
}

static sb_status render_with(sb_clip_run *run, sb_clip_source *source, sb_clip_job *jobs,
                             sb_clip_result *results, const sb_clip_request *requests, size_t n,
                             sb_notes *notes, sb_error *err)
{
    sb_decoder *decoder = NULL;
    sb_rehearer *rehearer = NULL;
    sb_media_params media = source->call->media ? *source->call->media : (sb_media_params){0};
    media.monitor = &run->cancel;
    media.microphones |= source->alignment->audio.microphones;
    sb_status status = sb_decoder_open(&decoder, source->audio_path, &media, err);
    if (!status) {
        source->info = sb_decoder_info(decoder);
        status = check_facts(source->info, source->audio_path, source->alignment, err);
    }
    size_t n_good = 0, n_copies = 0;
    for (size_t i = 0; !status && i < n; i++)
        if (sb_clip_job_init(&jobs[i], source, &requests[i], &results[i]) == SB_OK)
            run->jobs[n_good++] = &jobs[i];
    if (!status)
        status = sb_clip_avoid_breaths(run->jobs, n_good, &run->cancel, err);
    for (size_t i = 0; !status && i < n_good; i++) {
        if (run->jobs[i]->params->copy)
            run->copies[n_copies++] = run->jobs[i];
        else if (!source->call->dry_run)
            run->jobs[run->n_jobs++] = run->jobs[i];
    }
    run->n_done = n - run->n_jobs - n_copies;
    if (!status)
        status = make_rehearer(&rehearer, source, run, n_copies, err);
    source->rehearer = rehearer;
    if (!status)
        sb_clip_run_copies(run, run->copies, n_copies);
    if (!status && n_copies && sb_clip_run_cancelled(run))
        status = sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    if (!status && run->n_jobs)
        status = run_jobs(run, decoder, source->info->sample_rate, err);
    if (decoder)
        note_damage(notes, source->audio_path, sb_decoder_report(decoder));
    if (status)
        close_results(results, n, status, err);
    sb_decoder_free(&decoder);
    for (size_t i = 0; i < n; i++)
        sb_clip_surroundings_finish(&jobs[i].around);
    sb_rehearer_free(&rehearer);
    return status;
}

sb_status sb_clip_render(sb_clip_result *results, const char *audio_path, const sb_alignment *alignment,
                         const sb_clip_request *requests, size_t n, const sb_render_params *params,
                         sb_notes *notes, sb_error *err)
{
    memset(results, 0, n * sizeof *results);
    if (strcmp(audio_path, "-") == 0)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "clips cannot be cut from standard input; save the audio to a file first");
    sb_render_params defaults = {0};
    char sha256[SB_SHA256_TEXT];
    sb_pictures_form pictures = {0};
    sb_clip_source source = {.audio_path = audio_path,
                             .alignment = alignment,
                             .call = params ? params : &defaults,
                             .sha256 = sha256};
    sb_status status = check_source(sha256, audio_path, alignment, source.call, err);
    if (status) {
        close_results(results, n, status, err);
        return status;
    }
    sb_clip_run run = {.audio_path = audio_path,
                       .seek_safe = alignment->audio.seek_safe,
                       .n_total = n,
                       .call = source.call,
                       .monitor = source.call->monitor};
    run.n_threads = source.call->jobs > 0 ? source.call->jobs : sb_cores();
    run.cancel = (sb_monitor){.user = &run, .cancelled = decoder_cancelled};
    source.cancel = &run.cancel;
    source.pictures = &pictures;
    sb_clip_job *jobs = calloc(n + 1, sizeof *jobs);
    run.jobs = calloc(n + 1, sizeof *run.jobs);
    run.copies = calloc(n + 1, sizeof *run.copies);
    pthread_mutex_init(&run.lock, NULL);
    if (jobs && run.jobs && run.copies)
        status = render_with(&run, &source, jobs, results, requests, n, notes, err);
    else
        status = sb_error_memory(err, "cutting clips");
    pthread_mutex_destroy(&run.lock);
    free(run.jobs);
    free(run.copies);
    free(jobs);
    return status;
}
