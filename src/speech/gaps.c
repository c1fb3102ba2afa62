#include "speech/speech.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

/* Maximum length of a word's start before its first loud syllable (a fricative, a weak vowel), in hops. In
 * twelve hand-labelled recordings, 98 % of the words have their first loud syllable within 120 ms. */
#define LEAD         40
#define TAIL         60 /* hops; the same for its end after the last loud syllable */
#define LEAST_MIDDLE 20 /* minimum number of hops to measure a noise */
/* Hops of the middle that measure the noise next to an edge. */
#define NEAR      100
#define LEAD_PART 0.9 /* share of the hops before an onset below its noise level: a breath swells */
#define TAIL_PART 0.5 /* the same after an end, which fades into the noise */

static void fill_gap(sb_gaps *out, const uint8_t *const levels[2], size_t first, size_t end, size_t n)
{
    size_t from = first > 0 ? first + TAIL : 0, until = end < n ? end : n + LEAD;
    if (until < from + LEAST_MIDDLE + LEAD)
        return;
    until -= LEAD;
    size_t near = until - from < NEAR ? until - from : NEAR;
    for (size_t b = 0; b < 2; b++) {
        uint8_t *floor = out->floor[b];
        memset(floor + first, sb_level_percentile(levels[b] + from, near, TAIL_PART), from - first);
        memset(floor + until, sb_level_percentile(levels[b] + until - near, near, LEAD_PART), end - until);
        memset(floor + from, SB_NO_SPEECH, until - from);
    }
}

sb_status sb_gaps_find(sb_gaps *out, const uint8_t *const levels[2], const uint8_t *is_syllable, size_t n,
                       sb_error *err)
{
    *out = (sb_gaps){{calloc(n + 1, 1), calloc(n + 1, 1)}};
    if (!out->floor[0] || !out->floor[1]) {
        sb_gaps_finish(out);
        return sb_error_memory(err, "measuring the audio");
    }
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && !is_syllable[end])
            end++;
        if (end > i)
            fill_gap(out, levels, i, end, n);
        i = end + 1;
    }
    return SB_OK;
}

void sb_gaps_finish(sb_gaps *gaps)
{
    free(gaps->floor[0]);
    free(gaps->floor[1]);
    *gaps = (sb_gaps){0};
}
