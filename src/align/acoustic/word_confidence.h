/* How sure it is that a word was said where the model heard it. */
#ifndef SB_ALIGN_WORD_CONFIDENCE_H
#define SB_ALIGN_WORD_CONFIDENCE_H

#include "align/acoustic/word_edges.h"
#include "pronounce/lexicon.h"

/* Sets the confidence of each word that was heard, from its own scores and length, those of its neighbours, and how sure its edges were to the
 * boundary model: logistic regressions on words whose truth is known, in which of those above 0.9 98 % lay within 100 ms. `usual_fit` is what words
 * of these voices fit by. After the edges were refined. */
void sb_word_confidence_set(sb_heard_word *words, size_t n_words, float usual_fit);

/* The logarithm of a word's length against what its phones, of that set, let expect, in standard deviations. */
float sb_word_length_z(const sb_phone_set *phones, const sb_spoken_way *way, double seconds);

#endif
