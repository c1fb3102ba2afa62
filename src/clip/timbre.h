/* What a moment of sound is like: the levels of its bands, by which two moments are compared. */
#ifndef SB_CLIP_TIMBRE_H
#define SB_CLIP_TIMBRE_H

#include "soundbite/status.h"

#define SB_TIMBRE_BANDS     16 /* equally wide on the mel scale, 100 Hz to 8 kHz */
#define SB_TIMBRE_WINDOW_MS 20

typedef struct sb_timbre {
    float db[SB_TIMBRE_BANDS]; /* re full scale; what lies under the floor is drawn towards it */
} sb_timbre;

/* Frees with sb_timbre_meter_free. Not to be shared by threads. */
typedef struct sb_timbre_meter {
    int window; /* samples that sb_timbre_read takes */
    int size;   /* of the transform: the next power of two */
    int edges[SB_TIMBRE_BANDS + 1];
    double floor[SB_TIMBRE_BANDS]; /* power below which differences do not count; 0 at first */
    float *shape;                  /* Hann */
    double *cosines, *sines, *re, *im;
} sb_timbre_meter;

/* SB_ERR_MEMORY. `rate` from 4000 Hz. */
sb_status sb_timbre_meter_create(sb_timbre_meter **out, int rate, sb_error *err);
void sb_timbre_meter_free(sb_timbre_meter **meter);

/* Of `window` samples. */
void sb_timbre_read(sb_timbre_meter *meter, sb_timbre *out, const float *samples);

/* The root mean square of the bands' differences, in dB. */
double sb_timbre_distance(const sb_timbre *a, const sb_timbre *b);

#endif
