/* How well each tied state of a model explains a frame: what every search of words is made of. */
#ifndef SB_ACOUSTIC_SENONES_H
#define SB_ACOUSTIC_SENONES_H

#include "acoustic/model.h"

/* Frames [first, first + n) of the cepstra as the model wants them, `mean` taken off, with their first and second differences
 * over the frames around (those of the file's ends repeat). `out` holds n vectors. */
void sb_vectors_make(float (*out)[SB_VECTOR], const sb_cepstra *cepstra, const float mean[SB_CEPSTRA],
                     size_t first, size_t n);

/* The mean of frames [first, end): what a voice, a room and a microphone have in common (Atal 1974). */
void sb_cepstra_mean(float mean[SB_CEPSTRA], const sb_cepstra *cepstra, size_t first, size_t end);

/* Scores are natural logarithms, less that of the likeliest senone without context: 0 is as good as sound can be explained
 * when the text is not known, wrong words lie far below. One scorer serves one thread. */
typedef struct sb_scorer sb_scorer;

/* The model must outlive it. NULL when out of memory. */
sb_scorer *sb_scorer_create(const sb_acoustic_model *model);
void sb_scorer_free(sb_scorer **scorer);
const sb_acoustic_model *sb_scorer_model(const sb_scorer *scorer);

/* Says which senones will be asked for besides those of phones without context, and forgets those said before. They are scored together, which
 * is faster. To be followed by sb_scorer_begin. False when out of memory. */
bool sb_scorer_choose(sb_scorer *scorer, const uint16_t *senones, size_t n);

/* To be called before the first frame of each stretch, so that what is found there does not depend on what was heard before. The vectors must
 * stay as they are until the next. Of them every `step`-th will be visited: 1, or an even number. */
void sb_scorer_begin(sb_scorer *scorer, const float (*vectors)[SB_VECTOR], size_t n_vectors, size_t step);

/* Goes to a vector of the stretch, which is not before the present one. Returns what scores are counted from there. */
float sb_scorer_set_frame(sb_scorer *scorer, size_t vector);

/* The same for one that was visited before, at a small part of the cost. */
void sb_scorer_revisit(sb_scorer *scorer, size_t vector, float reference);

/* Of a senone that was chosen. */
float sb_scorer_score(sb_scorer *scorer, uint16_t senone);

/* The vector of the present frame, and the density of a stream by which the senone explains it best, with its share in that. */
const float *sb_scorer_vector(const sb_scorer *scorer);
int sb_scorer_best_density(sb_scorer *scorer, uint16_t senone, int stream, float *share);

#endif
