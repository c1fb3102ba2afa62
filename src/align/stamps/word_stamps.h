/* When the timestamps have each word. */
#ifndef SB_ALIGN_WORD_STAMPS_H
#define SB_ALIGN_WORD_STAMPS_H

#include "soundbite/align.h"

/* In transcript time. `at` is SB_TIME_NONE before the first stamp; the word may lie `give` before or after it. */
typedef struct sb_word_stamp {
    sb_time at, give;
} sb_word_stamp;

/* One entry for each word of the whole text. The words from one stamp to the next follow each other at a usual pace, and end before
 * the next stamp; the farther a word is from its stamp, the more it may be off. */
void sb_word_stamps_make(sb_word_stamp *out, const sb_alignment *alignment);

#endif
