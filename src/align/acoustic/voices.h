/* How well each voice fits the model: the turns of one speaker in one language. */
#ifndef SB_ALIGN_VOICES_H
#define SB_ALIGN_VOICES_H

#include "align/acoustic/evidence.h"

typedef struct sb_voices {
    sb_evidence *of_voice;       /* of each speaker in each language */
    const sb_evidence **of_word; /* of each word of the text: that of its voice */
} sb_voices;

/* `heard` and `decoys` have one entry for each word of the alignment, see sb_evidence_measure. A voice with few words in the sample is
 * judged by its language; words of a language with too few are not judged, unless it is the only one. `out` is to be finished even on failure. SB_ERR_MEMORY. */
sb_status sb_voices_measure(sb_voices *out, const sb_alignment *alignment, const sb_heard_word *heard,
                            const sb_heard_word *decoys, size_t n_words, sb_error *err);
void sb_voices_finish(sb_voices *voices);

#endif
