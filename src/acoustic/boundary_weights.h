/* The numbers of the boundary model: those built in (scripts/import-boundary-model writes boundary_weights.c), or a file's. */
#ifndef SB_ACOUSTIC_BOUNDARY_WEIGHTS_H
#define SB_ACOUSTIC_BOUNDARY_WEIGHTS_H

#include "soundbite/tuning.h"

#define SB_BOUNDARY_CONTEXTS                                                                                 \
    84 /* starts: left class by right, V S F Z N L _ by V S F Z N L; then ends, the other way */
#define SB_BOUNDARY_INPUTS  110
#define SB_BOUNDARY_OFFSETS 3 /* inputs more: the offset from the prior, squared, without sign, as it is */
#define SB_BOUNDARY_HIDDEN  24

/* Sound inputs are taken less their mean, over their standard deviation. Biases are in seconds. */
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
