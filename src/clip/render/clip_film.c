#include "clip/edit/edit.h"
#include "clip/render/render.h"

static const char *title_of(const sb_clip_job *job)
{
    const char *own = job->params->video.title, *tag = job->source->info->title;
    return own ? own : tag ? tag : job->source->alignment->transcript.title;
}

sb_status sb_clip_film_open(sb_film **out, sb_clip_job *job, sb_wave *wave, sb_output *output,
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
                             .title = title_of(job),
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
