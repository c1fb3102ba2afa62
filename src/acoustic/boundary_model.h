/* Where near the place that forced alignment gave a word begins or ends: a small network over band levels scores the places
 * round it. Learnt on hand-labelled read American English. */
#ifndef SB_ACOUSTIC_BOUNDARY_MODEL_H
#define SB_ACOUSTIC_BOUNDARY_MODEL_H

#include "soundbite/time.h"
#include "soundbite/tuning.h"
#include "speech/band_levels.h"

/* The level of speech that a boundary is seen against: gain falls out. */
typedef struct sb_boundary_scale {
    float level_db[256]; /* of each byte of the band levels, against speech */
} sb_boundary_scale;

/* From the sound inside the words given, in which there should be some seconds of one voice. False where they hold none. */
bool sb_boundary_scale_set(sb_boundary_scale *scale, const sb_band_levels *levels, const sb_span *words,
                           size_t n_words);

/* A place in the text, by the classes of the phones on its two sides, see phones.h. Of silence on one side, only the edge of
 * the word on the other is a boundary. */
typedef struct sb_boundary {
    bool is_end; /* of the word on the left; else the start of the one on the right */
    char left, right;
} sb_boundary;

/* The time of a boundary that forced alignment has placed at `t`, at most 80 ms off it; `t` itself where the classes are none
 * that the model knows. `weights` NULL are those built in. `peak` (may be NULL) becomes the probability of the likeliest 2.5 ms: the higher, the surer. */
sb_time sb_boundary_refine(const sb_boundary_weights *weights, const sb_band_levels *levels,
                           const sb_boundary_scale *scale, sb_boundary boundary, sb_time t, float *peak);

#endif
