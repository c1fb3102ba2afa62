/* The numbers of the boundary model; scripts/import-boundary-model writes boundary_weights.c. */
#ifndef SB_ACOUSTIC_BOUNDARY_WEIGHTS_H
#define SB_ACOUSTIC_BOUNDARY_WEIGHTS_H

#define SB_BOUNDARY_CONTEXTS                                                                                 \
    84 /* starts: left class by right, V S F Z N L _ by V S F Z N L; then ends, the other way */
#define SB_BOUNDARY_INPUTS  110
#define SB_BOUNDARY_OFFSETS 3 /* inputs more: the offset from the prior, squared, without sign, as it is */
#define SB_BOUNDARY_HIDDEN  24

/* Sound inputs are taken less their mean, over their standard deviation. Biases are in seconds. */
extern const float sb_boundary_bias_s[SB_BOUNDARY_CONTEXTS];
extern const float sb_boundary_mean[SB_BOUNDARY_INPUTS];
extern const float sb_boundary_std[SB_BOUNDARY_INPUTS];
extern const float sb_boundary_hidden[SB_BOUNDARY_INPUTS + SB_BOUNDARY_OFFSETS][SB_BOUNDARY_HIDDEN];
extern const float sb_boundary_context[SB_BOUNDARY_CONTEXTS][SB_BOUNDARY_HIDDEN];
extern const float sb_boundary_out[SB_BOUNDARY_HIDDEN];
extern const float sb_boundary_offset[SB_BOUNDARY_CONTEXTS][SB_BOUNDARY_OFFSETS];

#endif
