/* Where the stamps and the sound come apart: jumps of the offset, seen from turns that were heard. */
#ifndef SB_ALIGN_TURN_JUMPS_H
#define SB_ALIGN_TURN_JUMPS_H

#include "align/stamps/time_map.h"

/* Lists the turns before which the offset jumps. Turns are chained by how far each begins from its stamp, the clock taken out: a turn
 * that agrees with the one before adds to the chain what it is sure of, and more if more of its words were heard. Turns agree within
 * what the stamps' own noise makes likely. A jump has a price that grows with the logarithm of the turns, and a turn that agrees with
 * neither neighbour is passed over. The caller frees `*out`. SB_ERR_MEMORY. */
sb_status sb_turn_jumps_find(sb_jump **out, size_t *n_out, const sb_alignment *alignment, sb_error *err);

/* True of a turn of which next to nothing was heard, and whose place nobody is sure of. */
bool sb_turn_is_guess(const sb_aligned_turn *turn);

/* True of a turn whose place tells something of the stamps: heard, and no guess. */
bool sb_turn_is_evidence(const sb_aligned_turn *turn);

#endif
