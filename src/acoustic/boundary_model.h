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

#define SB_BOUNDARY_AROUND     28 /* candidates on each side of the place that forced alignment gave */
#define SB_BOUNDARY_CANDIDATES (2 * SB_BOUNDARY_AROUND + 1)
#define SB_BOUNDARY_REACH      32 /* frames that a candidate sees on each side */
#define SB_BOUNDARY_SEEN       (SB_BOUNDARY_CANDIDATES + 2 * SB_BOUNDARY_REACH - 1)

/* All that the model sees of a boundary, from which trainers learn: candidate i lies SB_BAND_HOP samples after candidate i - 1, and
 * before the levels of frame SB_BOUNDARY_REACH + i. */
typedef struct sb_boundary_sight {
    int context;    /* 0 ... SB_BOUNDARY_CONTEXTS - 1, see boundary_weights.h */
    double first_s; /* time of candidate 0 */
    float level_db[SB_BOUNDARY_SEEN][SB_BANDS];
} sb_boundary_sight;

/* False where the classes are none that the model knows, or there is no sound. */
bool sb_boundary_look(sb_boundary_sight *out, const sb_band_levels *levels, const sb_boundary_scale *scale,
                      sb_boundary boundary, sb_time t);

/* The time of a boundary that forced alignment has placed at `t`, at most 80 ms off it; `t` itself where the classes are none
 * that the model knows. `weights` NULL are those built in. `peak` (may be NULL) becomes the probability of the likeliest 2.5 ms: the higher, the surer. */
sb_time sb_boundary_refine(const sb_boundary_weights *weights, const sb_band_levels *levels,
                           const sb_boundary_scale *scale, sb_boundary boundary, sb_time t, float *peak);

#endif
