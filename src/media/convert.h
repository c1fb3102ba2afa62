/* Samples of every format brought to planes of float. */
#ifndef SB_MEDIA_CONVERT_H
#define SB_MEDIA_CONVERT_H

#include <libavutil/frame.h>
#include <stdbool.h>
#include <stdint.h>

#define SB_CHANNELS_MAX 64
#define SB_SAMPLE_MAX   8.0f /* +18 dBFS: what is louder is no sound */

typedef struct sb_converter {
    float *data;
    size_t capacity; /* floats */
    const float *planes[SB_CHANNELS_MAX];
    int64_t n_non_finite, n_over_full;         /* samples set to 0, and clamped, so far */
    int64_t first_non_finite, first_over_full; /* where the first was, as `at` was then */
} sb_converter;

/* Sets `planes` to the frame's sound, nominal range -1 ... 1; they point into the frame where it is such already, so
 * both must live. `at` is where the frame begins. The frame has at most SB_CHANNELS_MAX channels. False when out of memory. */
bool sb_converter_take(sb_converter *c, const AVFrame *frame, int64_t at);
void sb_converter_finish(sb_converter *c);

#endif
