/* Segments with times, as JSON transcripts have them, made into turns.
 *
 * A segment is a turn of its own. But where at least half of the segments are single words, as some feeds have them, a turn is
 * a run of segments of one speaker up to the end of a sentence, a pause of 1.5 s or a step back in time; the times of the
 * segments become those of their words. A segment that says nothing of a speaker goes on with the one before it. */
#ifndef SB_TRANSCRIPT_SEGMENTS_H
#define SB_TRANSCRIPT_SEGMENTS_H

#include "transcript/json_scan.h"
#include "transcript/reader.h"

typedef struct sb_segment {
    sb_time start, end;
    sb_range start_range, end_range; /* the digits */
    sb_range speaker, body;          /* JSON text, escapes and all; length 0 none */
    bool has_speaker;                /* also where it is empty: nobody */
    int64_t line;
} sb_segment;

typedef struct sb_segments {
    sb_segment *items;
    size_t n_items, capacity;
} sb_segments;

/* Adds the turns. SB_ERR_MEMORY. */
sb_status sb_segments_add_turns(sb_reading *reading, const sb_segments *segments);
void sb_segments_finish(sb_segments *segments);

#endif
