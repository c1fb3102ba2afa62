/* Whether a turn has speech enough for a passage that stands twice, judged by the pace of the whole episode. */
#ifndef SB_DRIFT_ROOM_H
#define SB_DRIFT_ROOM_H

#include "soundbite/drift.h"

/* Letters and digits a second of speech in the median turn; 0 where too few turns tell. SB_ERR_MEMORY. */
sb_status sb_drift_pace(double *letters_a_second, const sb_alignment *alignment, sb_error *err);

/* True where `turn` lasts so long that words `first` to `last`, a good part of it, were surely said in it. */
bool sb_drift_has_room(const sb_alignment *alignment, const sb_aligned_turn *turn, size_t first, size_t last,
                       double letters_a_second);

/* Gives a suspect its evidence: the speech in `place`, against what words `first` to `last` of its turn would take. */
void sb_drift_set_room(sb_suspect *suspect, const sb_alignment *alignment, sb_span place, size_t first,
                       size_t last, double letters_a_second);

#endif
