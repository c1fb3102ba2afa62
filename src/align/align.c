#include "align/alignment.h"
#include "align/energy_aligner.h"
#include "base/memory.h"
#include "soundbite/media.h"

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
        a->audio.seek_safe = audio->seek_safe;
        if (audio->sha256)
            memcpy(a->audio.sha256, audio->sha256, strnlen(audio->sha256, sizeof a->audio.sha256 - 1));
    }
    a->speech = calloc(speech->n_speech + 1, sizeof *a->speech);
    if (!ok || !a->speech)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    a->n_speech = speech->n_speech;
    if (speech->n_speech)
        memcpy(a->speech, speech->speech, speech->n_speech * sizeof *a->speech);
    return SB_OK;
}

static sb_status choose_method(sb_alignment *a, sb_method wanted, sb_error *err)
{
    bool ok = true;
    a->method = SB_METHOD_ENERGY;
    if (wanted != SB_METHOD_ENERGY)
        a->method_note = sb_copy_text(
            "this build has no acoustic model, so turns are placed by energy and words estimated", &ok);
    return ok ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

sb_status sb_align(sb_alignment **out, const sb_speech *speech, const sb_transcript *transcript,
                   const sb_align_audio *audio, const sb_align_params *params, sb_notes *notes, sb_error *err)
{
    *out = NULL;
    sb_alignment *a = calloc(1, sizeof *a);
    if (!a)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_status status = speech->n_speech
                           ? SB_OK
                           : sb_error_set_at(err, SB_ERR_NO_SPEECH, audio ? audio->path : NULL, 0, 0,
                                             "no speech was found in it; is it the right file?");
    if (status == SB_OK)
        status = take_audio(a, speech, audio, err);
    if (status == SB_OK)
        status = sb_alignment_take_transcript(a, transcript, err);
    if (status == SB_OK)
        status = sb_alignment_take_turns(a, transcript, err);
    if (status == SB_OK)
        status = choose_method(a, params ? params->method : SB_METHOD_AUTO, err);
    if (status == SB_OK)
        status = sb_energy_align(a, speech, transcript, params, notes, err);
    if (status == SB_OK)
        *out = a;
    else
        sb_alignment_free(&a);
    return status;
}
