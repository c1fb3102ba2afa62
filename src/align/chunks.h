/* The text in pieces short enough for forced alignment, cut where energy is sure of itself. */
#ifndef SB_ALIGN_CHUNKS_H
#define SB_ALIGN_CHUNKS_H

#include "soundbite/align.h"

/* Words [first, end) are to be placed by this chunk; those of [heard_first, heard_end) are listened for in `span`, so that
 * the words in question have neighbours where the edge of the span is not sure. Words count through the whole text. */
typedef struct sb_chunk {
    size_t first, end;
    size_t heard_first, heard_end;
    sb_span span;
} sb_chunk;

typedef struct sb_chunks {
    sb_chunk *items;
    size_t n_items;
} sb_chunks;

/* Plans chunks of at most 25 s and as near as may be to 15 s over all turns of an energy alignment but those that `skip` (one a
 * turn) leaves out. SB_ERR_MEMORY. */
sb_status sb_chunks_plan(sb_chunks *out, const sb_alignment *alignment, const bool *skip, sb_error *err);
void sb_chunks_finish(sb_chunks *chunks);

#endif
