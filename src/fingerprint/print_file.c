#include "soundbite/fingerprint.h"

#include "base/run/run.h"
#include "media/media.h"

#include <stdlib.h>

void sb_fingerprint_finish(sb_fingerprint *fingerprint)
{
    free(fingerprint->codes);
    *fingerprint = (sb_fingerprint){0};
}

static sb_status push_block(void *user, const sb_pcm *block, sb_error *err)
{
    return sb_fingerprinter_push(user, block->planes, block->n_samples, err);
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
        status = sb_decoder_read_all(decoder, push_block, fingerprinter, err);
    if (status == SB_OK)
        status = sb_fingerprinter_end(fingerprinter, out, err);
    sb_fingerprinter_free(&fingerprinter);
    sb_decoder_free(&decoder);
    return status;
}
