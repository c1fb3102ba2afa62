/* Transcripts in JSON: what their readers share. */
#ifndef SB_TRANSCRIPT_JSON_JSON_FORMS_H
#define SB_TRANSCRIPT_JSON_JSON_FORMS_H

#include "transcript/transcript.h"

/* Turning the timed segments of JSON transcripts into turns.
 *
 * Usually each segment is a turn. If at least half of the segments are single words, a turn is a run of
 * segments of one speaker. It ends at the end of a sentence, at a pause of 1.5 s or where time goes back. The
 * times of the segments become those of the words. A segment without a speaker continues the speaker
 * before. */

typedef struct sb_segment {
    sb_time start, end;
    sb_range start_range, end_range; /* the digits */
    sb_range speaker, body;          /* JSON text with its escapes; length 0: none */
    bool has_speaker;                /* true also if the name is empty, which means unknown */
    int64_t line;
} sb_segment;

typedef struct sb_segments {
    sb_segment *items;
    size_t n_items, capacity;
} sb_segments;

/* Adds the turns. Returns SB_ERR_MEMORY. */
sb_status sb_segments_add_turns(sb_reading *reading, const sb_segments *segments);
void sb_segments_finish(sb_segments *segments);

#endif
