#include "align/align.h"
#include "base/run/run.h"
#include "media/media.h"
#include "voice/voice.h"

#include <stdlib.h>

/* Both makers are NULL if this build lacks their libraries. */
typedef struct pass {
    sb_fingerprinter *fingerprinter;
    sb_features_maker *features;
} pass;

static sb_status begin_pass(pass *p, const sb_media_info *info, sb_error *err)
{
    sb_error reason = {0};
    sb_status status = sb_fingerprinter_create(&p->fingerprinter, info->sample_rate, info->channels, &reason);
    if (status == SB_OK || status == SB_ERR_UNSUPPORTED)
        status = sb_features_maker_create(&p->features, info->sample_rate, info->channels, NULL, &reason);
    if (status == SB_OK || status == SB_ERR_UNSUPPORTED)
        return SB_OK;
    *err = reason;
    return status;
}

static sb_status push_block(void *user, const sb_pcm *block, sb_error *err)
{
    const pass *p = user;
    sb_status status = SB_OK;
    if (p->fingerprinter)
        status = sb_fingerprinter_push(p->fingerprinter, block->planes, block->n_samples, err);
    if (status == SB_OK && p->features)
        status = sb_features_push(p->features, block->planes, block->n_samples, err);
    return status;
}

static sb_status end_pass(sb_recording *out, const pass *p, const sb_alignment *alignment, sb_error *err)
{
    sb_features features = {0};
    sb_status status = p->fingerprinter ? sb_fingerprinter_end(p->fingerprinter, &out->print, err) : SB_OK;
    if (status == SB_OK && p->features)
        status = sb_features_end(p->features, &features, err);
    if (status == SB_OK && p->features)
        status = sb_recording_add_voices(out, &features.cepstra, alignment, err);
    sb_features_finish(&features);
    return status;
}

sb_status sb_recording_hear(sb_recording *out, const char *audio, const sb_alignment *alignment,
                            const sb_media_params *params, sb_error *err)
{
    *out = (sb_recording){0};
    sb_error unheard = {0};
    sb_decoder *decoder = NULL;
    pass p = {0};
    sb_status status = sb_decoder_open(&decoder, audio, params, err);
    if (status == SB_OK)
        status = begin_pass(&p, sb_decoder_info(decoder), err ? err : &unheard);
    if (status == SB_OK)
        status = sb_decoder_read_all(decoder, push_block, &p, err);
    if (status == SB_OK)
        status = end_pass(out, &p, alignment, err);
    sb_fingerprinter_free(&p.fingerprinter);
    sb_features_maker_free(&p.features);
    sb_decoder_free(&decoder);
    if (status != SB_OK)
        sb_recording_finish(out);
    return status;
}

void sb_recording_finish(sb_recording *recording)
{
    sb_fingerprint_finish(&recording->print);
    for (size_t i = 0; i < recording->n_voices; i++)
        free(recording->voices[i].speaker);
    free(recording->voices);
    *recording = (sb_recording){0};
}
