/* The transcript as the energy aligner sees it: a row of words with lengths, and places where people pause. */
#ifndef SB_ALIGN_SCRIPT_H
#define SB_ALIGN_SCRIPT_H

#include "soundbite/transcript.h"

/* What stands before a word, in the order of how often a pause does. */
typedef enum sb_boundary {
    SB_BOUNDARY_WORD,
    SB_BOUNDARY_CLAUSE,
    SB_BOUNDARY_SENTENCE,
    SB_BOUNDARY_TURN
} sb_boundary;

typedef struct sb_script {
    size_t n_words, n_turns;
    float *units;   /* of each word: its syllables and a share for its edges */
    double *length; /* n_words + 1: expected seconds of speech before each word, at the speakers' paces */
    uint8_t
        *boundary; /* n_words + 1: sb_boundary before each word; the end counts as a turn, a turn that goes on
                           * with the same speaker as a sentence or clause */
    uint32_t *turn;     /* of each word */
    size_t *first_word; /* n_turns + 1 */
    uint32_t *speaker;  /* of each turn, counted from 0 in order of appearance */
    size_t n_speakers;
    float *pace; /* of each speaker, seconds a unit */
} sb_script;

/* SB_ERR_ARGUMENT without words, SB_ERR_MEMORY. */
sb_status sb_script_make(sb_script *out, const sb_transcript *transcript, sb_error *err);
void sb_script_finish(sb_script *script);

/* The same words from last to first, in one turn without a stamp: what a text that does not belong to the audio looks like,
 * all else being equal. SB_ERR_MEMORY. */
sb_status sb_script_reverse(sb_script *out, const sb_script *script, sb_error *err);

/* Recomputes `length` from `pace`. */
void sb_script_set_lengths(sb_script *script);

#endif
