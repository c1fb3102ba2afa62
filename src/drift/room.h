/* Judging by the speaking rate whether a turn has enough speech for its words. */
#ifndef SB_DRIFT_ROOM_H
#define SB_DRIFT_ROOM_H

#include "soundbite/drift.h"

/* Computes the letters and digits per second of speech in the median turn. 0 if too few turns can be used.
 * Returns SB_ERR_MEMORY. */
sb_status sb_drift_pace(double *letters_a_second, const sb_alignment *alignment, sb_error *err);

/* Returns true if `turn` is long enough that words `first` to `last`, a large part of it, must have been said
 * in it. */
bool sb_drift_has_room(const sb_alignment *alignment, const sb_aligned_turn *turn, size_t first, size_t last,
                       double letters_a_second);

/* Sets a suspect's evidence: the amount of speech in `place`, and the time that words `first` to `last` of
 * its turn would need. */
void sb_drift_set_room(sb_suspect *suspect, const sb_alignment *alignment, sb_span place, size_t first,
                       size_t last, double letters_a_second);

#endif
