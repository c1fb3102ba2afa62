/* Where in the sound which words of the text are, found by hearing alone: windows of sound looked up in the text, and the row of them
 * that goes on from one to the next. */
#ifndef SB_ALIGN_ANCHORS_H
#define SB_ALIGN_ANCHORS_H

#include "acoustic/phone_match.h"
#include "align/features.h"
#include "align/stamps/word_stamps.h"
#include "soundbite/align.h"

typedef struct sb_anchor {
    uint32_t word;
    sb_span span; /* to about 50 ms */
} sb_anchor;

typedef struct sb_anchors {
    sb_anchor *items; /* words and times ascend */
    size_t n_items;
    size_t n_windows, n_found; /* searched, and matches kept */
    double evidence;           /* nats beyond chance that the text was said in this sound, breaks paid for */
    sb_span *trusted; /* stretches of the audio where the places that were expected have proved right */
    size_t n_trusted;
} sb_anchors;

typedef struct sb_anchor_search {
    const sb_acoustic_model *model;
    const sb_lexicon *lexicon;
    const sb_cepstra *cepstra;
    const sb_speech *speech;
    const sb_time *expected;     /* start of each word, SB_TIME_NONE unknown; NULL none */
    bool expected_is_fair;       /* if not, every window is searched */
    const sb_word_stamp *stamps; /* of each word; NULL none */
    const sb_monitor *monitor;
} sb_anchor_search;

/* Looks windows of ten seconds up in the whole text. Of places expected, one window a minute is tried first; where two in a row are
 * right, what lies between them is trusted, elsewhere every window is searched. The matches are chained as those of genomes are
 * (Li 2018): a later window holds later words, and where text or sound was skipped between two that must pay for itself. Windows are
 * searched in parallel; the result does not depend on it. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_anchors_find(sb_anchors *out, const sb_anchor_search *search, sb_error *err);
void sb_anchors_finish(sb_anchors *anchors);

#endif
