/* A model moved towards the voices and the room of a recording: maximum likelihood linear regression of its means (Leggetter and
 * Woodland 1995). */
#ifndef SB_ACOUSTIC_ADAPT_H
#define SB_ACOUSTIC_ADAPT_H

#include "acoustic/senones.h"

#define SB_REGRESSORS (SB_CEPSTRA + 1) /* a mean and one */

/* Of frames whose senone is known. Sums of several are added up, in one order to give the same bytes each time. */
typedef struct sb_adapt_stats {
    double n_frames;
    double inner[SB_DIFFERENCES][SB_CEPSTRA][SB_REGRESSORS][SB_REGRESSORS];
    double outer[SB_DIFFERENCES][SB_CEPSTRA][SB_REGRESSORS];
} sb_adapt_stats;

/* Adds the scorer's present frame, which the senone explains. */
void sb_adapt_add(sb_adapt_stats *stats, sb_scorer *scorer, uint16_t senone);
void sb_adapt_sum(sb_adapt_stats *stats, const sb_adapt_stats *more);

/* Seconds of speech under which nothing can be learnt. */
#define SB_ADAPT_SECONDS_LEAST 20

/* A model with the means of all speech phones moved by one linear map for the cepstra and one for each of their differences; it uses `model`, which must outlive it. SB_ERR_MEMORY. */
sb_status sb_acoustic_model_adapt(sb_acoustic_model **out, const sb_acoustic_model *model,
                                  const sb_adapt_stats *stats, sb_error *err);

#endif
