/* The boundary model: the place of a word edge in the sound. */
#ifndef SB_ACOUSTIC_BOUNDARY_BOUNDARY_H
#define SB_ACOUSTIC_BOUNDARY_BOUNDARY_H

#include <stdbool.h>

#include "soundbite/tuning.h"
#include "speech/speech.h"

/* The boundary model: a small network over band levels that scores the places around a word edge of the
 * forced alignment. It was trained on hand-labelled read American English. */

/* The speech level. Levels relative to it do not depend on the gain. */
typedef struct sb_boundary_scale {
    float level_db[256]; /* of each byte of the band levels, relative to speech */
} sb_boundary_scale;

/* Computed from the sound inside the given words, which should contain some seconds of one voice. False if
 * they contain no sound. */
bool sb_boundary_scale_set(sb_boundary_scale *scale, const sb_band_levels *levels, const sb_span *words,
                           size_t n_words);

/* A boundary in the text, by the classes of the phones on its left and right (see sb_phone_class). If one
 * side is silence, the boundary is the edge of the word on the other side. */
typedef struct sb_refined_edges {
    bool is_end; /* the end of the left word; otherwise the start of the right word */
    char left, right;
} sb_refined_edges;

#define SB_BOUNDARY_AROUND     28 /* candidates on each side of the place from the forced alignment */
#define SB_BOUNDARY_CANDIDATES (2 * SB_BOUNDARY_AROUND + 1)
#define SB_BOUNDARY_REACH      32 /* frames that a candidate uses on each side */
#define SB_BOUNDARY_SEEN       (SB_BOUNDARY_CANDIDATES + 2 * SB_BOUNDARY_REACH - 1)

/* All inputs of the model for one boundary; trainers learn from it. Candidate i is SB_BAND_HOP samples
 * after candidate i - 1, and just before the levels of frame SB_BOUNDARY_REACH + i. */
typedef struct sb_boundary_sight {
    int context;    /* 0 ... SB_BOUNDARY_CONTEXTS - 1, see sb_boundary_weights */
    double first_s; /* time of candidate 0 */
    float level_db[SB_BOUNDARY_SEEN][SB_BANDS];
} sb_boundary_sight;

/* False if the model does not have the classes, or if there is no sound. */
bool sb_boundary_look(sb_boundary_sight *out, const sb_band_levels *levels, const sb_boundary_scale *scale,
                      sb_refined_edges boundary, sb_time t);

/* Improves a boundary that the forced alignment placed at `t`. The result is at most 80 ms from `t`; it is
 * `t` itself if the model does not have the classes. `weights` may be NULL for the built-in ones. `peak`
 * (may be NULL) becomes the probability of the best 2.5 ms: a higher value means a more certain boundary. */
sb_time sb_boundary_refine(const sb_boundary_weights *weights, const sb_band_levels *levels,
                           const sb_boundary_scale *scale, sb_refined_edges boundary, sb_time t, float *peak);

/* The weights of the boundary model: built in (scripts/import-boundary-model writes boundary_weights.c),
 * or from a file. */

/* Starts: left class V S F Z N L _ by right class V S F Z N L. Then ends, with the sides exchanged. */
#define SB_BOUNDARY_CONTEXTS 84
#define SB_BOUNDARY_INPUTS   110
/* Additional inputs: the square of the offset from the prior, its absolute value, and the offset itself. */
#define SB_BOUNDARY_OFFSETS 3
#define SB_BOUNDARY_HIDDEN  24

/* Inputs from the sound are normalised by their mean and standard deviation. Biases are in seconds. */
struct sb_boundary_weights {
    float bias_s[SB_BOUNDARY_CONTEXTS];
    float mean[SB_BOUNDARY_INPUTS];
    float std[SB_BOUNDARY_INPUTS];
    float hidden[SB_BOUNDARY_INPUTS + SB_BOUNDARY_OFFSETS][SB_BOUNDARY_HIDDEN];
    float context[SB_BOUNDARY_CONTEXTS][SB_BOUNDARY_HIDDEN];
    float out[SB_BOUNDARY_HIDDEN];
    float offset[SB_BOUNDARY_CONTEXTS][SB_BOUNDARY_OFFSETS];
};

extern const sb_boundary_weights sb_boundary_built_in;

#endif
