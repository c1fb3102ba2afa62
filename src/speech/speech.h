/* Speech in the sound: energy, noise floor, silence map and band levels. */
#ifndef SB_SPEECH_SPEECH_H
#define SB_SPEECH_SPEECH_H

#include "soundbite/speech.h"
#include "soundbite/status.h"
#include "soundbite/time.h"

/* Levels of sound in eleven bands, four hundred times a second: what the boundary model sees. */

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

/* Short-time energy of sound in two bands, as bytes of half a decibel. */

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

/* The noise floor and the level of speech, followed through a file. */

/* Levels in half decibels (SB_LEVEL_DB), one of each for every SB_FLOOR_STEP hops: `floor` is a low percentile of the 16 s
 * around, which in speech falls into its pauses (Ris and Dupont 2001, "Assessing local noise level estimation methods");
 * `top` a high one of the two minutes around, `near_top` of the 16 s around. */
#define SB_FLOOR_STEP 20

typedef struct sb_floor {
    uint8_t *floor, *top, *near_top;
    size_t n;
} sb_floor;

/* SB_ERR_MEMORY. Linear in `n`. */
sb_status sb_floor_follow(sb_floor *out, const uint8_t *levels, size_t n, sb_error *err);
void sb_floor_finish(sb_floor *floor);

/* The level under which `part` (0 ... 1) of all hops lie. */
uint8_t sb_level_percentile(const uint8_t *levels, size_t n, double part);

/* Gaps between syllables, and the noise in them. */

#define SB_NO_SPEECH 255 /* in `floor`: too far from any syllable */

/* The least that the noise floor of each hop is, for each of two bands; 0 where nothing is known. Sound that lies farther from a
 * loud syllable than the edge of a word can is noise: a breath, a click, the tone of a room. An onset has to stand out from
 * what sounds before it, as in the endpoint detection of Rabiner and Sambur (1975), who search outwards from the loud part. */
typedef struct sb_gaps {
    uint8_t *floor[2];
} sb_gaps;

/* `is_syllable` has a byte a hop. SB_ERR_MEMORY. */
sb_status sb_gaps_find(sb_gaps *out, const uint8_t *const levels[2], const uint8_t *is_syllable, size_t n,
                       sb_error *err);
void sb_gaps_finish(sb_gaps *gaps);

/* Music and noise, told from speech by how the levels move. */

/* Lists stretches of 9 s and more whose levels do not move as those of speech do: music, noise, a jingle. Speech falls far below
 * its mean many times a second, and vowels and fricatives alternate (Saunders 1996, "Real-time discrimination of broadcast
 * speech/music"; Scheirer and Slaney 1997: low-energy frames, spread of the zero crossings, pulse). Speech over music that is 10 dB or more below it
 * mostly remains speech. A gain changes nothing. The caller frees `*out`. SB_ERR_MEMORY. */
sb_status sb_music_find(sb_span **out, size_t *n_out, const sb_levels *levels, sb_error *err);

/* Speech told from silence by energy with hysteresis over an adaptive floor. */

/* Fills the spans and pauses of `out` from both bands; `out->duration` is set already. SB_ERR_MEMORY. */
sb_status sb_silence_map_make(sb_speech *out, const sb_levels *levels, const sb_speech_params *params,
                              sb_error *err);

#endif
