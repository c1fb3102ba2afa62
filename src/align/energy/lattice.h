/* Words against pauses: a dynamic programme over the whole file at once. */
#ifndef SB_ALIGN_LATTICE_H
#define SB_ALIGN_LATTICE_H

#include "align/energy/script.h"
#include "soundbite/speech.h"

/* A run of speech between two pauses and the words [first_word, end_word) that it holds; none: speech without text. */
typedef struct sb_run {
    size_t first_span, end_span; /* of the speech list */
    size_t first_word, end_word;
} sb_run;

typedef struct sb_lattice_params {
    const double
        *turn_time;    /* of each turn: the earliest that its stamp allows, seconds of audio; NaN without */
    double resolution; /* of the stamps: a turn begins within so much after `turn_time` */
    double slack;      /* how far beyond that it is looked for, besides what the text gives; seconds */
    const sb_span
        *insertions; /* where audio is expected that has no text: speech without words is no surprise there */
    size_t n_insertions;
    bool path_only; /* half the work; confidence is then 1 where a pause stands before the turn */
    const sb_monitor *monitor;
} sb_lattice_params;

/* The best path: runs in order that cover every span of speech; words between the runs were skipped. `confidence` has a value a
 * turn: the probability, summed over all paths, that the turn begins within 50 ms of where the best one has it. */
typedef struct sb_lattice_path {
    sb_run *runs;
    size_t n_runs;
    float *confidence;
    double cost; /* of the best path: a negative log-likelihood, to compare scripts over the same speech by */
} sb_lattice_path;

/* A hidden semi-Markov model (Rabiner 1989; Yu 2010): states are (pause, next word), a run emits its duration given the words
 * in it, pauses emit their length given the boundary they stand at, turns their distance from the stamp.
 * SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_lattice_search(sb_lattice_path *out, const sb_script *script, const sb_speech *speech,
                            const sb_lattice_params *params, sb_error *err);
void sb_lattice_path_finish(sb_lattice_path *path);

#endif
