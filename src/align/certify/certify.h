/* Parts of hearing a clip again: its edges and its splices. */
#ifndef SB_ALIGN_CERTIFY_CERTIFY_H
#define SB_ALIGN_CERTIFY_CERTIFY_H

#include "align/acoustic/acoustic_aligner.h"
#include "align/align.h"

/* The sound of a file between that of its source: what a clip is heard in. */

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

/* What lies at the edges of a clip that was heard again. */

/* `words` were heard in the splice: [first, end) of them are those asked for; `words` NULL: nothing is known of words. `room` is the
 * level of the room, see soundbite/speech.h. */
typedef struct sb_edge_view {
    const sb_rehear_splice *splice;
    const sb_heard_word *words;
    const bool *said; /* of each word: there is a way to say it */
    size_t n_words, first, end;
    uint8_t room;
} sb_edge_view;

/* Sets the edge at the start of the clip, or at its end. */
void sb_rehear_edge_set(sb_reheard_edge *out, const sb_edge_view *view, bool at_end);

#endif
