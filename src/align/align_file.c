#include "acoustic/acoustic.h"
#include "align/align.h"
#include "base/run/run.h"
#include "media/media.h"
#include "soundbite/media.h"

#include <stdlib.h>

static bool report_progress(const sb_monitor *monitor, const sb_decoder *decoder)
{
    if (!monitor)
        return true;
    const sb_media_info *info = sb_decoder_info(decoder);
    double total = info->header_duration == SB_TIME_NONE ? 0 : sb_time_to_seconds(info->header_duration);
    double done = (double)sb_decoder_report(decoder)->n_samples / info->sample_rate;
    sb_monitor_step(monitor, "decode", done, done < total ? total : 0);
    return !sb_monitor_cancelled(monitor);
}

/* The data computed while the audio is decoded. `features` is NULL if no model needs them. */
typedef struct pass {
    sb_speech_analyser *analyser;
    sb_features_maker *features;
} pass;

static sb_status push(const pass *p, const sb_pcm *block, sb_error *err)
{
    sb_status status = sb_speech_analyser_push(p->analyser, block->planes, block->n_samples, err);
    if (status == SB_OK && p->features)
        status = sb_features_push(p->features, block->planes, block->n_samples, err);
    return status;
}

static sb_status push_all(sb_decoder *decoder, const pass *p, const sb_monitor *monitor, sb_error *err)
{
    for (size_t blocks = 0;; blocks++) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status != SB_OK || block.n_samples == 0)
            return status;
        status = push(p, &block, err);
        if (status != SB_OK)
            return status;
        if (blocks % 256 == 0 && !report_progress(monitor, decoder))
            return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    }
}

static sb_status analyse(sb_speech **speech, sb_features *features, sb_decoder *decoder,
                         const sb_front_end *front_end, const sb_monitor *monitor, sb_error *err)
{
    const sb_media_info *info = sb_decoder_info(decoder);
    pass p = {0};
    sb_status status = sb_speech_analyser_create(&p.analyser, info->sample_rate, info->channels, NULL, err);
    if (status == SB_OK && front_end)
        status = sb_features_maker_create(&p.features, info->sample_rate, info->channels, front_end, err);
    if (status == SB_OK)
        status = push_all(decoder, &p, monitor, err);
    if (status == SB_OK)
        status = sb_speech_analyser_finish(p.analyser, speech, err);
    if (status == SB_OK && front_end)
        status = sb_features_end(p.features, features, err);
    sb_speech_analyser_free(&p.analyser);
    sb_features_maker_free(&p.features);
    return status;
}

static void pass_on_events(const sb_decoder *decoder, sb_notes *notes)
{
    const sb_media_report *report = sb_decoder_report(decoder);
    if (report->microphones)
        sb_notes_add(notes, sb_decoder_info(decoder)->path, 0, 0,
                     "the file names loudspeakers, but its channel for low frequencies has sound of all "
                     "frequencies; the %d channels are used as microphones",
                     sb_decoder_info(decoder)->channels);
    for (size_t i = 0; i < report->n_events; i++)
        sb_notes_add(notes, sb_decoder_info(decoder)->path, 0, 0, "%s", report->events[i].text);
    if (report->n_events_dropped)
        sb_notes_add(notes, sb_decoder_info(decoder)->path, 0, 0, "and %zu more such places",
                     report->n_events_dropped);
}

void sb_heard_file_finish(sb_heard_file *file)
{
    sb_speech_free(&file->speech);
    sb_features_finish(&file->features);
    free(file->path);
    free(file->codec);
    free(file->damage);
}

static char *first_damage(const sb_media_report *report, bool *ok)
{
    const char *text = sb_media_first_damage(report);
    return text ? sb_copy_text(text, ok) : NULL;
}

static sb_status describe_audio(sb_heard_file *file, const char *path, sb_decoder *decoder, sb_error *err)
{
    bool ok = true;
    const sb_media_info *info = sb_decoder_info(decoder);
    const sb_media_report *report = sb_decoder_report(decoder);
    file->path = sb_copy_text(path, &ok);
    file->codec = sb_copy_text(info->codec, &ok);
    file->damage = first_damage(report, &ok);
    file->audio = (sb_align_audio){.path = file->path,
                                   .sha256 = file->sha256,
                                   .packets = file->packets,
                                   .codec = file->codec,
                                   .sample_rate = info->sample_rate,
                                   .channels = info->channels,
                                   .damaged = report->damaged,
                                   .damage = file->damage,
                                   .seek_safe = report->seek_safe,
                                   .microphones = report->microphones};
    return ok ? SB_OK : sb_error_memory(err, "reading the audio");
}

/* The decoder is freed before the alignment starts, to release its memory. */
sb_status sb_heard_file_read(sb_heard_file *out, const char *path, const sb_media_params *media,
                             const sb_front_end *front_end, const sb_monitor *monitor, sb_notes *notes,
                             sb_error *err)
{
    sb_decoder *decoder = NULL;
    sb_media_params hashing = media ? *media : (sb_media_params){0};
    hashing.hash = true;
    *out = (sb_heard_file){0};
    sb_status status = sb_decoder_open(&decoder, path, &hashing, err);
    if (status == SB_OK)
        status = analyse(&out->speech, &out->features, decoder, front_end, monitor, err);
    if (status == SB_OK)
        status = sb_decoder_sha256(decoder, out->sha256, err);
    if (status == SB_OK)
        status = sb_decoder_packets(decoder, out->packets, err);
    if (status == SB_OK)
        status = describe_audio(out, path, decoder, err);
    if (status == SB_OK)
        pass_on_events(decoder, notes);
    sb_decoder_free(&decoder);
    return status;
}

/* Reads the whole model, so that its errors are reported before the audio is decoded. */
static sb_status find_front_end(sb_front_end *out, const char *folder, sb_error *err)
{
    *out = *sb_front_end_default();
    if (!folder)
        return SB_OK;
    sb_acoustic_model *model = NULL;
    sb_status status = sb_acoustic_model_open(&model, folder, err);
    if (status == SB_OK)
        *out = model->front_end;
    sb_acoustic_model_free(&model);
    return status;
}

sb_status sb_alignment_from_audio(sb_alignment **out, const char *audio_path,
                                  const struct sb_media_params *media, const sb_monitor *monitor,
                                  sb_notes *notes, sb_error *err)
{
    sb_heard_file file;
    *out = NULL;
    sb_status status = sb_heard_file_read(&file, audio_path, media, NULL, monitor, notes, err);
    if (status == SB_OK)
        status = sb_align_without_text(out, file.speech, &file.audio, err);
    sb_heard_file_finish(&file);
    return status;
}

sb_status sb_alignment_from_file(sb_alignment **out, const char *audio_path, const sb_transcript *transcript,
                                 const struct sb_media_params *media, const sb_align_params *params,
                                 sb_notes *notes, sb_error *err)
{
    sb_method wanted = params ? params->method : SB_METHOD_AUTO;
    const char *why = sb_align_without_model(params);
    sb_heard_file file = {0};
    *out = NULL;
    if (why && wanted == SB_METHOD_ACOUSTIC)
        return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", why);
    sb_front_end front_end;
    sb_status status = SB_OK;
    if (!why)
        status = find_front_end(&front_end, params ? params->acoustic_model : NULL, err);
    if (status == SB_OK)
        status = sb_heard_file_read(&file, audio_path, media, why ? NULL : &front_end,
                                    params ? params->monitor : NULL, notes, err);
    if (status == SB_OK)
        status = sb_align_features(out, file.speech, why ? NULL : &file.features, why, transcript,
                                   &file.audio, params, err);
    sb_heard_file_finish(&file);
    return status;
}
