/* Alignment by energy alone: no model, no language, no word of the text but its length. */
#ifndef SB_ALIGN_ENERGY_ALIGNER_H
#define SB_ALIGN_ENERGY_ALIGNER_H

#include "soundbite/align.h"

/* Places the turns and words of `alignment`, which sb_alignment_take_turns has made, and fills its map, breaks and unmatched
 * speech. The pairing is OK or UNSURE, never MISMATCH. SB_ERR_ARGUMENT without words, SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_energy_align(sb_alignment *alignment, const sb_speech *speech, const sb_transcript *transcript,
                          const sb_align_params *params, sb_error *err);

#endif
