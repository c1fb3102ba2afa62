#include "clip/level/level.h"

#include <math.h>

sb_clip_fade sb_clip_fade_make(int64_t in, int64_t out, int64_t length)
{
    if (in + out > length) {
        in = in < length / 2 ? in : length / 2;
        out = out < length - in ? out : length - in;
    }
    return (sb_clip_fade){.in = in, .out = out, .length = length};
}

static float raised_cosine(int64_t position, int64_t length)
{
    return position >= length ? 1 : (float)(0.5 - 0.5 * cos(M_PI * (double)position / (double)length));
}

void sb_clip_fade_apply(const sb_clip_fade *fade, float *const *planes, int channels, int64_t at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t from_start = at + (int64_t)i, to_end = fade->length - 1 - from_start;
        if (from_start >= fade->in && to_end >= fade->out)
            continue;
        float weight = raised_cosine(from_start, fade->in) * raised_cosine(to_end, fade->out);
        for (int c = 0; c < channels; c++)
            planes[c][i] *= weight;
    }
}
