/* The language that each turn of a text is in. */
#ifndef SB_ALIGN_TURN_LANGUAGES_H
#define SB_ALIGN_TURN_LANGUAGES_H

#include "soundbite/align.h"

/* Of a turn that seems to be in another language than the transcript, too short to tell which: undetermined, as BCP 47 has it. */
#define SB_LANGUAGE_UNDETERMINED "und"

/* Sets the transcript's language, if it has none, and that of the turns that are in another one. A turn too short to tell is in the language of all its speaker's other turns. `given` goes before what the
 * transcript says; NULL none. Languages stay unknown if the text is too short to tell. SB_ERR_MEMORY. */
sb_status sb_turn_languages_set(sb_alignment *alignment, const char *given, sb_error *err);

/* The turn's own, else the transcript's, which an undetermined one is read in as well; NULL unknown. */
const char *sb_turn_language(const sb_alignment *alignment, const sb_aligned_turn *turn);

/* False of a turn whose language is undetermined: that its words do not fit the sound says nothing. */
bool sb_turn_language_is_told(const sb_aligned_turn *turn);

#endif
