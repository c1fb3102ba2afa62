/* How sure it is that a word was said where the model heard it. */
#ifndef SB_ALIGN_WORD_CONFIDENCE_H
#define SB_ALIGN_WORD_CONFIDENCE_H

#include "align/word_edges.h"
#include "pronounce/lexicon.h"

/* Sets the confidence of each word that was heard, from its own scores and length and from those of its neighbours: a logistic regression on
 * words whose truth is known. Of words above 0.9 at least 98 % lie within 100 ms. */
void sb_word_confidence_set(sb_heard_word *words, size_t n_words, float usual_fit);

/* The logarithm of a word's length against what its phones let expect, in standard deviations. */
float sb_word_length_z(const sb_spoken_way *way, double seconds);

#endif
