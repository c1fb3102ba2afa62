/* From stamps to audio time: a piecewise offset found from the pattern of pauses alone. */
#ifndef SB_ALIGN_OFFSETS_H
#define SB_ALIGN_OFFSETS_H

#include "align/energy/script.h"
#include "soundbite/speech.h"

/* What the pauses say of the stamps. `offset` has one value a turn, in seconds: audio time less transcript time.
 * Between jumps it is constant or creeps with the clock. */
typedef struct sb_offsets {
    double *offset;
    size_t *jumps;    /* turns before which the offset jumps */
    float *jump_gain; /* log-likelihood gained by the jump, after its price */
    size_t n_jumps;
    size_t n_stamps;
    double
        fit; /* mean log-likelihood ratio of a stamp against a random place, the jumps paid for: near 0 or under it,
                 * nothing fits */
} sb_offsets;

/* For every turn the chance that a turn begins within `resolution` after the stamp is looked up in the pauses; a Viterbi
 * search over (turn, offset) finds the path of offsets with a price for creeping and one for each jump, for clock rates up to 5 %. Offsets are looked for to 15 minutes from the stamps as they
 * are, and from where the first stamp falls on the first speech: a programme's timecode. SB_ERR_MEMORY. */
sb_status sb_offsets_find(sb_offsets *out, const sb_transcript *transcript, const sb_speech *speech,
                          sb_error *err);
void sb_offsets_finish(sb_offsets *offsets);

#endif
