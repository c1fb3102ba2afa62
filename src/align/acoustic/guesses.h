/* The words of a text that stand in no dictionary. */
#ifndef SB_ALIGN_GUESSES_H
#define SB_ALIGN_GUESSES_H

#include "pronounce/lexicon.h"
#include "soundbite/align.h"

/* True of a word that is said aloud and that stands in no dictionary: its pronunciation is guessed or not known. */
bool sb_is_guess(const sb_lexeme *lexeme);

/* Lists the words of the lexicon, which is of the alignment's whole text, that were guessed or that nobody can pronounce in the
 * alignment's `guesses`, one of those that differ in case, accents and the punctuation around them. Words that stand in no turn but those of
 * `skip` (one a turn), which are not listened for, are left out. SB_ERR_MEMORY. */
sb_status sb_guesses_take(sb_alignment *alignment, const sb_lexicon *lexicon, const bool *skip,
                          sb_error *err);

#endif
