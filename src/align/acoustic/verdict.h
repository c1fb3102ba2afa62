/* What becomes of an alignment by whether text and audio belong together. */
#ifndef SB_ALIGN_VERDICT_H
#define SB_ALIGN_VERDICT_H

#include "align/acoustic/pairing.h"

/* Sets the pairing and its note. SB_ERR_MISMATCH where the text does not belong and `allow_mismatch` is not set; SB_ERR_MEMORY. */
sb_status sb_verdict_give(sb_alignment *alignment, const sb_pairing_facts *facts, bool allow_mismatch,
                          sb_error *err);

/* Of a pair that is not sure to belong together no time is sure. */
void sb_verdict_lower_confidence(sb_alignment *alignment);

#endif
