/* Turns that stay where they were before they were listened to. */
#ifndef SB_ALIGN_KEEP_TURNS_H
#define SB_ALIGN_KEEP_TURNS_H

#include "align/acoustic/text_words.h"
#include "align/acoustic/word_edges.h"

/* A turn goes where its words have gone. */
void sb_turn_follow_words(sb_aligned_turn *turn);

/* Sets `kept` of the turns that keep the energy aligner's position: those of which the model made little, and those in a language
 * that it does not speak, unless they were heard in quite another place. Their words become unheard. */
void sb_keep_turns(sb_text_words *text, sb_heard_word *heard);

#endif
