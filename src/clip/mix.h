/* Mixing to the wanted number of channels. */
#ifndef SB_CLIP_MIX_H
#define SB_CLIP_MIX_H

#include <stddef.h>

/* Mixes `n` samples of `channels_in` planes to `channels_out`. To 1: the mean. 1 to 2: copied. 5.1 (left,
 * right, centre, low, surrounds) to 2: ITU-R BS.775, scaled so that it cannot clip. Others to 2: the means of
 * the even and of the odd planes. An equal number is copied. */
void sb_clip_mix(float *const *out, int channels_out, const float *const *in, int channels_in, size_t n);

#endif
