#include "clip/clip_film.h"

static sb_caption_span span_of(const sb_clip_job *job, int64_t n_samples, int rate)
{
    const sb_match *match = job->request->match;
    const sb_clip_result *result = job->result;
    return (sb_caption_span){.first_turn = match->first_turn,
                             .first_word = match->first_word,
                             .last_turn = match->last_turn,
                             .last_word = match->last_word,
                             .shift = -sb_time_from_samples(result->start_sample, result->source_rate),
                             .within = {0, sb_time_from_samples(n_samples, rate)}};
}

static const char *title_of(const sb_clip_job *job)
{
    const char *own = job->params->video.title, *tag = job->source->info->title;
    return own ? own : tag ? tag : job->source->alignment->transcript.title;
}

sb_status sb_clip_film_open(sb_film **out, sb_clip_job *job, sb_wave *wave, sb_output *output,
                            const sb_encoder_params *sound, sb_error *err)
{
    const sb_profile *profile = job->params->profile;
    sb_caption_span span = span_of(job, (int64_t)wave->n_samples, sound->sample_rate);
    sb_film_params params = {.video = &job->params->video,
                             .audio_path = job->source->audio_path,
                             .stream = job->source->info->stream,
                             .start =
                                 sb_time_from_samples(job->result->start_sample, job->result->source_rate),
                             .title = title_of(job),
                             .speaker = job->result->speaker,
                             .alignment = job->source->alignment,
                             .spans = &span,
                             .n_spans = 1,
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
