/* Edges of words heard by forced alignment, moved to where the sound changes. */
#ifndef SB_ALIGN_REFINE_H
#define SB_ALIGN_REFINE_H

#include "align/acoustic/word_edges.h"
#include "soundbite/tuning.h"
#include "speech/band_levels.h"

/* Refines the spans of words that follow one another in one voice, such as those of a chunk; an end and a start that were one
 * remain so. `weights` NULL are those built in. Where the words hold no sound they stay as they are. SB_ERR_MEMORY. */
sb_status sb_refine_words(sb_heard_word *words, size_t n_words, const sb_band_levels *levels,
                          const sb_boundary_weights *weights);

#endif
