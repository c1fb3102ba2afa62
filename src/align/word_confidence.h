/* How sure it is that a word which the model placed was said there. */
#ifndef SB_ALIGN_WORD_CONFIDENCE_H
#define SB_ALIGN_WORD_CONFIDENCE_H

#include "align/acoustic_model.h"

/* Sets the confidence of every word that was heard: a logistic of its score and its neighbours', less what its length lacks of
 * being plausible. The numbers were read off words of a right and of a wrong text over the same sound: the scores of right words
 * have their median at -1.1 (people) to -2.3 (a synthesiser), those of wrong ones at -5.2. */
void sb_word_confidence_set(sb_acoustic_word *words, size_t n_words);

#endif
