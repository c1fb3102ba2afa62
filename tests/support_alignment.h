/* A small alignment with something of everything, and a long one. */
#ifndef SUPPORT_ALIGNMENT_H
#define SUPPORT_ALIGNMENT_H

#include "soundbite/align.h"

/* Three turns of three words with every status, a map of two pieces, a break, speech, levels, an event. */
sb_alignment *alignment_sample(void);

/* `n_turns` turns of `n_words` each, one second a turn, all aligned. */
sb_alignment *alignment_long(size_t n_turns, size_t n_words);

/* Words of turn `i` from `text`, split at blanks, evenly over the turn's own span; frees what stood there. */
void alignment_set_text(sb_alignment *alignment, size_t i, const char *text);

#endif
