/* Scripts written without blanks between words: Han, kana and bopomofo. Each character counts as a word. */
#ifndef SB_BASE_IDEOGRAPHS_H
#define SB_BASE_IDEOGRAPHS_H

#include <stdbool.h>
#include <stdint.h>

#include "soundbite/transcript.h" /* sb_word_gap */

/* Returns true if a line may break between two neighbouring characters, at least one of which is ideographic.
 * Closing marks, small kana and long marks stay with the character before, opening marks with the character
 * after (JIS X 4051, kinsoku shori). Full-width letters and digits stay together. */
bool sb_may_part(int32_t before, int32_t after);

#endif
