#include "soundbite/fingerprint.h"

#include "base/run/run.h"

/* For builds without Chromaprint. */

sb_status sb_fingerprinter_create(sb_fingerprinter **out, int sample_rate, int channels, sb_error *err)
{
    (void)sample_rate, (void)channels;
    *out = NULL;
    return sb_error_set(
        err, SB_ERR_UNSUPPORTED,
        "this build cannot recognise sound that recurs because it lacks Chromaprint; use a build "
        "that has it");
}

void sb_fingerprinter_free(sb_fingerprinter **fingerprinter)
{
    *fingerprinter = NULL;
}

sb_status sb_fingerprinter_push(sb_fingerprinter *fingerprinter, const float *const *planes, size_t n_samples,
                                sb_error *err)
{
    (void)fingerprinter, (void)planes, (void)n_samples, (void)err;
    return SB_ERR_UNSUPPORTED;
}

sb_status sb_fingerprinter_end(sb_fingerprinter *fingerprinter, sb_fingerprint *out, sb_error *err)
{
    (void)fingerprinter, (void)err;
    *out = (sb_fingerprint){0};
    return SB_ERR_UNSUPPORTED;
}
