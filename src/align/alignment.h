/* What the makers and the readers of an alignment share. */
#ifndef SB_ALIGN_ALIGNMENT_H
#define SB_ALIGN_ALIGNMENT_H

#include "soundbite/align.h"

/* No time in an alignment lies further from zero (31 years), so that sums of several cannot overflow. */
#define SB_ALIGNMENT_TIME_MAX (INT64_C(1000000000) * SB_TIME_SECOND)

/* Copies path, hash, format, title, language, encoding, source and resolution. SB_ERR_MEMORY. */
sb_status sb_alignment_take_transcript(sb_alignment *alignment, const sb_transcript *transcript,
                                       sb_error *err);

/* Makes the turns with their speakers, words and events, the stamps as they are, and no place in the audio yet:
 * times unknown, confidence 0, words estimated, turns partly placed. SB_ERR_MEMORY. */
sb_status sb_alignment_take_turns(sb_alignment *alignment, const sb_transcript *transcript, sb_error *err);

#endif
