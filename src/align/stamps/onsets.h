/* How likely a turn begins, instant by instant, as the pauses have it. */
#ifndef SB_ALIGN_ONSETS_H
#define SB_ALIGN_ONSETS_H

#include "soundbite/speech.h"

#define SB_ONSET_BIN 0.1 /* seconds */

/* For every bin of audio time the log-likelihood ratio, against the mean of all bins, of a turn that begins within `resolution`
 * seconds after it. */
typedef struct sb_onsets {
    float *ratio;
    size_t n;
} sb_onsets;

/* False when out of memory. */
bool sb_onsets_make(sb_onsets *out, const sb_speech *speech, double resolution);
void sb_onsets_finish(sb_onsets *onsets);

#endif
