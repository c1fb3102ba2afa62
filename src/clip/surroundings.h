/* The source's sound round the edges of a cut, which the written clip is compared with. */
#ifndef SB_CLIP_SURROUNDINGS_H
#define SB_CLIP_SURROUNDINGS_H

#include "align/certify/rehear.h"
#include "soundbite/media.h"

typedef struct sb_clip_surrounding {
    int64_t first, end; /* samples of the source that are wanted */
    size_t cut;         /* of `samples` */
    sb_mono_maker *maker;
    float *samples;
    size_t n, capacity;
    bool ended;
} sb_clip_surrounding;

typedef struct sb_clip_surroundings {
    bool wanted;
    sb_clip_surrounding sides[2]; /* of the start, of the end */
} sb_clip_surroundings;

/* Of the cut [start, end) in a source of this rate. */
void sb_clip_surroundings_init(sb_clip_surroundings *out, int64_t start, int64_t end, int sample_rate);
void sb_clip_surroundings_finish(sb_clip_surroundings *surroundings);

/* Takes what it wants of a block; blocks come in order. SB_ERR_MEMORY. */
sb_status sb_clip_surroundings_push(sb_clip_surroundings *surroundings, const sb_pcm *block, sb_error *err);

/* After the last block: one side as it is to be heard. SB_ERR_MEMORY. */
sb_status sb_clip_surroundings_end(sb_edge_sound *out, sb_clip_surroundings *surroundings, int side,
                                   sb_error *err);

#endif
