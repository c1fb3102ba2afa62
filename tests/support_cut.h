/* Cutting quotes of an alignment, for tests. */
#ifndef SUPPORT_CUT_H
#define SUPPORT_CUT_H

#include "soundbite/quote.h"

/* Turns of A, B and A from 1 s on, each a second long, with four words each and pauses of `gap_ms`. */
sb_alignment *cut_three_turns(int gap_ms);

/* Returns the match of words first ... last of a turn. */
sb_match cut_match_of(const sb_alignment *a, size_t turn, size_t first, size_t last);

/* Cuts with the lead and the tail in milliseconds. */
sb_cut cut_with(const sb_alignment *a, const sb_match *match, int lead_ms, int tail_ms);
sb_cut cut_default(const sb_alignment *a, const sb_match *match);

/* Checks the times in milliseconds. */
void assert_cut(sb_cut cut, int start, int speech_start, int speech_end, int end);

#endif
