/* Levels of sound in eleven bands, four hundred times a second: what the boundary model sees. */
#ifndef SB_SPEECH_BAND_LEVELS_H
#define SB_SPEECH_BAND_LEVELS_H

#include "soundbite/status.h"

#define SB_BANDS        11
#define SB_BAND_HZ      16000 /* of the sound */
#define SB_BAND_HOP     40    /* samples from one frame to the next: 2.5 ms */
#define SB_BAND_SAMPLES 200   /* that one frame sees: frame i begins with sample 40 i */

/* Frame after frame, a byte a band from about 60 Hz to 8 kHz upwards; 4400 bytes a second. The sound is pre-emphasised by
 * its first difference, windowed (Hann), and its power summed over the bins of a transform of 256. A byte is a power in steps
 * of 0.4 dB; 0 is none. */
typedef struct sb_band_levels {
    uint8_t *values;
    size_t n_frames, capacity; /* in frames */
} sb_band_levels;

typedef struct sb_bands_maker sb_bands_maker;

/* SB_ERR_MEMORY. */
sb_status sb_bands_maker_create(sb_bands_maker **out, sb_error *err);
void sb_bands_maker_free(sb_bands_maker **maker);

/* Takes the next samples of 16 kHz mono, full scale 1, in order, any number. SB_ERR_MEMORY. */
sb_status sb_bands_push(sb_bands_maker *maker, const float *samples, size_t n_samples, sb_error *err);

/* Ends the sound and hands over its frames, which the caller frees by sb_band_levels_finish. A frame that reaches beyond the
 * end is not made. SB_ERR_MEMORY. */
sb_status sb_bands_end(sb_bands_maker *maker, sb_band_levels *out, sb_error *err);
void sb_band_levels_finish(sb_band_levels *levels);

/* The power that a byte stands for. */
double sb_band_power(uint8_t value);

#endif
