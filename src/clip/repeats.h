/* Detecting words that a speaker repeated by mistake. */
#ifndef SB_CLIP_REPEATS_H
#define SB_CLIP_REPEATS_H

#include "clip/fillers.h"

/* Marks the first copies in each stutter with SB_DROP_REPEATS. `order` has the `n` indices of the words that
 * count; words that are already dropped are not in it.
 *
 * A stutter is one of two things. The first is an abandoned word ("th- the") whose letters begin the next
 * word. The second is one to four words that are repeated within 700 ms, without a full stop between them. A
 * single word must be on a short list of words that are not doubled for effect ("the the", "I I"). Several
 * words must begin with such a word, and more of the sentence must follow ("I think I think that", but not "I
 * do, I do.").
 *
 * "very very", "no no no" and grammatical doubles ("that that", "had had", "what it is is") are not stutters.
 * Neither is "over and over and over", because the word before equals the last one of the two.
 *
 * All copies but the last are marked. Words that were not heard well stay. */
void sb_repeats_mark(sb_drop_word *words, const size_t *order, size_t n);

#endif
