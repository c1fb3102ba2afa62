/* Raised-cosine fades at both ends of a clip. */
#ifndef SB_CLIP_FADE_H
#define SB_CLIP_FADE_H

#include <stddef.h>
#include <stdint.h>

/* Lengths in samples. The first and the last sample of a fade are 0. */
typedef struct sb_clip_fade {
    int64_t in, out, length; /* of the two fades and of the whole clip */
} sb_clip_fade;

/* Fades that would overlap are shortened to meet in the middle. */
sb_clip_fade sb_clip_fade_make(int64_t in, int64_t out, int64_t length);

/* Applies the fades to the `n` samples at position `at`. */
void sb_clip_fade_apply(const sb_clip_fade *fade, float *const *planes, int channels, int64_t at, size_t n);

#endif
