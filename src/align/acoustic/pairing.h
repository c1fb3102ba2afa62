/* Whether transcript and audio belong together, by what was heard. */
#ifndef SB_ALIGN_PAIRING_H
#define SB_ALIGN_PAIRING_H

#include "align/acoustic/anchors.h"
#include "align/acoustic/evidence.h"

typedef struct sb_pairing_facts {
    const sb_anchors *anchors;
    const sb_evidence *evidence;
    size_t n_words;    /* of the text */
    size_t n_sayable;  /* of them that can be listened for */
    bool stamps_agree; /* the pauses fit the timestamps by far more than chance */
} sb_pairing_facts;

/* OK needs evidence that no wrong text has; MISMATCH a text and speech long enough that a true pair would have shown it; all
 * else is UNSURE. */
sb_pairing sb_pairing_judge(const sb_pairing_facts *facts);

#endif
