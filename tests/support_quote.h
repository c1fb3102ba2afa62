/* Building alignments turn by turn, for tests of searching and exporting. */
#ifndef SUPPORT_QUOTE_H
#define SUPPORT_QUOTE_H

#include "soundbite/verify.h"

/* Ten minutes of audio without turns. */
sb_alignment *quote_alignment(sb_method method);

/* Adds a turn whose words share its time evenly. `speaker` may be NULL. Words are aligned, but with method
 * NONE they have no times. */
void quote_add_turn(sb_alignment *alignment, const char *speaker, int start_ms, int end_ms, const char *text);

/* Sets the time and status of a word. */
void quote_set_word(sb_alignment *alignment, size_t turn, size_t word, int start_ms, int end_ms,
                    sb_word_status status);

void quote_add_speech(sb_alignment *alignment, int start_ms, int end_ms);

/* Returns whole milliseconds, or -1 for SB_TIME_NONE. */
int quote_ms(sb_time time);

/* Verifies one quote, which must not fail. `speaker` may be NULL. */
sb_verification quote_check(const sb_alignment *alignment, const char *quote, const char *speaker);

/* Prints the differences of a place: "~ quoted/said|- /missing|...". */
void quote_print_diffs(char *out, size_t size, const sb_quote_place *place);

#endif
