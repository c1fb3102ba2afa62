/* Speech that the text lacks. */
#ifndef SB_ALIGN_UNMATCHED_H
#define SB_ALIGN_UNMATCHED_H

#include "soundbite/align.h"

/* Lists anew the speech that lies away from every word that has a place. SB_ERR_MEMORY. */
sb_status sb_unmatched_find(sb_alignment *alignment, sb_error *err);

/* Adds a span to the list, or to its last one where hardly two seconds part them. False when out of memory. */
bool sb_unmatched_add(sb_alignment *alignment, sb_span span);

/* Takes out what is too short to be told. */
void sb_unmatched_drop_short(sb_alignment *alignment);

#endif
