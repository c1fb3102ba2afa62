/* Words at the edge of a turn that the transcript seems to give to the wrong one of two speakers. */
#ifndef SB_DRIFT_SLIPS_H
#define SB_DRIFT_SLIPS_H

#include "drift/drift.h"

/* Adds a suspect of kind SPEAKER to each turn whose first or last words seem to be of the turn before or after: a sentence of
 * one runs across the edge without a pause and is whole where the words change sides, or a clear pause stands there and none at
 * the edge, and the stamp agrees. A pause alone accuses nobody, for people do answer at once and then think; nor do
 * words whose time is only estimated on both sides of the edge. `generic` tells of each turn whether its speaker is a label: between
 * a label and a name the labels have a rule of their own. SB_ERR_MEMORY. */
sb_status sb_drift_find_slips(sb_drift *drift, const sb_alignment *alignment, const bool *generic,
                              sb_error *err);

#endif
