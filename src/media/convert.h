/* Converting samples of any format to planes of float. */
#ifndef SB_MEDIA_CONVERT_H
#define SB_MEDIA_CONVERT_H

#include <libavutil/frame.h>
#include <stdbool.h>
#include <stdint.h>

#define SB_CHANNELS_MAX 64
#define SB_SAMPLE_MAX   8.0f /* +18 dBFS; larger values are not valid sound */

typedef struct sb_converter {
    float *data;
    size_t capacity; /* in floats */
    const float *planes[SB_CHANNELS_MAX];
    int64_t n_non_finite, n_over_full;         /* samples set to 0 and samples clamped so far */
    int64_t first_non_finite, first_over_full; /* value of `at` at the first one */
} sb_converter;

/* Sets `planes` to the frame's sound; the nominal range is -1 to 1. The planes may point into the frame, so
 * keep the frame and the converter. `at` is the position of the frame, which has at most SB_CHANNELS_MAX
 * channels. Returns false if memory runs out. */
bool sb_converter_take(sb_converter *c, const AVFrame *frame, int64_t at);
void sb_converter_finish(sb_converter *c);

#endif
