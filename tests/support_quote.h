/* Alignments built turn by turn, for tests of what is found and written. */
#ifndef SUPPORT_QUOTE_H
#define SUPPORT_QUOTE_H

#include "soundbite/align.h"

/* Ten minutes of audio with nothing in it yet. */
sb_alignment *quote_alignment(sb_method method);

/* Adds a turn whose words share its time evenly. `speaker` may be NULL; times in ms. Words are aligned, but without times
 * of their own where the method is NONE. */
void quote_add_turn(sb_alignment *alignment, const char *speaker, int start_ms, int end_ms, const char *text);

/* Gives a word its own time and status. */
void quote_set_word(sb_alignment *alignment, size_t turn, size_t word, int start_ms, int end_ms,
                    sb_word_status status);

void quote_add_speech(sb_alignment *alignment, int start_ms, int end_ms);

/* Whole milliseconds of a time, -1 for SB_TIME_NONE. */
int quote_ms(sb_time time);

#endif
