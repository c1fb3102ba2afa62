/* What a room tone is made of. */
#ifndef SB_CLIP_ROOM_TONE_PIECES_H
#define SB_CLIP_ROOM_TONE_PIECES_H

#include "clip/room_tone.h"

/* The runs follow each other in the planes without gap. Each is at least three times as long as the overlap of two joined
 * pieces, which is at least 1. */
struct sb_room_tone {
    int channels, sample_rate;
    float **planes; /* one allocation, at planes[0] */
    size_t n;
    sb_sample_span *runs;
    size_t n_runs;
    size_t overlap;
};

/* A tone with room for runs of these lengths, all silent. SB_ERR_MEMORY. */
sb_status sb_room_tone_alloc(sb_room_tone **out, int channels, int sample_rate, const size_t *lengths,
                             size_t n_runs, sb_error *err);

#endif
