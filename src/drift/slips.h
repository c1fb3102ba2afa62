/* Finding words at the edge of a turn that belong to the other speaker. */
#ifndef SB_DRIFT_SLIPS_H
#define SB_DRIFT_SLIPS_H

#include "drift/drift.h"

/* Adds a suspect of kind SPEAKER for each turn whose first or last words seem to belong to the neighbouring
 * turn. The evidence is one of two things, and the timestamp must agree. Either a sentence continues across
 * the edge without a pause and is complete if the words are moved, or there is a clear pause at the new edge
 * and none at the old one.
 *
 * A pause alone is not evidence, because speakers often answer at once and then think. Neither are words
 * whose times are estimated on both sides of the edge. `generic` says for each turn whether its speaker is a
 * label such as "Speaker 2"; edges between a label and a name have another rule. Returns SB_ERR_MEMORY. */
sb_status sb_drift_find_slips(sb_drift *drift, const sb_alignment *alignment, const bool *generic,
                              sb_error *err);

#endif
