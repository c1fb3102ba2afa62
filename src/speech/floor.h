/* The noise floor and the level of speech, followed through a file. */
#ifndef SB_SPEECH_FLOOR_H
#define SB_SPEECH_FLOOR_H

#include "soundbite/status.h"

/* Levels in half decibels (SB_LEVEL_DB), one of each for every SB_FLOOR_STEP hops: `floor` is a low percentile of the 16 s
 * around, which in speech falls into its pauses (Ris and Dupont 2001, "Assessing local noise level estimation methods");
 * `top` a high one of the two minutes around, `near_top` of the 16 s around. */
#define SB_FLOOR_STEP 20

typedef struct sb_floor {
    uint8_t *floor, *top, *near_top;
    size_t n;
} sb_floor;

/* SB_ERR_MEMORY. Linear in `n`. */
sb_status sb_floor_follow(sb_floor *out, const uint8_t *levels, size_t n, sb_error *err);
void sb_floor_finish(sb_floor *floor);

/* The level under which `part` (0 ... 1) of all hops lie. */
uint8_t sb_level_percentile(const uint8_t *levels, size_t n, double part);

#endif
