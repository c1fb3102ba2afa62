#include "clip/montage/montage.h"
#include "clip/certify/certify.h"
#include "clip/edit/edit.h"
#include "clip/splice/splice.h"

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "option/option.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void finish_part(sb_montage_part *part)
{
    sb_join_finish(&part->join);
    free(part->album);
    free(part->codec);
    free(part->quiet);
    for (size_t i = 0; i < part->n_warnings; i++)
        free(part->warnings[i]);
    free(part->warnings);
    sb_spoken_finish(&part->spoken);
    sb_clip_spool_finish(&part->piece);
    *part = (sb_montage_part){0};
}

void sb_montage_free(sb_montage **montage)
{
    sb_montage *m = *montage;
    if (!m)
        return;
    for (size_t i = 0; m->parts && i < m->n_parts; i++)
        finish_part(&m->parts[i]);
    sb_clip_store_finish(&m->store);
    free(m->parts);
    free(m->path);
    free(m);
    *montage = NULL;
}

sb_status sb_montage_params_check(const sb_montage_params *params, sb_error *err)
{
    return sb_option_fields_check(SB_OPTION_MONTAGE, params, err);
}

static sb_status check_outputs(const sb_montage *m, sb_error *err)
{
    sb_status status = sb_clip_output_check(NULL, m->path, m->call.overwrite, err);
    for (size_t i = 0; !status && sb_clip_captions_format(i); i++) {
        char *path = m->clip->captions & 1u << i ? sb_clip_captions_path(m->path, i) : NULL;
        if (path)
            status = sb_clip_output_check(NULL, path, m->call.overwrite, err);
        free(path);
    }
    return status;
}

static sb_status prepare(sb_montage *m, const char *path, const sb_montage_params *params, sb_error *err)
{
    bool ok = true;
    m->path = sb_copy_text(path, &ok);
    m->parts = calloc(m->n_parts + 1, sizeof *m->parts);
    if (!ok || !m->parts)
        return sb_error_memory(err, "joining clips");
    if (sb_montage_params_check(params, err))
        return SB_ERR_ARGUMENT;
    m->is_crossfaded = params->crossfade || params->has_crossfade;
    m->gap = params->gap || params->has_gap ? params->gap : SB_MONTAGE_GAP;
    m->has_gap = params->gap || params->has_gap;
    m->crossfade = params->crossfade;
    m->call = (sb_render_params){
        .overwrite = params->overwrite, .dry_run = params->dry_run, .monitor = params->monitor};
    m->clip = &m->target.params;
    sb_status status = sb_clip_target_find(&m->target, path, &params->clip, NULL, err);
    return status ? status : check_outputs(m, err);
}

sb_status sb_montage_create(sb_montage **out, const char *path, size_t n_parts,
                            const sb_montage_params *params, sb_error *err)
{
    sb_montage_params defaults = {0};
    *out = NULL;
    sb_montage *m = calloc(1, sizeof *m);
    if (!m)
        return sb_error_memory(err, "joining clips");
    m->n_parts = n_parts;
    sb_clip_store_init(&m->store);
    sb_status status = prepare(m, path, params ? params : &defaults, err);
    if (status) {
        sb_montage_free(&m);
        return status;
    }
    *out = m;
    return SB_OK;
}

static bool copy_join(sb_join *join, const sb_clip_job *job)
{
    bool ok = true;
    const sb_clip_result *result = job->result;
    *join = (sb_join){.id = sb_copy_text(result->id, &ok),
                      .speaker = sb_copy_text(result->speaker, &ok),
                      .text = sb_copy_text(result->text, &ok),
                      .audio = sb_copy_text(job->source->audio_path, &ok),
                      .speech = result->cut.speech,
                      .place = {SB_TIME_NONE, SB_TIME_NONE},
                      .speech_place = {SB_TIME_NONE, SB_TIME_NONE},
                      .loudness_lufs = NAN,
                      .gain_db = NAN};
    memcpy(join->source_sha256, result->source_sha256, sizeof join->source_sha256);
    if (!result->drops)
        return ok;
    join->drops = calloc(result->n_drops + 1, sizeof *join->drops);
    for (size_t i = 0; join->drops && i < result->n_drops; i++) {
        sb_drop *copy = &join->drops[join->n_drops++];
        *copy = result->drops[i];
        copy->text = sb_copy_text(result->drops[i].text, &ok);
    }
    return ok && join->drops;
}

static bool copy_warnings(sb_montage_part *part, const sb_clip_result *result)
{
    bool ok = true;
    part->warnings = calloc(result->n_warnings + 1, sizeof *part->warnings);
    for (size_t i = 0; part->warnings && i < result->n_warnings; i++)
        part->warnings[part->n_warnings++] = sb_copy_text(result->warnings[i], &ok);
    return ok && part->warnings;
}

/* Uses the positions of the pauses after words were dropped. */
static sb_status find_quiet(sb_montage_part *part, const sb_clip_job *job, sb_error *err)
{
    sb_status status = sb_clip_pauses_find(&part->quiet, &part->n_quiet, job, err);
    for (size_t i = 0; !status && i < part->n_quiet; i++) {
        sb_sample_span *q = &part->quiet[i];
        q->start = (size_t)sb_splices_map(job->splices, job->n_splices, (int64_t)q->start);
        q->end = (size_t)sb_splices_map(job->splices, job->n_splices, (int64_t)q->end);
    }
    return status;
}

static int64_t source_sample_of(const sb_clip_job *job, sb_time t)
{
    int64_t at = sb_time_to_samples(t, job->result->source_rate) - job->result->start_sample;
    return sb_splices_map(job->splices, job->n_splices, at);
}

static void measure_edges(sb_montage_part *part, const sb_clip_job *job)
{
    const sb_cut *cut = &job->result->cut;
    part->head = source_sample_of(job, cut->speech.start);
    part->tail = job->shape.n_in - source_sample_of(job, cut->speech.end);
    part->fade_in = sb_time_to_samples(cut->fade_in, part->rate);
    part->fade_out = sb_time_to_samples(cut->fade_out, part->rate);
}

sb_status sb_montage_describe(sb_montage *m, sb_clip_job *job, sb_error *err)
{
    size_t index = job->request->part;
    if (index >= m->n_parts)
        return sb_error_set(err, SB_ERR_ARGUMENT, "the montage has %zu parts; there is no part %zu",
                            m->n_parts, index);
    sb_montage_part *part = &m->parts[index];
    finish_part(part);
    bool ok = true;
    part->rate = job->source->info->sample_rate;
    part->bits = job->source->info->bits;
    part->is_float = job->source->info->is_float;
    part->speakers = job->shape.speakers;
    part->confidence = job->result->confidence;
    part->alignment = job->source->alignment;
    part->words = sb_clip_words_of(part->alignment, job->request->match);
    part->from = job->result->start_sample;
    part->until = job->result->end_sample;
    part->album = sb_copy_text(job->source->alignment->transcript.title, &ok);
    part->codec = sb_copy_text(job->source->info->codec, &ok);
    if (!ok || !copy_join(&part->join, job) || !copy_warnings(part, job->result))
        return sb_error_memory(err, "joining clips");
    sb_status status = find_quiet(part, job, err);
    if (!status)
        status = job->spoken.n_turns ? sb_spoken_copy(&part->spoken, &job->spoken, 0, err)
                                     : sb_spoken_take(&part->spoken, job, NULL, err);
    if (status)
        return status;
    measure_edges(part, job);
    part->piece = (sb_clip_spool){.channels = job->shape.channels_in, .n_samples = (size_t)job->shape.n_in};
    part->described = true;
    return SB_OK;
}

sb_status sb_montage_take(sb_montage *m, sb_clip_job *job, sb_error *err)
{
    sb_status status = sb_montage_describe(m, job, err);
    if (status || job->raw.n_samples == 0)
        return status;
    sb_montage_part *part = &m->parts[job->request->part];
    status = sb_clip_spool_copy(&part->piece, &m->store, &job->raw, err);
    part->taken = !status;
    return status;
}

void sb_montage_leave_out(sb_montage *m, size_t part)
{
    if (part < m->n_parts)
        finish_part(&m->parts[part]);
}
