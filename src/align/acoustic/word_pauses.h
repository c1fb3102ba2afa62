/* Pauses that the search did not see: it puts no silence between two words where a short one fits into either of them. */
#ifndef SB_ALIGN_WORD_PAUSES_H
#define SB_ALIGN_WORD_PAUSES_H

#include "align/acoustic/word_edges.h"

/* Parts words that touch inside a pause of the silence map, or beside one: the first ends where the pause begins, the second starts
 * where it ends, and both know of silence at that edge. A silence that the closure of a stop or a weak fricative can
 * fill is no pause. `words` follow one another in time; those not heard are passed over. */
void sb_word_pauses_part(sb_heard_word *words, size_t n_words, const sb_speech *speech);

#endif
