/* The line from transcript time to audio time, fitted through turns that have been placed. */
#ifndef SB_ALIGN_TIME_MAP_H
#define SB_ALIGN_TIME_MAP_H

#include "soundbite/align.h"

/* A jump of the offset between two turns, and how sure it is. What lies between them may belong to either side; mostly nothing does. */
typedef struct sb_jump {
    size_t before, turn;
    float confidence;
} sb_jump;

/* Fills `map` and `breaks` of an alignment whose turns are placed. Stamps are cut down, so that a right one is at most a
 * resolution too early: of all offsets (and clock rates, where enough turns lie far enough apart) the one is taken that makes the
 * most stamps right, in the middle of what they allow; the stamps as they are win where they do as well. Jumps and clock rates that
 * the stamps' own noise (stamp_noise.h) may have made are left out; a rate near that of a conversion between frame rates is taken to be
 * it. SB_ERR_MEMORY. */
sb_status sb_time_map_fit(sb_alignment *alignment, const sb_jump *jumps, size_t n_jumps, sb_error *err);

/* Takes the map and the breaks away, before they are fitted anew. */
void sb_time_map_forget(sb_alignment *alignment);

#endif
