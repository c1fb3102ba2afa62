/* Turns that the pauses put outside their stamp's window without evidence. */
#ifndef SB_ALIGN_KEEP_STAMPS_H
#define SB_ALIGN_KEEP_STAMPS_H

#include "soundbite/align.h"

/* `turn_time` is the earliest start that each stamp allows, in seconds of audio; NaN without a stamp. A turn that lies outside its
 * stamp's window moves to the onset in the window that has the longest pause before it, or to the middle of the window if there is
 * none; never before the turn before it, if its stamp is no earlier. It ends before the next one begins. Its confidence becomes low. With `only_unsure`, turns of high confidence keep their place; but where stamps are finer than
 * 0.1 s, not if they lie much farther from theirs than most turns do. False when out of memory. */
bool sb_keep_stamps(sb_alignment *alignment, const double *turn_time, bool only_unsure);

#endif
