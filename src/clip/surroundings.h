/* The source's sound around the edges of a cut, which is compared with the written clip. */
#ifndef SB_CLIP_SURROUNDINGS_H
#define SB_CLIP_SURROUNDINGS_H

#include "align/certify/rehear.h"
#include "soundbite/media.h"

typedef struct sb_clip_surrounding {
    int64_t first, end; /* the range of source samples */
    size_t cut;         /* index of the cut in `samples` */
    sb_mono_maker *maker;
    float *samples;
    size_t n, capacity;
    bool ended;
} sb_clip_surrounding;

typedef struct sb_clip_surroundings {
    bool wanted;
    sb_clip_surrounding sides[2]; /* at the start and at the end */
} sb_clip_surroundings;

/* Prepares for the cut [start, end) in a source of this rate. */
void sb_clip_surroundings_init(sb_clip_surroundings *out, int64_t start, int64_t end, int sample_rate);
void sb_clip_surroundings_finish(sb_clip_surroundings *surroundings);

/* Copies the parts of a block that are needed. Blocks must come in order. Returns SB_ERR_MEMORY. */
sb_status sb_clip_surroundings_push(sb_clip_surroundings *surroundings, const sb_pcm *block, sb_error *err);

/* After the last block: gives one side in the form that the certificate needs. Returns SB_ERR_MEMORY. */
sb_status sb_clip_surroundings_end(sb_edge_sound *out, sb_clip_surroundings *surroundings, int side,
                                   sb_error *err);

#endif
