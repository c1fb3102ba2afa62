#include "clip/caption_files.h"

#include "base/memory.h"
#include "media/copy_codec.h"
#include "media/pictures.h"
#include "video/shape.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define VIDEO_SOUND_BIT_RATE 192000

static const char *extension_of(const char *path)
{
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name ? name + 1 : path, '.');
    return dot ? dot + 1 : "";
}

static sb_status copy_strings(sb_clip_result *result, const sb_clip_request *request, sb_error *err)
{
    bool ok = true;
    result->file = sb_copy_text(request->path, &ok);
    result->id = sb_copy_text(request->id, &ok);
    result->speaker = sb_copy_text(request->match->speaker, &ok);
    result->text = sb_copy_text(request->match->text, &ok);
    return ok ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

static void settle_params(sb_clip_job *job, const sb_clip_params *given)
{
    const sb_profile *profile = given->profile;
    sb_clip_params *own = &job->settled;
    *own = *given;
    job->params = own;
    if (given->loudness_lufs == SB_LOUDNESS_NORM)
        own->loudness_lufs = profile ? profile->loudness_lufs : job->is_video ? -14 : -16;
    if (!own->bit_rate && profile)
        own->bit_rate = profile->sound_bit_rate;
    if (!own->bit_rate && job->is_video)
        own->bit_rate = VIDEO_SOUND_BIT_RATE;
    if (own->video.shape == SB_VIDEO_ANY && profile)
        own->video.shape = profile->shape;
    if (given->video.shape == SB_VIDEO_SOURCE && profile && profile->shape != SB_VIDEO_ANY)
        own->video.shape = (sb_video_shape)(profile->shape - SB_VIDEO_9_16 + SB_VIDEO_SOURCE_9_16);
    if (own->video.shape == SB_VIDEO_ANY)
        own->video.shape = SB_VIDEO_16_9;
}

static sb_status warn_of_length(const sb_clip_job *job, sb_error *err)
{
    const sb_profile *profile = job->params->profile;
    char length[SB_TIME_TEXT], limit[SB_TIME_TEXT];
    sb_time span = job->result->cut.span.end - job->result->cut.span.start;
    if (!profile || (span >= profile->least && (!profile->most || span <= profile->most)))
        return SB_OK;
    bool is_short = span < profile->least;
    sb_time_print_seconds(length, span, 1);
    sb_time_print_seconds(limit, is_short ? profile->least : profile->most, 1);
    return sb_clip_result_warn(job->result, err, "is %s s long; %s takes %s %s s (looked up on %s)", length,
                               profile->title, is_short ? "no less than" : "at most", limit,
                               sb_profiles_date());
}

static const sb_clip_params *given_params(const sb_clip_job *job)
{
    return job->request->params ? job->request->params : job->source->params;
}

static bool is_copy(const sb_clip_job *job)
{
    return given_params(job)->copy;
}

static sb_status find_copy(sb_clip_job *job, const char *extension, sb_error *err)
{
    bool ok = true;
    const char *codec = job->source->info->codec;
    settle_params(job, given_params(job));
    sb_status status = sb_clip_params_check(given_params(job), err);
    if (!status)
        status = sb_copy_codec_check(codec, extension, err);
    if (!status && !job->source->alignment->audio.seek_safe)
        status = sb_error_set(err, SB_ERR_UNSUPPORTED,
                              "the audio is damaged, joined or has gaps, so that nobody can say for certain "
                              "where its packets belong; cut it without --copy");
    if (!status)
        job->result->codec = sb_copy_text(codec, &ok);
    if (!ok)
        status = sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    if (status && err)
        snprintf(err->file, sizeof err->file, "%s", job->request->path);
    return status;
}

/* A file's own pictures are looked at once for all clips. */
static sb_status find_size(sb_clip_job *job, sb_error *err)
{
    sb_clip_result *result = job->result;
    sb_pictures_form *form = job->source->pictures;
    sb_video_shape shape = job->settled.video.shape;
    sb_video_size(&result->video_width, &result->video_height, shape);
    if (!sb_video_is_source(shape))
        return SB_OK;
    if (!form->width) {
        sb_pictures *pictures;
        sb_status status =
            sb_pictures_open(&pictures, job->source->audio_path, job->source->info->stream, err);
        if (status)
            return status;
        *form = sb_pictures_get_form(pictures);
        sb_pictures_free(&pictures);
    }
    result->video_width = form->width;
    result->video_height = form->height;
    sb_video_source_size(&result->video_width, &result->video_height, shape);
    return SB_OK;
}

static sb_status find_format(sb_clip_job *job, sb_error *err)
{
    const char *extension = extension_of(job->request->path);
    if (is_copy(job))
        return find_copy(job, extension, err);
    job->format = sb_encoder_format_find(extension);
    if (!job->format)
        return sb_error_set(err, SB_ERR_UNSUPPORTED,
                            "no sound is written as '.%.20s'; take .wav, .flac, .mp3, .m4a, .opus or .mp4",
                            extension);
    const sb_clip_params *given = given_params(job);
    job->is_video = strcmp(job->format->extension, "mp4") == 0;
    if (given->video.shape != SB_VIDEO_ANY && !job->is_video)
        return sb_error_set(err, SB_ERR_ARGUMENT, "a video is no '.%.20s' file; let its name end in .mp4",
                            extension);
    settle_params(job, given);
    if (job->is_video) {
        sb_status status = sb_video_check(&job->settled.video, err);
        if (status)
            return status;
        status = find_size(job, err);
        if (status)
            return status;
    }
    const char *codec = job->format->codec;
    if (strcmp(codec, "pcm") == 0)
        codec = job->params->bits == 24 ? "pcm_s24le" : "pcm_s16le";
    bool ok = true;
    job->result->codec = sb_copy_text(codec, &ok);
    return ok ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

static sb_status place_cut(sb_clip_job *job, sb_error *err)
{
    const sb_clip_source *source = job->source;
    sb_clip_result *result = job->result;
    sb_cut *cut = &result->cut;
    sb_status status = sb_quote_cut(cut, source->alignment, job->request->match, &job->params->cut, err);
    for (size_t i = 0; !status && sb_cut_warning_text(cut->warnings, i); i++)
        status = sb_clip_result_warn(result, err, "%s", sb_cut_warning_text(cut->warnings, i));
    if (status)
        return status;
    result->asked = job->request->match->span;
    result->lead = cut->speech.start - cut->span.start;
    result->tail = cut->span.end - cut->speech.end;
    result->confidence = job->request->match->confidence;
    result->source_rate = source->info->sample_rate;
    result->start_sample = sb_time_to_samples(cut->span.start, result->source_rate);
    result->end_sample = sb_time_to_samples(cut->span.end, result->source_rate);
    if (result->start_sample < 0)
        result->start_sample = 0;
    if (result->end_sample <= result->start_sample)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "the quote has no length; its words have no times of their own");
    return SB_OK;
}

static sb_status choose_shape(sb_clip_job *job, sb_error *err)
{
    const sb_clip_params *params = job->params;
    const sb_media_info *info = job->source->info;
    int rate = params->sample_rate ? params->sample_rate : info->sample_rate;
    int channels = params->channels ? params->channels : info->channels;
    job->shape = (sb_clip_shape){.rate_in = info->sample_rate,
                                 .channels_in = info->channels,
                                 .rate_out = sb_encoder_rate(job->format->extension, rate),
                                 .channels_out = sb_encoder_channels(job->format, channels),
                                 .n_in = job->result->end_sample - job->result->start_sample};
    sb_status status = SB_OK;
    if (params->sample_rate && job->shape.rate_out != rate)
        status = sb_clip_result_warn(job->result, err, "%s cannot hold %d Hz; written at %d Hz",
                                     job->format->extension, rate, job->shape.rate_out);
    if (!status && job->shape.channels_out != channels &&
        (params->channels || job->shape.channels_out < channels))
        status = sb_clip_result_warn(job->result, err, "%s cannot hold %d channels; mixed to %d",
                                     job->format->extension, channels, job->shape.channels_out);
    return status;
}

static sb_status check_path(const char *path, bool overwrite, sb_error *err)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return SB_OK;
    if (S_ISDIR(st.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is a folder; name a file");
    if (S_ISREG(st.st_mode) && !overwrite)
        return sb_error_set_at(err, SB_ERR_EXISTS, path, 0, 0, "exists already; -f overwrites it");
    return SB_OK;
}

static sb_status check_outputs(const sb_clip_job *job, sb_error *err)
{
    const sb_clip_result *result = job->result;
    sb_status status = check_path(job->request->path, job->params->overwrite, err);
    for (size_t i = 0; i < result->n_captions && !status; i++)
        status = check_path(result->captions[i], job->params->overwrite, err);
    return status;
}

sb_status sb_clip_job_init(sb_clip_job *job, const sb_clip_source *source, const sb_clip_request *request,
                           sb_clip_result *result)
{
    *job = (sb_clip_job){.source = source, .request = request, .result = result, .reference_lufs = NAN};
    *result = (sb_clip_result){.loudness_lufs = NAN, .true_peak_db = NAN};
    memcpy(result->source_sha256, source->sha256, sizeof result->source_sha256);
    sb_error *err = &result->error;
    sb_status status = copy_strings(result, request, err);
    if (!status)
        status = find_format(job, err);
    if (!status)
        status = place_cut(job, err);
    if (!status)
        status = warn_of_length(job, err);
    if (!status && !job->params->copy)
        status = choose_shape(job, err);
    if (!status)
        status = sb_caption_files_name(result, job->params->captions, err);
    if (!status)
        status = check_outputs(job, err);
    if (!status && !job->params->no_certificate)
        sb_clip_surroundings_init(&job->around, result->start_sample, result->end_sample,
                                  result->source_rate);
    return result->status = status;
}

int64_t sb_clip_job_first(const sb_clip_job *job)
{
    return job->around.wanted ? job->around.sides[0].first : job->result->start_sample;
}

int64_t sb_clip_job_end(const sb_clip_job *job)
{
    return job->around.wanted ? job->around.sides[1].end : job->result->end_sample;
}

static bool lies_in_clip(const sb_clip_result *result, const sb_media_event *event)
{
    sb_time length = event->length > 0 ? event->length : 0;
    return event->kind != SB_MEDIA_DURATION && event->at < result->cut.span.end &&
           event->at + length >= result->cut.span.start;
}

sb_status sb_clip_job_note_damage(sb_clip_job *job, const sb_media_report *report, sb_error *err)
{
    sb_status status = SB_OK;
    for (size_t i = 0; i < report->n_events && !status; i++)
        if (lies_in_clip(job->result, &report->events[i]))
            status = sb_clip_result_warn(job->result, err, "%s", report->events[i].text);
    return status;
}
