/* The map from the stamps to the sound, as the turns that were heard have it. */
#ifndef SB_ALIGN_TURN_MAP_H
#define SB_ALIGN_TURN_MAP_H

#include "soundbite/align.h"

/* Replaces `map` and `breaks` by those that the turns' places tell of. SB_ERR_MEMORY. */
sb_status sb_turn_map_make(sb_alignment *alignment, sb_error *err);

#endif
