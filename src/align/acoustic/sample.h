/* Some of the chunks, evenly spread, are heard before the others: the model learns the voices from them, and they tell how well
 * words that were said fit, and words that were not. */
#ifndef SB_ALIGN_SAMPLE_H
#define SB_ALIGN_SAMPLE_H

#include "align/acoustic/listen.h"
#include "align/acoustic/voices.h"

/* `listen` changes as the sample is heard: to the model that has learnt the voices, and to their usual fit. */
typedef struct sb_sample {
    const sb_alignment *alignment;
    const sb_chunks *chunks; /* all of them */
    sb_listen_params listen;
    sb_heard_word *heard; /* of each word */
    size_t n_words;
    sb_acoustic_model *adapted; /* NULL where there was too little to learn from */
    float usual_fit;
    sb_evidence evidence; /* of all voices */
    sb_voices voices;
} sb_sample;

/* The model learns the voices from the sample, which it hears as it is. SB_ERR_MEMORY, SB_ERR_INTERRUPTED, as those below. */
sb_status sb_sample_adapt(sb_sample *sample, sb_error *err);

/* Hears the sample with the model that has learnt the voices, and what the same chunks make of words that nobody said. */
sb_status sb_sample_measure(sb_sample *sample, sb_error *err);

/* Hears all other chunks. */
sb_status sb_sample_listen_to_rest(sb_sample *sample, sb_error *err);

/* `alignment`, `chunks`, `listen` and `heard` belong to the caller. */
void sb_sample_finish(sb_sample *sample);

#endif
