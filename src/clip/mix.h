/* Channels brought to the number that is wanted. */
#ifndef SB_CLIP_MIX_H
#define SB_CLIP_MIX_H

#include <stddef.h>

/* Mixes `n` samples of `channels_in` planes to `channels_out`: 1 is the mean of all; 2 of one is the same twice; 2 of 5.1
 * (left, right, centre, low, surrounds) after ITU-R BS.775 and scaled so that it cannot clip; 2 of others is the
 * mean of the even and of the odd planes. Equal numbers are copied. */
void sb_clip_mix(float *const *out, int channels_out, const float *const *in, int channels_in, size_t n);

#endif
