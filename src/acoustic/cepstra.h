/* The features that the acoustic model hears: 13 mel-frequency cepstra a hundred times a second. */
#ifndef SB_ACOUSTIC_CEPSTRA_H
#define SB_ACOUSTIC_CEPSTRA_H

#include "acoustic/front_end.h"

#define SB_CEPSTRA      13
#define SB_CEPSTRA_RATE 100 /* frames a second; frame i begins at i/100 s */

/* Frame after frame, each of SB_CEPSTRA numbers, as the model's own front end makes them: no mean taken off, no dither, no
 * frame left out. 5200 bytes a second. */
typedef struct sb_cepstra {
    float *values;
    size_t n_frames, capacity;
} sb_cepstra;

typedef struct sb_cepstra_maker sb_cepstra_maker;

/* `front_end` is the model's; NULL: sb_front_end_default. SB_ERR_UNSUPPORTED in a build without the code that computes it, SB_ERR_MEMORY. */
sb_status sb_cepstra_maker_create(sb_cepstra_maker **out, const sb_front_end *front_end, sb_error *err);
void sb_cepstra_maker_free(sb_cepstra_maker **maker);

/* Takes the next samples, mono at the front end's rate, full scale 1, in order, any number. SB_ERR_MEMORY. */
sb_status sb_cepstra_push(sb_cepstra_maker *maker, const float *samples, size_t n_samples, sb_error *err);

/* Ends the sound and hands over its frames, which the caller frees by sb_cepstra_finish. SB_ERR_MEMORY. */
sb_status sb_cepstra_end(sb_cepstra_maker *maker, sb_cepstra *out, sb_error *err);
void sb_cepstra_finish(sb_cepstra *cepstra);

#endif
