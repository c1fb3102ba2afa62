/* The content of a room tone. */
#ifndef SB_CLIP_ROOM_TONE_PIECES_H
#define SB_CLIP_ROOM_TONE_PIECES_H

#include "clip/room_tone.h"

/* The runs are stored one after the other in the planes. Each is at least three times as long as the overlap
 * of two joined pieces, which is at least 1. */
struct sb_room_tone {
    int channels, sample_rate;
    float **planes; /* one allocation, at planes[0] */
    size_t n;
    sb_sample_span *runs;
    size_t n_runs;
    size_t overlap;
};

/* Allocates a tone for runs of these lengths, filled with zeros. Returns SB_ERR_MEMORY. */
sb_status sb_room_tone_alloc(sb_room_tone **out, int channels, int sample_rate, const size_t *lengths,
                             size_t n_runs, sb_error *err);

#endif
