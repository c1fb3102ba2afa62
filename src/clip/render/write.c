#include "base/run/run.h"
#include "clip/certify/certify.h"
#include "clip/edit/edit.h"
#include "clip/level/level.h"
#include "clip/naming/naming.h"
#include "clip/render/render.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_TAKES        5
#define TOLERANCE_LU     0.3
#define METERS_DIFFER_DB 0.1 /* for a true peak: other meters oversample differently */

static const char *film_title(const sb_clip_job *job)
{
    const char *own = job->params->video.title, *tag = job->source->info->title;
    return own ? own : tag ? tag : job->source->alignment->transcript.title;
}

/* `wave` was measured on the sound of the clip. */
static sb_status open_film(sb_film **out, sb_clip_job *job, sb_wave *wave, sb_output *output,
                           const sb_encoder_params *sound, sb_error *err)
{
    const sb_profile *profile = job->params->profile;
    sb_clip_words words;
    sb_clip_words_of_job(&words, job, sb_time_from_samples((int64_t)wave->n_samples, sound->sample_rate));
    sb_film_params params = {.video = &job->params->video,
                             .audio_path = job->source->audio_path,
                             .stream = job->source->info->stream,
                             .start =
                                 sb_time_from_samples(job->result->start_sample, job->result->source_rate),
                             .title = film_title(job),
                             .speaker = job->result->speaker,
                             .episode = job->source->alignment,
                             .alignment = words.alignment,
                             .spans = words.spans,
                             .n_spans = words.n_spans,
                             .wave = wave,
                             .n_samples = (int64_t)wave->n_samples,
                             .bit_rate = profile ? profile->video_bit_rate : 0,
                             .sound = *sound};
    sb_notes notes = {0};
    sb_status status = sb_film_open(out, output, &params, &notes, err);
    for (size_t i = 0; i < notes.n_items && !status; i++)
        status = sb_clip_result_warn(job->result, err, "%s", notes.items[i].text);
    if (status)
        sb_film_abort(out);
    sb_notes_finish(&notes);
    return status;
}

typedef struct writing {
    const sb_clip_sound *sound;
    const sb_clip_level *level;
    sb_clip_fade fade;
    sb_encoder *encoder; /* for audio */
    sb_film *film;       /* for video */
    sb_wave wave;        /* of the film */
    const sb_monitor *cancel;
} writing;

static sb_status process(const writing *w, float *const *planes, int64_t at, size_t n, sb_error *err)
{
    if (sb_monitor_cancelled(w->cancel))
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    sb_clip_level_apply(w->level, w->sound, planes, at, n);
    sb_clip_fade_apply(&w->fade, planes, w->sound->shape.channels_out, at, n);
    return SB_OK;
}

static sb_status measure_block(void *user, float *const *planes, int64_t at, size_t n, sb_error *err)
{
    writing *w = user;
    sb_status status = process(w, planes, at, n, err);
    int channels = w->sound->shape.channels_out;
    return status ? status : sb_wave_push(&w->wave, (const float *const *)planes, channels, n, err);
}

static sb_status write_block(void *user, float *const *planes, int64_t at, size_t n, sb_error *err)
{
    writing *w = user;
    const float *const *sound = (const float *const *)planes;
    sb_status status = process(w, planes, at, n, err);
    if (status)
        return status;
    return w->film ? sb_film_write(w->film, sound, n, err) : sb_encoder_write(w->encoder, sound, n, err);
}

/* Lossy sources have no sample depth of their own, so rounding gives what any decoder gives. */
static sb_encoder_params encoder_params(const sb_clip_job *job, const sb_clip_level *level,
                                        const sb_clip_tags *tags)
{
    const sb_clip_shape *shape = &job->shape;
    bool processed = level->gain_db != 0 || level->limited || shape->rate_in != shape->rate_out ||
                     shape->channels_in != shape->channels_out;
    return (sb_encoder_params){.sample_rate = shape->rate_out,
                               .channels = shape->channels_out,
                               .bit_rate = job->params->bit_rate,
                               .bits = job->target.bits,
                               .is_float = job->target.is_float,
                               .plain = !processed && !job->source->info->bits,
                               .speakers = shape->channels_in == shape->channels_out ? shape->speakers : 0,
                               .tags = tags->items,
                               .n_tags = SB_CLIP_N_TAGS,
                               .chapters = job->chapters,
                               .n_chapters = job->n_chapters};
}

static sb_status open_writer(writing *w, sb_clip_job *job, sb_clip_sound *sound, sb_output *output,
                             const sb_encoder_params *params, sb_error *err)
{
    if (!job->target.is_video)
        return sb_encoder_open(&w->encoder, output, job->target.format->extension, params, err);
    w->wave.sample_rate = params->sample_rate;
    sb_status status = sb_clip_sound_play(sound, measure_block, w, err);
    return status ? status : open_film(&w->film, job, &w->wave, output, params, err);
}

static sb_status encode(sb_clip_job *job, sb_clip_sound *sound, const sb_clip_level *level, sb_output *output,
                        sb_error *err)
{
    sb_clip_tags tags;
    sb_clip_tags_make(&tags, job);
    const sb_cut *cut = &job->result->cut;
    int rate = job->shape.rate_out;
    writing w = {.sound = sound, .level = level, .cancel = job->source->cancel};
    w.fade = sb_clip_fade_make(sb_time_to_samples(cut->fade_in, rate),
                               sb_time_to_samples(cut->fade_out, rate), (int64_t)sound->spool.n_samples);
    sb_encoder_params params = encoder_params(job, level, &tags);
    sb_status status = open_writer(&w, job, sound, output, &params, err);
    if (!status)
        status = sb_clip_sound_play(sound, write_block, &w, err);
    if (!status)
        status = w.film ? sb_film_close(&w.film, err) : sb_encoder_close(&w.encoder, err);
    sb_film_abort(&w.film);
    sb_encoder_abort(&w.encoder);
    sb_wave_finish(&w.wave);
    return status;
}

/* If a reference could not be measured, the level stays: the clip's own loudness would break the relation
 * between clips. */
static sb_clip_aim aim_of(const sb_clip_job *job)
{
    const sb_clip_params *params = job->params;
    bool common = params->loudness_of != SB_LOUDNESS_OF_CLIP && !params->keep_level;
    return (sb_clip_aim){.keep_level = params->keep_level,
                         .target_lufs = params->loudness_lufs,
                         .ceiling_db = params->true_peak_db - METERS_DIFFER_DB,
                         .has_gain = common,
                         .gain_db = common ? sb_loudness_gain(job->reference_lufs, params->loudness_lufs,
                                                              sb_clip_max_gain_db(&job->shape))
                                           : 0};
}

typedef struct take {
    sb_clip_level level;
    /* Of the file, or of the sound before encoding if the output is a pipe or a device. */
    sb_remeasured heard;
} take;

static sb_status hear_written(take *t, const sb_clip_job *job, const sb_output *output, sb_error *err)
{
    const char *path = sb_output_temporary(output);
    sb_remeasured_finish(&t->heard);
    t->heard = (sb_remeasured){.lufs = t->level.lufs, .true_peak_db = t->level.true_peak_db};
    return path ? sb_remeasure(&t->heard, path, t->level.kind, job->around.wanted, job->source->cancel, err)
                : SB_OK;
}

/* Encodes again until the decoded file has the wanted loudness and its peaks are below the ceiling. */
static sb_status encode_as_wanted(take *t, sb_clip_job *job, sb_clip_sound *sound, sb_output *output,
                                  sb_error *err)
{
    sb_clip_aim wanted = aim_of(job), aim = wanted;
    for (int n = 1;; n++) {
        sb_status status = sb_clip_level_settle(&t->level, sound, &aim, err);
        if (!status)
            status = encode(job, sound, &t->level, output, err);
        if (!status)
            status = hear_written(t, job, output, err);
        if (status || n == MAX_TAKES || (job->target.is_video && job->params->video.draft) ||
            !sb_output_temporary(output) ||
            !sb_clip_aim_adjust(&aim, &wanted, &t->level, &t->heard, MAX_TAKES - n))
            return status;
        status = sb_output_rewind(output, err);
        if (status)
            return status;
    }
}

static sb_status write_file(take *t, sb_clip_job *job, sb_clip_sound *sound, sb_error *err)
{
    const char *path = job->request->path;
    sb_output *output = NULL;
    struct stat st;
    sb_status status =
        sb_clip_output_open(&output, job->request->folder, path, job->source->call->overwrite, err);
    if (!status)
        status = encode_as_wanted(t, job, sound, output, err);
    if (!status && job->around.wanted && sb_output_temporary(output))
        status = sb_clip_certify(job, &t->heard, err);
    if (!status)
        status = sb_output_commit(&output, err);
    sb_output_abort(&output);
    if (!status && stat(path, &st) == 0 && S_ISREG(st.st_mode))
        status = sb_file_sha256(job->result->sha256, path, err);
    return status;
}

/* Writes the clip and its captions, or neither. */
static sb_status write_files(take *t, sb_clip_job *job, sb_clip_sound *sound, sb_error *err)
{
    sb_caption_files captions;
    sb_time length = sb_time_from_samples((int64_t)sound->spool.n_samples, job->shape.rate_out);
    sb_status status = sb_caption_files_of_job(&captions, job, length, err);
    if (!status)
        status = write_file(t, job, sound, err);
    if (status) {
        sb_caption_files_abort(&captions);
        return status;
    }
    status = sb_caption_files_commit(&captions, err);
    if (status)
        remove(job->request->path);
    return status;
}

/* Only for a clip with its own loudness. Under 400 ms a sound has no loudness (EBU R 128), which is no fault
 * of the clip. */
static sb_status warn_of_loudness(const sb_clip_job *job, const take *t, double target, sb_error *err)
{
    sb_clip_result *result = job->result;
    bool is_short = result->end_sample - result->start_sample < (int64_t)result->source_rate * 2 / 5;
    if (t->level.kind == SB_LOUDNESS_NONE && is_short)
        return SB_OK;
    if (t->level.kind == SB_LOUDNESS_NONE)
        return sb_clip_result_warn(result, err,
                                   "too quiet to measure its loudness, so its level is unchanged; listen to "
                                   "the clip");
    if (fabs(target - t->heard.lufs) <= TOLERANCE_LU)
        return SB_OK;
    return sb_clip_result_warn(result, err,
                               "its loudness is %.1f LUFS, not %.1f: that would need a gain of more than "
                               "%.0f dB or too much limiting; ask for a lower loudness",
                               t->heard.lufs, target, sb_clip_max_gain_db(&job->shape));
}

static sb_status warn_of_level(sb_clip_job *job, const take *t, sb_error *err)
{
    sb_clip_result *result = job->result;
    sb_loudness_of of = job->params->loudness_of;
    double target = job->params->loudness_lufs, ceiling_db = job->params->true_peak_db;
    sb_status status = SB_OK;
    if (job->params->keep_level)
        return SB_OK;
    if (of == SB_LOUDNESS_OF_CLIP)
        status = warn_of_loudness(job, t, target, err);
    else if (isnan(job->reference_lufs))
        status = sb_clip_result_warn(
            result, err,
            "the %s's loudness cannot be measured; the level is unchanged; take the loudness of each clip",
            of == SB_LOUDNESS_OF_SPEAKER ? "speaker" : "episode");
    if (!status && t->heard.true_peak_db > ceiling_db)
        status = sb_clip_result_warn(result, err,
                                     "its true peak is %.2f dBTP, above the ceiling of %.2f; ask for a lower "
                                     "loudness or another format",
                                     t->heard.true_peak_db, ceiling_db);
    return status;
}

sb_status sb_clip_job_note_end(sb_clip_job *job, int64_t n_got, sb_error *err)
{
    sb_clip_result *result = job->result;
    if (n_got == job->shape.n_in)
        return SB_OK;
    result->end_sample -= job->shape.n_in - n_got;
    if (n_got == 0)
        return sb_error_set(err, SB_ERR_IO,
                            "the audio ends before the quote begins; make the alignment again");
    return sb_clip_result_warn(
        result, err, "the clip is cut short because the audio ends; check that the audio is complete");
}

sb_status sb_clip_job_write(sb_clip_job *job, sb_clip_sound *sound, int64_t n_got, sb_error *err)
{
    take t = {0};
    sb_clip_result *result = job->result;
    sb_status status = sb_clip_job_note_end(job, n_got, err);
    if (!status)
        status = write_files(&t, job, sound, err);
    if (!status)
        status = warn_of_level(job, &t, err);
    if (!status) {
        result->length = sb_time_from_samples((int64_t)sound->spool.n_samples, job->shape.rate_out);
        result->gain_db = t.level.gain_db;
        result->loudness_lufs = t.heard.lufs;
        result->true_peak_db = t.heard.true_peak_db;
    }
    sb_remeasured_finish(&t.heard);
    return status;
}
