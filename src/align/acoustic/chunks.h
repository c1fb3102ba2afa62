/* The text in pieces short enough for forced alignment, cut where words are known to lie and a pause parts them. */
#ifndef SB_ALIGN_CHUNKS_H
#define SB_ALIGN_CHUNKS_H

#include "soundbite/align.h"

typedef struct sb_word_range {
    size_t first, end;
} sb_word_range;

/* The words in `own` are to be placed by this chunk; all those in `heard` are listened for in `sound`, so that the words in question have
 * neighbours where the edge of the sound is not sure. Where text and sound have come apart (an advertisement, a passage cut out) both have a
 * second part, and what lies between the parts is passed over; else the second is empty. Words count through the whole text. */
typedef struct sb_chunk {
    sb_word_range own;
    sb_word_range heard[2];
    sb_span sound[2];
    bool join; /* text and sound have come apart in it: many words may be missing */
    sb_span
        known[2]; /* of a join: where its own voices speak for sure, of each part; empty where it has none */
} sb_chunk;

typedef struct sb_chunks {
    sb_chunk *items;
    size_t n_items;
} sb_chunks;

#define SB_CHUNK_SECONDS_MAX 60
#define SB_CHUNK_WORDS_MAX   400

typedef struct sb_chunk_plan {
    const sb_alignment *alignment; /* with a place for most words, to a second or so */
    const bool *skip;              /* one a turn: not listened for */
    const bool *anchored;          /* one a word: its place is known to 100 ms; NULL none */
    sb_time context;               /* heard besides at edges that are not sure; 0: 2.5 s */
} sb_chunk_plan;

/* Plans chunks as near as may be to 14 s, none of them over the limits above. Own ranges do not overlap. SB_ERR_MEMORY. */
sb_status sb_chunks_plan(sb_chunks *out, const sb_chunk_plan *plan, sb_error *err);
void sb_chunks_finish(sb_chunks *chunks);

#endif
