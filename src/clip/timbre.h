/* Comparing two moments of sound by the levels of their bands. */
#ifndef SB_CLIP_TIMBRE_H
#define SB_CLIP_TIMBRE_H

#include "soundbite/status.h"

#define SB_TIMBRE_BANDS     16 /* equal widths on the mel scale, 100 Hz to 8 kHz */
#define SB_TIMBRE_WINDOW_MS 20

typedef struct sb_timbre {
    float db[SB_TIMBRE_BANDS]; /* relative to full scale; levels below the floor are compressed towards it */
} sb_timbre;

/* Not to be shared by threads. Free it with sb_timbre_meter_free. */
typedef struct sb_timbre_meter {
    int window; /* samples that sb_timbre_read needs */
    int size;   /* of the transform: the next power of two */
    int edges[SB_TIMBRE_BANDS + 1];
    double floor[SB_TIMBRE_BANDS]; /* power below which differences are ignored; 0 at first */
    float *shape;                  /* Hann window */
    double *cosines, *sines, *re, *im;
} sb_timbre_meter;

/* `rate` is at least 4000 Hz. Returns SB_ERR_MEMORY. */
sb_status sb_timbre_meter_create(sb_timbre_meter **out, int rate, sb_error *err);
void sb_timbre_meter_free(sb_timbre_meter **meter);

/* Measures `window` samples. */
void sb_timbre_read(sb_timbre_meter *meter, sb_timbre *out, const float *samples);

/* Returns the root mean square of the differences of the bands, in dB. */
double sb_timbre_distance(const sb_timbre *a, const sb_timbre *b);

#endif
