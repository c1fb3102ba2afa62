/* Sound as the listeners hear it: one channel, at 16 kHz or at the rate that an acoustic model wants. */
#ifndef SB_ALIGN_MONO_H
#define SB_ALIGN_MONO_H

#include "soundbite/status.h"

#define SB_MONO_HZ 16000

typedef struct sb_mono_maker sb_mono_maker;

/* Makes mono of `mono_hz` samples a second. SB_ERR_MEMORY, SB_ERR_UNSUPPORTED (a rate that cannot be reached). */
sb_status sb_mono_maker_create(sb_mono_maker **out, int sample_rate, int channels, int mono_hz,
                               sb_error *err);
void sb_mono_maker_free(sb_mono_maker **maker);

/* Called with every block of the result; ends the work by its first failure. */
typedef sb_status (*sb_mono_take)(void *user, const float *mono, size_t n, sb_error *err);

/* All channels are heard at equal shares, but one of them alone for as long as the mix cancels it. SB_ERR_MEMORY. */
sb_status sb_mono_push(sb_mono_maker *maker, const float *const *planes, size_t n_samples, sb_mono_take take,
                       void *user, sb_error *err);

/* What the resampler holds back. */
sb_status sb_mono_end(sb_mono_maker *maker, sb_mono_take take, void *user, sb_error *err);

#endif
