/* Words found by hearing them: energy proposes places, anchors and forced alignment decide, and the stamps are mapped by what was heard. */
#ifndef SB_ALIGN_ACOUSTIC_ALIGNER_H
#define SB_ALIGN_ACOUSTIC_ALIGNER_H

#include "align/features.h"
#include "soundbite/align.h"

/* Gives the words of an alignment that sb_energy_align has made their own times. Turns in a language that the model does
 * not speak keep what energy gave them. Words that are not heard lose their times where there is no room for them, else they are
 * estimated between their neighbours. SB_ERR_MISMATCH where next to nothing of the text is heard (unless forced),
 * SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_acoustic_refine(sb_alignment *alignment, const sb_speech *speech, const sb_features *features,
                             const sb_align_params *params, sb_error *err);

#endif
