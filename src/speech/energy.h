/* Short-time energy of sound in two bands, as bytes of half a decibel. */
#ifndef SB_SPEECH_ENERGY_H
#define SB_SPEECH_ENERGY_H

#include "soundbite/time.h"

#define SB_HOP (5 * SB_TIME_MS)

/* Levels of both bands for every hop; a gain moves them all by the same number of steps. `high` is pre-emphasised by a difference
 * over about 1/16000 s, which favours consonants and forgets DC and hum; `low` is the band under about 3 kHz, decimated, with DC taken out, which holds
 * the murmur of nasals and voice bars. Both sum the energy of all channels, so that a voice in one channel only or in
 * opposite phase counts in full. */
typedef struct sb_levels {
    uint8_t *high, *low;
    size_t n;
} sb_levels;

typedef struct sb_energy sb_energy;

/* SB_ERR_ARGUMENT outside 4 to 768 kHz and 1 to 64 channels; SB_ERR_MEMORY. */
sb_status sb_energy_create(sb_energy **out, int sample_rate, int channels, sb_error *err);
void sb_energy_free(sb_energy **energy);

/* SB_ERR_MEMORY. */
sb_status sb_energy_push(sb_energy *energy, const float *const *planes, size_t n_samples, sb_error *err);

/* Hands over the levels, whose arrays the caller frees, and the number of samples pushed. A last hop of less than half its
 * length is dropped. */
sb_status sb_energy_finish(sb_energy *energy, sb_levels *out, int64_t *n_samples, sb_error *err);

#endif
