#include "align/stamps/stamps.h"

#include <math.h>
#include <stdlib.h>

#define SLACK 0.1 /* seconds; a turn may start this far outside the window of its stamp */

/* A pause before a turn is longer than one inside it: a logistic function of the logarithm of its length. */
static double turn_likeness(double pause)
{
    return 1 / (1 + exp(-(log(pause + 1e-3) - log(0.2)) / 0.35));
}

static void spread_onset(float *likely, size_t n, double at, double resolution, double weight)
{
    double from = (at - resolution - SLACK) / SB_ONSET_BIN, until = (at + SLACK) / SB_ONSET_BIN;
    for (long b = from < 0 ? 0 : (long)from; b <= (long)until && b < (long)n; b++)
        likely[b] = likely[b] > (float)weight ? likely[b] : (float)weight;
}

bool sb_onsets_make(sb_onsets *out, const sb_speech *speech, double resolution)
{
    out->n = (size_t)(sb_time_to_seconds(speech->duration) / SB_ONSET_BIN) + 1;
    out->ratio = calloc(out->n, sizeof *out->ratio);
    if (!out->ratio)
        return false;
    sb_time last_end = -2 * SB_TIME_SECOND;
    for (size_t i = 0; i < speech->n_speech; i++) {
        if (sb_music_is(speech, speech->speech[i]))
            continue;
        double start = sb_time_to_seconds(speech->speech[i].start);
        double before = last_end < 0 ? 2.0 : start - sb_time_to_seconds(last_end);
        last_end = speech->speech[i].end;
        spread_onset(out->ratio, out->n, start, resolution, turn_likeness(before));
    }
    double sum = 0;
    for (size_t b = 0; b < out->n; b++)
        sum += (double)(out->ratio[b] = 0.92f * out->ratio[b] + 0.04f);
    float mean = (float)(sum / (double)out->n);
    for (size_t b = 0; b < out->n; b++)
        out->ratio[b] = logf(out->ratio[b] / mean);
    return true;
}

void sb_onsets_finish(sb_onsets *onsets)
{
    free(onsets->ratio);
    *onsets = (sb_onsets){0};
}
