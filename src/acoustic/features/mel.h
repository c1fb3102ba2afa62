/* The mel-frequency analysis of one frame, as sphinxbase computes it (Davis and Mermelstein 1980). */
#ifndef SB_ACOUSTIC_FEATURES_MEL_H
#define SB_ACOUSTIC_FEATURES_MEL_H

#include "acoustic/acoustic.h"

#define SB_FILTERS_MAX 128

/* The bins of the spectrum that a triangular filter covers. */
typedef struct sb_mel_filter {
    int first, n;
} sb_mel_filter;

typedef enum sb_mel_transform { SB_MEL_LEGACY, SB_MEL_DCT, SB_MEL_HTK } sb_mel_transform;

typedef struct sb_mel {
    int n_filters;
    sb_mel_transform transform;
    sb_mel_filter *filters;
    double *weights; /* of all bins of all filters, one filter after the other */
    double *cosine;  /* [cepstrum][filter] */
    double lifter[SB_CEPSTRA];
} sb_mel;

/* Returns false if memory runs out; sb_mel_finish is then still needed. */
bool sb_mel_init(sb_mel *mel, const sb_front_end *front_end);
void sb_mel_finish(sb_mel *mel);

/* The power in each filter, from the powers of bins 0 to n_fft / 2. */
void sb_mel_bands(double *out, const sb_mel *mel, const double *powers);

/* The cepstra of these bands. Full scale is 32768 squared. */
void sb_mel_cepstra(float out[SB_CEPSTRA], const sb_mel *mel, const double *bands);

/* What is known of the steady noise. A zeroed state starts with the next frame. */
typedef struct sb_noise_state {
    bool started;
    double power[SB_FILTERS_MAX], noise[SB_FILTERS_MAX], floor[SB_FILTERS_MAX], peak[SB_FILTERS_MAX];
} sb_noise_state;

/* Removes steady noise from the bands of the next frame (Kim and Stern 2010, power-normalised cepstra; the
 * constants are those of sphinxbase). */
void sb_noise_remove(sb_noise_state *state, double *bands, int n_bands);

#endif
