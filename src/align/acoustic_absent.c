#include "acoustic/cepstra.h"
#include "align/acoustic_model.h"

#include <stdlib.h>

static const char missing[] =
    "this build has no acoustic model; build soundbite where pocketsphinx is installed";

const char *sb_acoustic_model_missing(const char *language)
{
    (void)language;
    return missing;
}

const char *sb_acoustic_model_dictionary(void)
{
    return NULL;
}

sb_status sb_acoustic_decoder_create(sb_acoustic_decoder **out, const sb_lexicon *lexicon, sb_error *err)
{
    (void)lexicon;
    *out = NULL;
    return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", missing);
}

void sb_acoustic_decoder_free(sb_acoustic_decoder **decoder)
{
    *decoder = NULL;
}

sb_status sb_acoustic_align(sb_acoustic_decoder *decoder, const float *cepstra, size_t n_frames,
                            const uint32_t *words, size_t n_words, const sb_acoustic_params *params,
                            sb_acoustic_word *out, sb_error *err)
{
    (void)decoder, (void)cepstra, (void)n_frames, (void)words, (void)n_words, (void)params, (void)out;
    return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", missing);
}

sb_status sb_cepstra_maker_create(sb_cepstra_maker **out, sb_error *err)
{
    *out = NULL;
    return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", missing);
}

void sb_cepstra_maker_free(sb_cepstra_maker **maker)
{
    *maker = NULL;
}

sb_status sb_cepstra_push(sb_cepstra_maker *maker, const float *samples, size_t n_samples, sb_error *err)
{
    (void)maker, (void)samples, (void)n_samples;
    return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", missing);
}

sb_status sb_cepstra_end(sb_cepstra_maker *maker, sb_cepstra *out, sb_error *err)
{
    (void)maker;
    *out = (sb_cepstra){0};
    return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", missing);
}

void sb_cepstra_finish(sb_cepstra *cepstra)
{
    free(cepstra->values);
    *cepstra = (sb_cepstra){0};
}
