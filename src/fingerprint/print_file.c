#include "soundbite/fingerprint.h"

#include "base/run/run.h"

#include <stdlib.h>

void sb_fingerprint_finish(sb_fingerprint *fingerprint)
{
    free(fingerprint->codes);
    *fingerprint = (sb_fingerprint){0};
}

static sb_status push_all(sb_fingerprinter *fingerprinter, sb_decoder *decoder, sb_error *err)
{
    for (;;) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status != SB_OK || block.n_samples == 0)
            return status;
        status = sb_fingerprinter_push(fingerprinter, block.planes, block.n_samples, err);
        if (status != SB_OK)
            return status;
    }
}

sb_status sb_fingerprint_file(sb_fingerprint *out, const char *path, const sb_media_params *params,
                              sb_error *err)
{
    *out = (sb_fingerprint){0};
    sb_decoder *decoder = NULL;
    sb_fingerprinter *fingerprinter = NULL;
    sb_status status = sb_decoder_open(&decoder, path, params, err);
    if (status == SB_OK)
        status = sb_fingerprinter_create(&fingerprinter, sb_decoder_info(decoder)->sample_rate,
                                         sb_decoder_info(decoder)->channels, err);
    if (status == SB_OK)
        status = push_all(fingerprinter, decoder, err);
    if (status == SB_OK)
        status = sb_fingerprinter_end(fingerprinter, out, err);
    sb_fingerprinter_free(&fingerprinter);
    sb_decoder_free(&decoder);
    return status;
}
