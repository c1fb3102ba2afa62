/* Speech in the sound: energy, noise floor, silence map and band levels. */
#ifndef SB_SPEECH_SPEECH_H
#define SB_SPEECH_SPEECH_H

#include "soundbite/speech.h"
#include "soundbite/status.h"
#include "soundbite/time.h"

/* Levels of the sound in eleven bands, 400 times per second: the input of the boundary model. */

#define SB_BANDS        11
#define SB_BAND_HZ      16000 /* sample rate of the sound */
#define SB_BAND_HOP     40    /* samples from one frame to the next: 2.5 ms */
#define SB_BAND_SAMPLES 200   /* samples in one frame; frame i starts at sample 40 i */

/* One byte per band and frame, from about 60 Hz to 8 kHz; 4400 bytes per second. The sound is pre-emphasised
 * by its first difference and windowed (Hann); the power is summed over the bins of a transform of 256. A
 * byte is a power in dB, in steps of 0.4 dB; 0 means no power. */
typedef struct sb_band_levels {
    uint8_t *values;
    size_t n_frames, capacity; /* in frames */
} sb_band_levels;

typedef struct sb_bands_maker sb_bands_maker;

/* Returns SB_ERR_MEMORY. */
sb_status sb_bands_maker_create(sb_bands_maker **out, sb_error *err);
void sb_bands_maker_free(sb_bands_maker **maker);

/* Adds the next samples: 16 kHz mono, full scale 1, any number. Returns SB_ERR_MEMORY. */
sb_status sb_bands_push(sb_bands_maker *maker, const float *samples, size_t n_samples, sb_error *err);

/* Ends the sound and returns its frames. The caller frees them with sb_band_levels_finish. A frame that
 * extends beyond the end is left out. Returns SB_ERR_MEMORY. */
sb_status sb_bands_end(sb_bands_maker *maker, sb_band_levels *out, sb_error *err);
void sb_band_levels_finish(sb_band_levels *levels);

/* Returns the power that a byte represents. */
double sb_band_power(uint8_t value);

/* Short-time energy of the sound in two bands, as bytes of half a decibel. */

#define SB_HOP (5 * SB_TIME_MS)

/* The levels of both bands for every hop. A gain moves all of them by the same number of steps. `high` is
 * pre-emphasised by a difference over about 1/16000 s, which favours consonants and removes DC and hum.
 * `low` is the band below about 3 kHz, decimated and without DC, which contains the murmur of nasals and
 * voice bars. Energies are summed over all channels, so a voice in one channel only or in opposite phase
 * counts in full. */
typedef struct sb_levels {
    uint8_t *high, *low;
    size_t n;
} sb_levels;

typedef struct sb_energy sb_energy;

/* Returns SB_ERR_ARGUMENT outside 4 to 768 kHz or 1 to 64 channels, or SB_ERR_MEMORY. */
sb_status sb_energy_create(sb_energy **out, int sample_rate, int channels, sb_error *err);
void sb_energy_free(sb_energy **energy);

/* Returns SB_ERR_MEMORY. */
sb_status sb_energy_push(sb_energy *energy, const float *const *planes, size_t n_samples, sb_error *err);

/* Returns the levels, whose arrays the caller frees, and the number of samples pushed. A last hop shorter
 * than half a hop is dropped. Returns SB_ERR_MEMORY. */
sb_status sb_energy_finish(sb_energy *energy, sb_levels *out, int64_t *n_samples, sb_error *err);

/* The noise floor and the speech level over time. */

/* Levels in half decibels (SB_LEVEL_DB), one per SB_FLOOR_STEP hops. `floor` is a low percentile of the
 * surrounding 16 s, which in speech is the level of the pauses (Ris and Dupont 2001, "Assessing local
 * noise level estimation methods"). `top` is a high percentile of the surrounding two minutes, `near_top`
 * of the surrounding 16 s. */
#define SB_FLOOR_STEP 20

typedef struct sb_floor {
    uint8_t *floor, *top, *near_top;
    size_t n;
} sb_floor;

/* Takes time linear in `n`. Returns SB_ERR_MEMORY. */
sb_status sb_floor_follow(sb_floor *out, const uint8_t *levels, size_t n, sb_error *err);
void sb_floor_finish(sb_floor *floor);

/* Returns the level that the share `part` (from 0 to 1) of all hops is below. */
uint8_t sb_level_percentile(const uint8_t *levels, size_t n, double part);

/* Gaps between syllables, and the noise in them. */

#define SB_NO_SPEECH 255 /* in `floor`: too far from any syllable */

/* The minimum noise floor of each hop for both bands, or 0 if it is unknown. Sound that is too far from a
 * loud syllable to be the edge of a word is noise: a breath, a click, room tone. An onset must be louder than
 * the sound before it, as in the endpoint detection of Rabiner and Sambur (1975), which searches outwards
 * from the loud part. */
typedef struct sb_gaps {
    uint8_t *floor[2];
} sb_gaps;

/* `is_syllable` has one byte per hop. Returns SB_ERR_MEMORY. */
sb_status sb_gaps_find(sb_gaps *out, const uint8_t *const levels[2], const uint8_t *is_syllable, size_t n,
                       sb_error *err);
void sb_gaps_finish(sb_gaps *gaps);

/* Distinguishing music and noise from speech by the changes of the levels. */

/* Lists spans of at least 9 s whose levels do not change like those of speech: music, noise, a jingle. Speech
 * falls far below its mean many times per second, and vowels and fricatives alternate (Saunders 1996,
 * "Real-time discrimination of broadcast speech/music"; Scheirer and Slaney 1997: low-energy frames, spread
 * of the zero crossings, pulse). Speech over music that is at least 10 dB quieter mostly remains speech. The
 * result does not depend on the gain. The caller frees `*out`. Returns SB_ERR_MEMORY. */
sb_status sb_music_find(sb_span **out, size_t *n_out, const sb_levels *levels, sb_error *err);

/* Separating speech and silence by energy, with hysteresis above an adaptive floor. */

/* Sets the spans and pauses of `out` from both bands. `out->duration` must already be set. Returns
 * SB_ERR_MEMORY. */
sb_status sb_silence_map_make(sb_speech *out, const sb_levels *levels, const sb_speech_params *params,
                              sb_error *err);

#endif
