/* What the energy aligner believes of speech: how long words take, where people pause, how stamps err. All costs are negative
 * natural logarithms of likelihoods. */
#ifndef SB_ALIGN_LATTICE_MODEL_H
#define SB_ALIGN_LATTICE_MODEL_H

#include "align/energy/lattice.h"

#define SB_N_BOUNDARIES 4

/* Durations are looked up to 5 ms, the hop of the silence map, up to 40 s. */
#define SB_DURATION_STEP 0.005
#define SB_N_DURATIONS   8000

typedef struct sb_lattice_model {
    const sb_script *script;
    const sb_lattice_params *params;
    size_t n_pauses; /* n_spans + 1: before each span, and after the last */
    double *start;   /* of the span after each pause, seconds; the end of the audio at the last */
    double *spoken;  /* seconds of speech before each pause */
    float *pause[SB_N_BOUNDARIES];  /* cost of the pause where a boundary of each kind stands */
    float *extra;                   /* cost of the span after each pause as speech without text */
    float *hidden;                  /* cost of the pause inside a run of words */
    struct duration_row *durations; /* what words of a length cost, in steps of SB_DURATION_STEP */
    double *run_on;                 /* n_words + 1: cost of no pause before all the words so far */
} sb_lattice_model;

/* SB_ERR_MEMORY. */
sb_status sb_lattice_model_make(sb_lattice_model *out, const sb_script *script, const sb_speech *speech,
                                const sb_lattice_params *params, sb_error *err);
void sb_lattice_model_finish(sb_lattice_model *model);

/* That words [first, end) take `seconds` of speech; never less than SB_LEAST_COST_OF_DURATION, with room for rounding. */
#define SB_LEAST_COST_OF_DURATION (-1.8f)
float sb_cost_of_duration(const sb_lattice_model *model, size_t first, size_t end, double seconds);

/* That words [first, end) are said in one run that begins at `start` and takes `seconds`: no pause between them, turns that
 * begin inside where the run has them. */
float sb_cost_inside_run(const sb_lattice_model *model, size_t first, size_t end, double start,
                         double seconds);

/* That the turn which `word` begins does so at `time`; 0 where it begins none. */
float sb_cost_of_start(const sb_lattice_model *model, size_t word, double time);

/* That `word` was not said. */
float sb_cost_of_missing_word(const sb_lattice_model *model, size_t word);

#endif
