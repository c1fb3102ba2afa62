/* Times of a document written anew in their places. */
#ifndef SB_TRANSCRIPT_TIME_EDITS_H
#define SB_TRANSCRIPT_TIME_EDITS_H

#include "soundbite/file.h"
#include "soundbite/transcript.h"

typedef struct sb_time_edit {
    sb_range range;
    sb_time time;
} sb_time_edit;

typedef struct sb_time_edits {
    sb_time_edit *items;
    size_t n_items, capacity;
    bool failed;
} sb_time_edits;

/* Nothing is added for an empty range. What stands at `range` goes where `time` is SB_TIME_NONE. */
void sb_time_edits_add(sb_time_edits *edits, sb_range range, sb_time time);

/* Appends `time` in place of what stands at `range` of the document. */
typedef void sb_time_spelling(sb_bytes *out, sb_range range, sb_time time, const void *user);

/* The document, `size` bytes of UTF-8, with the edits made, in `encoding`; frees the edits. Where edits overlap, the one that
 * begins first is made, of two that begin together the longer. False when out of memory, and `out` is empty. */
bool sb_time_edits_apply(sb_bytes *out, sb_time_edits *edits, const char *source, size_t size,
                         const char *encoding, sb_time_spelling *spell, const void *user);

#endif
