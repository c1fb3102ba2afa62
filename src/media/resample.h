/* High-quality sample rate conversion for output files. */
#ifndef SB_MEDIA_RESAMPLE_H
#define SB_MEDIA_RESAMPLE_H

#include "soundbite/status.h"

typedef struct sb_resampler sb_resampler;

/* Returns SB_ERR_ARGUMENT for a ratio beyond 1:256; SB_ERR_MEMORY. */
sb_status sb_resampler_create(sb_resampler **out, int rate_in, int rate_out, int channels, sb_error *err);
void sb_resampler_free(sb_resampler **resampler);

/* Converts `n` samples of each plane. The output planes are valid until the next call. */
sb_status sb_resampler_push(sb_resampler *resampler, const float *const *planes, size_t n,
                            const float *const **out, size_t *n_out, sb_error *err);

/* Outputs the rest. In total, round(samples in * rate_out / rate_in) samples come out; the first input and
 * output samples have the same time. */
sb_status sb_resampler_flush(sb_resampler *resampler, const float *const **out, size_t *n_out, sb_error *err);

#endif
