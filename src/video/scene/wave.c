#include "video/scene/scene.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define SOFTEST 0.05f /* relative to the loudest; lower levels are drawn as silence */

sb_status sb_wave_push(sb_wave *wave, const float *const *planes, int channels, size_t n, sb_error *err)
{
    for (size_t i = 0; i < n; i++) {
        size_t run = wave->n_samples++ * SB_WAVE_RATE / (size_t)wave->sample_rate;
        if (run >= wave->n_levels) {
            if (!sb_push_room(&wave->levels, wave->n_levels, sizeof *wave->levels))
                return sb_error_memory(err, "drawing the video");
            wave->levels[wave->n_levels++] = 0;
        }
        for (int c = 0; c < channels; c++)
            wave->levels[run] = fmaxf(wave->levels[run], fabsf(planes[c][i]));
    }
    return SB_OK;
}

void sb_wave_finish(sb_wave *wave)
{
    free(wave->levels);
    *wave = (sb_wave){0};
}

void sb_wave_scale(sb_wave *wave)
{
    float most = 0;
    for (size_t i = 0; i < wave->n_levels; i++)
        most = fmaxf(most, wave->levels[i]);
    for (size_t i = 0; i < wave->n_levels && most > 0; i++) {
        float level = wave->levels[i] / most;
        wave->levels[i] = level > SOFTEST ? powf((level - SOFTEST) / (1 - SOFTEST), 0.7f) : 0;
    }
}
