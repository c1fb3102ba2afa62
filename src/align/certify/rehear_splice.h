/* The sound of a file between that of its source: what a clip is heard in. */
#ifndef SB_ALIGN_REHEAR_SPLICE_H
#define SB_ALIGN_REHEAR_SPLICE_H

#include "align/certify/rehear.h"

typedef struct sb_rehear_splice {
    float *samples; /* at the source's level */
    size_t n;
    size_t start, end; /* the clip is [start, end) of it */
    sb_time moved[2];  /* see sb_reheard_edge */
    uint8_t *levels;   /* SB_HOP each, see soundbite/speech.h */
    size_t n_levels;
    uint8_t edge_levels[2]; /* the outermost 20 ms of the file, at the source's level */
    bool has_levels[2];
} sb_rehear_splice;

/* Finds out where in the source the file's sound lies and how much louder it is, and puts the source's around it. SB_ERR_MEMORY. */
sb_status sb_rehear_splice_make(sb_rehear_splice *out, const sb_rehear_sound *sound, sb_error *err);
void sb_rehear_splice_finish(sb_rehear_splice *splice);

#endif
