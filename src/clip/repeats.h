/* Words said twice by a speaker who stumbled. */
#ifndef SB_CLIP_REPEATS_H
#define SB_CLIP_REPEATS_H

#include "clip/fillers.h"

/* Marks with SB_DROP_REPEATS the words of each stumble that the speaker then said again. `order` names the words that
 * count, `n` of them, those dropped already left out.
 *
 * A stumble is
 * - a word begun and given up ("th- the"), its letters the beginning of the next word's, or
 * - one to four words said again at once, within 700 ms, where no full stop parts them. One word alone has to be one of
 *   a short list of words that nobody doubles for effect ("the the", "I I"), and several have to begin with such a
 *   word and be followed by more of the sentence ("I think I think that", but not "I do, I do."). Left alone are "very
 *   very", "no no no", and words that grammar doubles: "that that", "had had", "what it is is". Of "over and over and
 *   over" nothing is a stumble, for the word before is the last one of the two.
 * All but the last of the copies are marked. Words that were not heard well stay. */
void sb_repeats_mark(sb_drop_word *words, const size_t *order, size_t n);

#endif
