/* The language that each turn of a text is in. */
#ifndef SB_ALIGN_TURN_LANGUAGES_H
#define SB_ALIGN_TURN_LANGUAGES_H

#include "soundbite/align.h"

/* Sets the transcript's language, if it has none, and that of the turns that are in another one. `given` goes before what the
 * transcript says; NULL none. Languages stay unknown if the text is too short to tell. SB_ERR_MEMORY. */
sb_status sb_turn_languages_set(sb_alignment *alignment, const char *given, sb_error *err);

/* The turn's own, else the transcript's; NULL unknown. */
const char *sb_turn_language(const sb_alignment *alignment, const sb_aligned_turn *turn);

#endif
