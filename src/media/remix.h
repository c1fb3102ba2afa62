/* Converting a stream whose rate or channels change to those at its beginning. */
#ifndef SB_MEDIA_REMIX_H
#define SB_MEDIA_REMIX_H

#include "media/convert.h"
#include "soundbite/status.h"

typedef struct sb_remix {
    int rate_in, channels_in;
    int rate_out, channels_out;
    struct SwrContext *swr; /* NULL if the rates are equal */
    float *mixed;           /* `channels_out` planes at the input rate */
    float *resampled;
    size_t n_mixed, n_resampled; /* allocated floats */
    const float *planes[SB_CHANNELS_MAX];
} sb_remix;

/* Begins a conversion. One channel goes to all with gain 1. All channels go to one with equal shares (two:
 * 0.5 each). Otherwise channels keep their index, and the remaining ones are distributed with gain 0.5.
 * Returns SB_ERR_MEMORY. */
sb_status sb_remix_begin(sb_remix *r, int rate_in, int channels_in, int rate_out, int channels_out,
                         sb_error *err);

/* Ends the conversion and discards what is held back. */
void sb_remix_reset(sb_remix *r);

/* Returns true if sound of this kind fits the current conversion. */
bool sb_remix_takes(const sb_remix *r, int rate, int channels);

/* Sets `*planes` to the converted sound, `*n` samples. If no conversion is needed, the input planes are
 * returned. */
sb_status sb_remix_push(sb_remix *r, const float *const *in, size_t n_in, const float *const **planes,
                        size_t *n, sb_error *err);

/* Returns the rest that the resampler holds back. Call it once. */
sb_status sb_remix_flush(sb_remix *r, const float *const **planes, size_t *n, sb_error *err);
void sb_remix_finish(sb_remix *r);

#endif
