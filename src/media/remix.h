/* Streams whose sample rate or channels change in the middle, brought to those they began with. */
#ifndef SB_MEDIA_REMIX_H
#define SB_MEDIA_REMIX_H

#include "media/convert.h"
#include "soundbite/status.h"

typedef struct sb_remix {
    int rate_in, channels_in;
    int rate_out, channels_out;
    struct SwrContext *swr; /* NULL while the rates are equal */
    float *mixed;           /* `channels_out` planes at the incoming rate */
    float *resampled;
    size_t n_mixed, n_resampled; /* floats that there is room for */
    const float *planes[SB_CHANNELS_MAX];
} sb_remix;

/* One channel goes to all at unity gain, all go to one at equal shares (two: 0.5 each); else channels keep their
 * places and those without one are shared out at half gain. SB_ERR_MEMORY. */
sb_status sb_remix_begin(sb_remix *r, int rate_in, int channels_in, int rate_out, int channels_out,
                         sb_error *err);

/* Forgets what was begun and what is held back. */
void sb_remix_reset(sb_remix *r);

/* True where sound of this kind passes through what was begun. */
bool sb_remix_takes(const sb_remix *r, int rate, int channels);

/* Sets `*planes` to what is ready, `*n` samples; the planes given are returned as they are where there is nothing to do. */
sb_status sb_remix_push(sb_remix *r, const float *const *in, size_t n_in, const float *const **planes,
                        size_t *n, sb_error *err);

/* The rest that the resampler holds back, once. */
sb_status sb_remix_flush(sb_remix *r, const float *const **planes, size_t *n, sb_error *err);
void sb_remix_finish(sb_remix *r);

#endif
