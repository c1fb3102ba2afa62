/* Parts of the check of a clip: its edges and its splices. */
#ifndef SB_ALIGN_CERTIFY_CERTIFY_H
#define SB_ALIGN_CERTIFY_CERTIFY_H

#include "align/acoustic/acoustic_aligner.h"
#include "align/align.h"

/* The sound of the file with sound of the source before and after it. The words are searched in this. */

typedef struct sb_rehear_splice {
    float *samples; /* at the level of the source */
    size_t n;
    size_t start, end; /* the clip is [start, end) of it */
    sb_time moved[2];  /* see sb_reheard_edge */
    uint8_t *levels;   /* one per SB_HOP, see sb_levels */
    size_t n_levels;
    uint8_t edge_levels[2]; /* the outermost 20 ms of the file, at the level of the source */
    bool has_levels[2];
} sb_rehear_splice;

/* Finds the position of the file's sound in the source and its gain, and puts the sound of the source
 * around it. Returns SB_ERR_MEMORY. */
sb_status sb_rehear_splice_make(sb_rehear_splice *out, const sb_rehear_sound *sound, sb_error *err);
void sb_rehear_splice_finish(sb_rehear_splice *splice);

/* The sound at the edges of a clip. */

/* `words` were heard in the splice; [first, end) of them are the requested ones. If `words` is NULL,
 * nothing is known about words. `room` is the level of the room, see sb_levels. */
typedef struct sb_edge_view {
    const sb_rehear_splice *splice;
    const sb_heard_word *words;
    const bool *said; /* of each word: it has a pronunciation */
    size_t n_words, first, end;
    uint8_t room;
} sb_edge_view;

/* Sets the edge at the start of the clip, or at its end. */
void sb_rehear_edge_set(sb_reheard_edge *out, const sb_edge_view *view, bool at_end);

#endif
