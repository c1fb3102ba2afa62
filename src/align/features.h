/* What the acoustic aligner keeps of the sound: made in the one decode pass, so that the sound itself need not stay. */
#ifndef SB_ALIGN_FEATURES_H
#define SB_ALIGN_FEATURES_H

#include "acoustic/cepstra.h"
#include "speech/band_levels.h"

/* From the file's time zero on: cepstra of mono at the model's rate, band levels of 16 kHz mono. */
typedef struct sb_features {
    sb_cepstra cepstra;
    sb_band_levels levels;
} sb_features;

/* Makes the features on a thread of its own, if there are two cores and more than a second of sound. */
typedef struct sb_features_maker sb_features_maker;

/* `front_end` is that of the model that will hear; NULL: sb_front_end_default. SB_ERR_UNSUPPORTED in a build without the code that computes
 * it or for a rate that cannot be reached, SB_ERR_MEMORY. */
sb_status sb_features_maker_create(sb_features_maker **out, int sample_rate, int channels,
                                   const sb_front_end *front_end, sb_error *err);
void sb_features_maker_free(sb_features_maker **maker);

/* All channels are heard at equal shares, but one of them alone for as long as the mix cancels it. SB_ERR_MEMORY. */
sb_status sb_features_push(sb_features_maker *maker, const float *const *planes, size_t n_samples,
                           sb_error *err);

/* SB_ERR_MEMORY. */
sb_status sb_features_end(sb_features_maker *maker, sb_features *out, sb_error *err);
void sb_features_finish(sb_features *features);

#endif
