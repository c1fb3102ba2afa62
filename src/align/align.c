#include "align/align.h"

#include "acoustic/acoustic.h"
#include "align/acoustic/acoustic_aligner.h"
#include "align/energy/energy.h"
#include "alignment/alignment.h"
#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

static sb_status take_audio(sb_alignment *a, const sb_speech *speech, const sb_align_audio *audio,
                            sb_error *err)
{
    bool ok = true;
    a->audio.duration = speech->duration;
    if (audio) {
        a->audio.path = sb_copy_text(audio->path, &ok);
        a->audio.codec = sb_copy_text(audio->codec, &ok);
        a->audio.sample_rate = audio->sample_rate;
        a->audio.channels = audio->channels;
        a->audio.damaged = audio->damaged;
        a->audio.damage = sb_copy_text(audio->damage, &ok);
        a->audio.seek_safe = audio->seek_safe;
        a->audio.microphones = audio->microphones;
        if (audio->packets)
            memcpy(a->audio.packets, audio->packets, strnlen(audio->packets, sizeof a->audio.packets - 1));
        if (audio->sha256)
            memcpy(a->audio.sha256, audio->sha256, strnlen(audio->sha256, sizeof a->audio.sha256 - 1));
    }
    a->speech = calloc(speech->n_speech + 1, sizeof *a->speech);
    if (!ok || !a->speech)
        return sb_error_memory(err, "aligning");
    a->n_speech = speech->n_speech;
    if (speech->n_speech)
        memcpy(a->speech, speech->speech, speech->n_speech * sizeof *a->speech);
    sb_status status = sb_sound_take(a, speech, err);
    return status ? status : sb_levels_take(a, speech, err);
}

static sb_status note_method(sb_alignment *a, const char *why, sb_error *err)
{
    bool ok = true;
    a->method = SB_METHOD_ENERGY;
    if (why && *why)
        a->method_note = sb_copy_text(why, &ok);
    return ok ? SB_OK : sb_error_memory(err, "aligning");
}

static sb_status begin_alignment(sb_alignment *a, const sb_speech *speech, const sb_transcript *transcript,
                                 const sb_align_audio *audio, sb_error *err)
{
    if (speech->n_speech == 0)
        return sb_error_set_at(err, SB_ERR_NO_SPEECH, audio ? audio->path : NULL, 0, 0,
                               "contains no speech; name the right audio file");
    sb_status status = take_audio(a, speech, audio, err);
    if (status == SB_OK)
        status = sb_alignment_take_transcript(a, transcript, err);
    return status == SB_OK ? sb_alignment_take_turns(a, transcript, err) : status;
}

const char *sb_align_without_model(const sb_align_params *params)
{
    if (params && params->method == SB_METHOD_ENERGY)
        return "";
    return params && params->acoustic_model ? NULL : sb_acoustic_model_missing(NULL);
}

/* The energy aligner proposes positions. If there is an acoustic model, the heard words decide the positions,
 * and whether the text belongs to the audio. */
static sb_status place_turns(sb_alignment *a, const sb_speech *speech, const sb_features *features,
                             const sb_transcript *transcript, const sb_align_params *params, sb_error *err)
{
    sb_status status = sb_energy_align(a, speech, transcript, params, err);
    if (status == SB_OK && features)
        status = sb_acoustic_refine(a, speech, features, params, err);
    if (status == SB_OK && a->pairing == SB_PAIRING_OK) {
        free(a->pairing_note);
        a->pairing_note = NULL;
    }
    sb_alignment_settle_unheard(a);
    return status;
}

sb_status sb_align_features(sb_alignment **out, const sb_speech *speech, const sb_features *features,
                            const char *why, const sb_transcript *transcript, const sb_align_audio *audio,
                            const sb_align_params *params, sb_error *err)
{
    *out = NULL;
    sb_alignment *a = calloc(1, sizeof *a);
    if (!a)
        return sb_error_memory(err, "aligning");
    sb_status status = begin_alignment(a, speech, transcript, audio, err);
    if (status == SB_OK)
        status = note_method(a, why, err);
    if (status == SB_OK)
        status = sb_turn_languages_set(a, params ? params->language : NULL, err);
    if (status == SB_OK)
        status = place_turns(a, speech, features, transcript, params, err);
    if (status != SB_OK) {
        sb_alignment_free(&a);
        return status;
    }
    sb_alignment_round(a);
    *out = a;
    return SB_OK;
}

sb_status sb_align_without_text(sb_alignment **out, const sb_speech *speech, const sb_align_audio *audio,
                                sb_error *err)
{
    *out = NULL;
    sb_alignment *a = calloc(1, sizeof *a);
    sb_status status = a ? take_audio(a, speech, audio, err) : sb_error_memory(err, "reading the audio");
    if (status == SB_OK && !(a->turns = calloc(1, sizeof *a->turns)))
        status = sb_error_memory(err, "reading the audio");
    if (status != SB_OK) {
        sb_alignment_free(&a);
        return status;
    }
    a->method = SB_METHOD_ENERGY;
    a->turns[a->n_turns++] =
        (sb_aligned_turn){.stamp = SB_TIME_NONE, .end = speech->duration, .confidence = 1};
    *out = a;
    return SB_OK;
}

sb_status sb_alignment_from_speech(sb_alignment **out, const sb_speech *speech,
                                   const sb_transcript *transcript, const sb_align_audio *audio,
                                   const sb_align_params *params, sb_error *err)
{
    bool asked = !params || params->method != SB_METHOD_ENERGY;
    return sb_align_features(out, speech, NULL,
                             asked ? "the acoustic model needs the audio itself, which was not given" : NULL,
                             transcript, audio, params, err);
}
