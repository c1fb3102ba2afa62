#include "clip/naming/naming.h"

#include "clip/edit/edit.h"
#include "clip/montage/montage.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "export/export.h"
#include "media/media.h"
#include "video/video.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PADDING_SHORT (20 * SB_TIME_MS) /* an inaudible difference */

/* The name of the audio without folder and extension. */
static char *episode_name(const char *audio_path, bool *ok)
{
    const char *name = sb_path_name(audio_path);
    char *copy = sb_copy_bytes(name, sb_path_stem(name));
    *ok = *ok && copy;
    return copy;
}

static sb_status copy_strings(sb_clip_result *result, const sb_clip_source *source,
                              const sb_clip_request *request, sb_error *err)
{
    bool ok = true;
    const char *transcript = request->transcript ? request->transcript : source->alignment->transcript.path;
    result->audio = sb_copy_text(source->audio_path, &ok);
    result->episode = episode_name(source->audio_path, &ok);
    result->transcript = sb_copy_text(transcript, &ok);
    result->file = sb_copy_text(request->path, &ok);
    result->id = sb_copy_text(request->id, &ok);
    if (request->match->speaker || request->match->n_speakers) {
        result->speaker = sb_match_speakers(request->match);
        ok = ok && result->speaker;
    }
    for (size_t i = 0; ok && i < request->match->n_speakers; i++)
        if ((ok = sb_push_room(&result->speakers, result->n_speakers, sizeof *result->speakers)))
            result->speakers[result->n_speakers++] = sb_copy_text(request->match->speakers[i], &ok);
    result->text = sb_copy_text(request->match->text, &ok);
    result->asked_text = sb_copy_text(request->match->text, &ok);
    return ok ? SB_OK : sb_error_memory(err, "cutting clips");
}

sb_status sb_clip_warn_of_length(sb_clip_result *result, const sb_profile *profile, sb_time length,
                                 sb_error *err)
{
    char text[SB_TIME_TEXT], limit[SB_TIME_TEXT];
    if (!profile || (length >= profile->least && (!profile->most || length <= profile->most)))
        return SB_OK;
    bool is_short = length < profile->least;
    sb_time_print_seconds(text, length, 1);
    sb_time_print_seconds(limit, is_short ? profile->least : profile->most, 1);
    return sb_clip_result_warn(result, err, "is %s s long; %s allows %s %s s (as of %s); choose a %s quote",
                               text, profile->title, is_short ? "at least" : "at most", limit,
                               sb_profiles_date(), is_short ? "longer" : "shorter");
}

static const sb_clip_params *given_params(const sb_clip_job *job)
{
    static const sb_clip_params defaults = {0};
    return job->request->params ? job->request->params : &defaults;
}

static sb_status find_copy(sb_clip_job *job, const sb_clip_params *given, sb_error *err)
{
    job->target.codec = job->source->info->codec;
    sb_clip_target_settle(&job->target.params, given, false);
    sb_status status = sb_copy_codec_check(job->target.codec, sb_path_extension(job->request->path), err);
    if (!status && !job->source->alignment->audio.seek_safe)
        status = sb_error_set_field(
            err, SB_ERR_UNSUPPORTED, "copy", NULL,
            "the audio is damaged, joined or has gaps, so the positions of its packets are "
            "uncertain; turn copying off");
    if (status)
        sb_error_set_file(err, job->request->path);
    return status;
}

/* A request without a path is only for a montage. */
static sb_status find_target(sb_clip_job *job, sb_error *err)
{
    const sb_clip_params *given = given_params(job);
    bool ok = true;
    job->params = &job->target.params;
    if (sb_clip_params_check(given, err)) {
        sb_error_set_file(err, job->request->path);
        return SB_ERR_ARGUMENT;
    }
    if (!job->request->path) {
        sb_clip_target_settle(&job->target.params, given, false);
        return SB_OK;
    }
    sb_status status = given->copy
                           ? find_copy(job, given, err)
                           : sb_clip_target_find(&job->target, job->request->path, given, job->source, err);
    if (status)
        return status;
    job->result->video_width = job->target.width;
    job->result->video_height = job->target.height;
    job->result->codec = sb_copy_text(job->target.codec, &ok);
    return ok ? SB_OK : sb_error_memory(err, "cutting clips");
}

/* Warns if the requested padding is longer than the pause. Without a request, the padding may be shorter
 * without a warning. */
static sb_status warn_of_padding(sb_clip_result *result, const sb_cut_params *params, sb_error *err)
{
    const sb_cut *cut = &result->cut;
    const struct {
        const char *name, *side;
        sb_time asked, given;
        bool wanted;
    } sides[] = {{"lead", "before", cut->asked_lead, result->lead, params->lead > SB_CUT_LEAD},
                 {"tail", "after", cut->asked_tail, result->tail, params->tail > SB_CUT_TAIL}};
    sb_status status = SB_OK;
    for (size_t i = 0; !status && i < sizeof sides / sizeof *sides; i++)
        if (sides[i].wanted && sides[i].given < sides[i].asked - PADDING_SHORT)
            status = sb_clip_result_warn(result, err,
                                         "the %s is %.2f s, not %.2f s: the pause %s the speech is too "
                                         "short; widen the quote for more",
                                         sides[i].name, sb_time_to_seconds(sides[i].given),
                                         sb_time_to_seconds(sides[i].asked), sides[i].side);
    return status;
}

/* Returns the requested times of a passage, or the times of its words if none were given. */
static sb_span asked_times(const sb_match *match)
{
    sb_span asked = match->span;
    if (match->is_passage && match->asked.start != SB_TIME_NONE)
        asked.start = match->asked.start;
    if (match->is_passage && match->asked.end != SB_TIME_NONE)
        asked.end = match->asked.end;
    return asked;
}

static sb_status warn_of_unheard(sb_clip_job *job, sb_error *err)
{
    const sb_alignment *alignment = job->source->alignment;
    const sb_match *match = job->request->match;
    const sb_caption_span span = {.first_turn = match->first_turn,
                                  .first_word = match->first_word,
                                  .last_turn = match->last_turn,
                                  .last_word = match->last_word};
    bool has_captions = job->params->captions || job->result->video_width;
    sb_bytes words = {0};
    sb_captions_append_unheard(&words, alignment, &span);
    sb_status status = SB_OK;
    if (words.failed)
        status = sb_error_memory(err, "cutting clips");
    else if (words.size)
        status = sb_clip_result_warn(
            job->result, err, "not heard in the audio%s: %s; %s",
            has_captions && alignment->pairing != SB_PAIRING_UNSURE ? ", and left out of the captions" : "",
            words.data, "compare the clip with the text");
    sb_bytes_finish(&words);
    return status;
}

static sb_status place_cut(sb_clip_job *job, sb_error *err)
{
    const sb_clip_source *source = job->source;
    sb_clip_result *result = job->result;
    sb_cut *cut = &result->cut;
    sb_status status = sb_match_cut(cut, source->alignment, job->request->match, &job->params->cut, err);
    if (!status && job->params->strict && (cut->warnings & SB_CUT_UNSURE_PAIRING))
        status =
            sb_error_set_at(err, SB_ERR_MISMATCH, job->request->path, 0, 0,
                            "is not written because the transcript may not belong to the audio; listen to "
                            "the clip without strict");
    unsigned others = cut->warnings & ~(unsigned)SB_CUT_WORDS_NOT_HEARD;
    if (!status && others != cut->warnings)
        status = warn_of_unheard(job, err);
    for (size_t i = 0; !status && sb_cut_warning_text(others, i); i++)
        status = sb_clip_result_warn(result, err, "%s", sb_cut_warning_text(others, i));
    if (status)
        return status;
    result->asked = asked_times(job->request->match);
    result->lead = cut->speech.start - cut->span.start;
    result->tail = cut->span.end - cut->speech.end;
    if (warn_of_padding(result, &job->params->cut, err))
        return err->status;
    result->length = cut->span.end - cut->span.start;
    result->confidence = job->request->match->confidence;
    result->source_rate = source->info->sample_rate;
    result->start_sample = sb_time_to_samples(cut->span.start, result->source_rate);
    result->end_sample = sb_time_to_samples(cut->span.end, result->source_rate);
    if (result->start_sample < 0)
        result->start_sample = 0;
    if (result->end_sample <= result->start_sample)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "the quote has no length because its words have no times; align the transcript to its audio");
    return SB_OK;
}

/* Sound for a montage alone keeps the source's rate and channels. */
static void keep_shape(sb_clip_job *job)
{
    const sb_media_info *info = job->source->info;
    job->shape = (sb_clip_shape){.rate_in = info->sample_rate,
                                 .channels_in = info->channels,
                                 .rate_out = info->sample_rate,
                                 .channels_out = info->channels,
                                 .speakers = info->speakers,
                                 .n_in = job->result->end_sample - job->result->start_sample};
}

/* The only useful numbers of channels are one, two and all. */
static sb_status check_channels(const sb_clip_job *job, sb_error *err)
{
    int wanted = job->params->channels, channels = job->source->info->channels;
    if (wanted <= 2 || wanted == channels)
        return SB_OK;
    return sb_error_set_field(err, SB_ERR_ARGUMENT, "channels", job->request->path,
                              "cannot have %d channels because the audio has %d; mix to 1 or 2%s", wanted,
                              channels, channels > 2 ? ", or keep all" : "");
}

static sb_status warn_of_channels(sb_clip_job *job, int channels, sb_error *err)
{
    const char *format = job->target.format->extension;
    if (channels > 2 && !job->source->info->speakers && job->shape.channels_out == 2)
        return sb_clip_result_warn(
            job->result, err,
            "the audio has %d channels that are not for loudspeakers, such as microphones; "
            "%s cannot keep them apart, so all were mixed; wav keeps them",
            channels, format);
    return sb_clip_result_warn(
        job->result, err, "%s cannot have these %d channels; mixed to %d; choose another format to keep them",
        format, channels, job->shape.channels_out);
}

static sb_status choose_shape(sb_clip_job *job, sb_error *err)
{
    const sb_clip_params *params = job->params;
    const sb_media_info *info = job->source->info;
    int rate = params->sample_rate ? params->sample_rate : info->sample_rate;
    int channels = params->channels ? params->channels : info->channels;
    job->shape =
        (sb_clip_shape){.rate_in = info->sample_rate,
                        .channels_in = info->channels,
                        .rate_out = sb_encoder_rate(job->target.format->extension, rate),
                        .channels_out = sb_encoder_channels(job->target.format, channels, info->speakers),
                        .speakers = info->speakers,
                        .n_in = job->result->end_sample - job->result->start_sample};
    sb_status status = check_channels(job, err);
    if (!status && params->sample_rate && job->shape.rate_out != rate)
        status = sb_clip_result_warn(
            job->result, err,
            "%s cannot have a sample rate of %d Hz; written at %d Hz; choose another format to keep the rate",
            job->target.format->extension, rate, job->shape.rate_out);
    if (!status && given_params(job)->bit_rate && !job->target.format->av_encoder)
        status =
            sb_clip_result_warn(job->result, err, "%s is lossless; the bit rate is ignored; leave it out",
                                job->target.format->extension);
    if (!status && job->shape.channels_out != channels &&
        (params->channels || job->shape.channels_out < channels))
        status = warn_of_channels(job, channels, err);
    return status;
}

static sb_status prepare_files(sb_clip_job *job, sb_error *err)
{
    const sb_clip_result *result = job->result;
    sb_status status = job->params->copy ? SB_OK : choose_shape(job, err);
    if (!status)
        status = sb_clip_warn_of_length(job->result, job->params->profile, result->length, err);
    if (!status)
        status = sb_caption_files_name(job->result, job->params->captions, err);
    if (!status)
        status =
            sb_clip_output_check(job->request->folder, job->request->path, job->source->call->overwrite, err);
    for (size_t i = 0; i < result->n_captions && !status; i++)
        status = sb_clip_output_check(job->request->folder, result->captions[i], job->source->call->overwrite,
                                      err);
    return status;
}

sb_status sb_clip_job_init(sb_clip_job *job, const sb_clip_source *source, const sb_clip_request *request,
                           sb_clip_result *result)
{
    *job = (sb_clip_job){.source = source, .request = request, .result = result, .reference_lufs = NAN};
    *result = (sb_clip_result){.loudness_lufs = NAN, .true_peak_db = NAN};
    memcpy(result->source_sha256, source->sha256, sizeof result->source_sha256);
    sb_error *err = &result->error;
    sb_status status = copy_strings(result, source, request, err);
    if (!status)
        status = find_target(job, err);
    if (!status)
        status = place_cut(job, err);
    if (!status)
        keep_shape(job);
    if (!status && request->path)
        status = prepare_files(job, err);
    if (!status && job->params->drop)
        status = sb_clip_job_plan_drops(job, err);
    if (!status && request->montage)
        status = sb_montage_describe(request->montage, job, err);
    if (!status && request->path && !job->params->no_certificate && result->n_drops == 0)
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
            status =
                sb_clip_result_warn(job->result, err, "%s; listen to the clip there", report->events[i].text);
    return status;
}
