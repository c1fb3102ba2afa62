/* Anchors put to use: the words of an alignment moved to where they were heard. */
#ifndef SB_ALIGN_PLACE_ANCHORS_H
#define SB_ALIGN_PLACE_ANCHORS_H

#include "align/acoustic/anchors.h"

/* Words that are anchors go to their places. Words between two of them keep theirs where it was trusted or fits; else they are spread over the
 * sound between, or lose it where sound and text there have nothing to do with each other. `words` are those of the whole text. */
void sb_anchors_place(sb_aligned_word **words, size_t n_words, const sb_anchors *anchors, sb_time duration);

#endif
