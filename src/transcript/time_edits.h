/* Replacing times in a document. */
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

/* Adds an edit. Does nothing for an empty range. If `time` is SB_TIME_NONE, the text at `range` is
 * removed. */
void sb_time_edits_add(sb_time_edits *edits, sb_range range, sb_time time);

/* Appends `time` in the spelling of the text at `range`. */
typedef void sb_time_spelling(sb_bytes *out, sb_range range, sb_time time, const void *user);

/* Appends the document (`size` bytes of UTF-8) with the edits applied, in `encoding`, and frees the edits. If
 * edits overlap, the one that begins first is applied, or the longer if two begin together. Returns false,
 * with `out` empty, if memory runs out. */
bool sb_time_edits_apply(sb_bytes *out, sb_time_edits *edits, const char *source, size_t size,
                         const char *encoding, sb_time_spelling *spell, const void *user);

#endif
