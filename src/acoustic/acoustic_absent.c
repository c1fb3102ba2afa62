#include "acoustic/acoustic.h"

#include <stdlib.h>

static const char missing[] = "this build has no acoustic alignment; use a build with SB_WITH_ACOUSTIC";

const char *sb_acoustic_model_missing(const char *language)
{
    (void)language;
    return missing;
}

const char *sb_acoustic_model_folder(void)
{
    return "";
}

const char *sb_acoustic_model_dictionary(void)
{
    return NULL;
}

sb_status sb_cepstra_maker_create(sb_cepstra_maker **out, const sb_front_end *front_end, sb_error *err)
{
    (void)front_end;
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
