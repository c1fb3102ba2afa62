/* Sample alignments: a small one with every feature, and a long one. */
#ifndef SUPPORT_ALIGNMENT_H
#define SUPPORT_ALIGNMENT_H

#include "soundbite/align.h"

/* Three turns of three words with every status, a time map of two pieces, a break, speech, levels and an
 * event. */
sb_alignment *alignment_sample(void);

/* `n_turns` turns of `n_words` words each, one second per turn, all aligned. */
sb_alignment *alignment_long(size_t n_turns, size_t n_words);

/* Replaces the words of turn `i` by those of `text`, spread evenly over the turn. */
void alignment_set_text(sb_alignment *alignment, size_t i, const char *text);

#endif
