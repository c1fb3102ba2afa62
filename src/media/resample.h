/* Change of sample rate at the best quality, for what is written out. */
#ifndef SB_MEDIA_RESAMPLE_H
#define SB_MEDIA_RESAMPLE_H

#include "soundbite/status.h"

typedef struct sb_resampler sb_resampler;

/* SB_ERR_MEMORY, SB_ERR_ARGUMENT (a ratio beyond 1:256). */
sb_status sb_resampler_create(sb_resampler **out, int rate_in, int rate_out, int channels, sb_error *err);
void sb_resampler_free(sb_resampler **resampler);

/* Takes `n` samples of each plane and gives what is ready: planes that are valid until the next call. */
sb_status sb_resampler_push(sb_resampler *resampler, const float *const *planes, size_t n,
                            const float *const **out, size_t *n_out, sb_error *err);

/* The rest: in all round(samples in * rate_out / rate_in) samples come out, the first at the time of the first. */
sb_status sb_resampler_flush(sb_resampler *resampler, const float *const **out, size_t *n_out, sb_error *err);

#endif
