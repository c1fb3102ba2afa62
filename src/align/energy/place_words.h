/* From the lattice's runs to times for every word and turn. */
#ifndef SB_ALIGN_PLACE_WORDS_H
#define SB_ALIGN_PLACE_WORDS_H

#include "align/energy/lattice.h"
#include "soundbite/align.h"

/* Gives every word of a run its share of the run's speech by its length, and from them every turn its start and end. Words
 * that the path skipped are `not_heard` where they would have taken more than a second and a half, else squeezed into the
 * run beside them. A word that fills a stretch between two pauses is `aligned`, all others `estimated`. Fills `unmatched` too. SB_ERR_MEMORY. */
sb_status sb_place_words(sb_alignment *alignment, const sb_script *script, const sb_speech *speech,
                         const sb_lattice_path *path, sb_error *err);

#endif
