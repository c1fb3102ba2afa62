#include "soundbite/speech.h"

#include "base/run/run.h"
#include "speech/speech.h"

#include <stdlib.h>

struct sb_speech_analyser {
    sb_energy *energy;
    sb_speech_params params;
    int sample_rate;
};

sb_status sb_speech_analyser_create(sb_speech_analyser **out, int sample_rate, int channels,
                                    const sb_speech_params *params, sb_error *err)
{
    *out = NULL;
    sb_speech_analyser *a = calloc(1, sizeof *a);
    if (!a)
        return sb_error_memory(err, "measuring the audio");
    if (params)
        a->params = *params;
    a->sample_rate = sample_rate;
    sb_status status = sb_energy_create(&a->energy, sample_rate, channels, err);
    if (status == SB_OK)
        *out = a;
    else
        sb_speech_analyser_free(&a);
    return status;
}

void sb_speech_analyser_free(sb_speech_analyser **slot)
{
    if (*slot)
        sb_energy_free(&(*slot)->energy);
    free(*slot);
    *slot = NULL;
}

sb_status sb_speech_analyser_push(sb_speech_analyser *a, const float *const *planes, size_t n_samples,
                                  sb_error *err)
{
    return sb_energy_push(a->energy, planes, n_samples, err);
}

sb_status sb_speech_analyser_finish(sb_speech_analyser *a, sb_speech **out, sb_error *err)
{
    *out = NULL;
    sb_levels levels = {0};
    int64_t n_samples = 0;
    sb_speech *speech = calloc(1, sizeof *speech);
    sb_status status = speech ? sb_energy_finish(a->energy, &levels, &n_samples, err)
                              : sb_error_memory(err, "measuring the audio");
    if (status == SB_OK) {
        speech->duration = sb_time_from_samples(n_samples, a->sample_rate);
        speech->hop = SB_HOP;
        status = sb_silence_map_make(speech, &levels, &a->params, err);
        if (status == SB_OK)
            status = sb_music_find(&speech->music, &speech->n_music, &levels, err);
        speech->levels = levels.high;
        speech->n_levels = levels.n;
        speech->low_levels = levels.low;
        levels = (sb_levels){0};
    }
    free(levels.high);
    free(levels.low);
    if (status == SB_OK)
        *out = speech;
    else
        sb_speech_free(&speech);
    return status;
}

void sb_speech_free(sb_speech **slot)
{
    sb_speech *speech = *slot;
    *slot = NULL;
    if (!speech)
        return;
    free(speech->levels);
    free(speech->low_levels);
    free(speech->speech);
    free(speech->pauses);
    free(speech->music);
    free(speech);
}
