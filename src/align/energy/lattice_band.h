/* Which words can stand at which pause: keeps the lattice narrow. */
#ifndef SB_ALIGN_LATTICE_BAND_H
#define SB_ALIGN_LATTICE_BAND_H

#include "align/energy/lattice_model.h"

/* Pause p can stand before the words low[p] ... high[p], both included; both ascend. Its cells begin at cell[p]. */
typedef struct sb_lattice_band {
    uint32_t *low, *high;
    size_t *cell; /* n_pauses + 1 */
} sb_lattice_band;

/* A word lies between where it would be if its speaker went on from the last stamped turn and where it would be if he
 * arrived in time at the next one, give or take the slack. SB_ERR_MEMORY. */
sb_status sb_lattice_band_make(sb_lattice_band *out, const sb_lattice_model *model, sb_error *err);
void sb_lattice_band_finish(sb_lattice_band *band);

#endif
