/* Turns that were not heard, but whose stamp points at speech that no other words explain. */
#ifndef SB_ALIGN_STAMP_PLACES_H
#define SB_ALIGN_STAMP_PLACES_H

#include "soundbite/align.h"

/* Places such turns where that speech begins, as estimates of little confidence, but none of a passage that was cut out. The alignment
 * has a map. SB_ERR_MEMORY. */
sb_status sb_stamp_places_fill(sb_alignment *alignment, sb_error *err);

#endif
