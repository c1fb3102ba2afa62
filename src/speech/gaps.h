/* Gaps between syllables, and the noise in them. */
#ifndef SB_SPEECH_GAPS_H
#define SB_SPEECH_GAPS_H

#include "soundbite/status.h"

#define SB_NO_SPEECH 255 /* in `floor`: too far from any syllable */

/* The least that the noise floor of each hop is, for each of two bands; 0 where nothing is known. Sound that lies farther from a
 * loud syllable than the edge of a word can is noise: a breath, a click, the tone of a room. An onset has to stand out from
 * what sounds before it, as in the endpoint detection of Rabiner and Sambur (1975), who search outwards from the loud part. */
typedef struct sb_gaps {
    uint8_t *floor[2];
} sb_gaps;

/* `is_syllable` has a byte a hop. SB_ERR_MEMORY. */
sb_status sb_gaps_find(sb_gaps *out, const uint8_t *const levels[2], const uint8_t *is_syllable, size_t n,
                       sb_error *err);
void sb_gaps_finish(sb_gaps *gaps);

#endif
