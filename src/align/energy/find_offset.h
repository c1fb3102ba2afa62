/* One offset for all stamps, told by how the words lie on the speech. */
#ifndef SB_ALIGN_FIND_OFFSET_H
#define SB_ALIGN_FIND_OFFSET_H

#include "align/energy/lattice.h"
#include "soundbite/transcript.h"

/* Where the pauses at the stamps alone tell little, the length of the text between them says more. Offsets within a second about
 * `*offset` (seconds, what the pauses have found) and about the one that puts the first stamp on the first speech are tried; `*offset`
 * becomes the middle of those that fare as well as the best. `*gain` is what it gains over the stamps as they are, in log-likelihood.
 * `params` gives resolution, slack and monitor. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_find_offset(double *offset, double *gain, const sb_script *script,
                         const sb_transcript *transcript, const sb_speech *speech,
                         const sb_lattice_params *params, sb_error *err);

#endif
