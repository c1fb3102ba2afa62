/* Detecting speech and pauses from the energy of the sound alone. */
#ifndef SOUNDBITE_SPEECH_H
#define SOUNDBITE_SPEECH_H

#include "soundbite/time.h"

SB_BEGIN_DECLS

/* Converts a level to dB relative to full scale. Levels are in steps of 0.5 dB: 0 is -127.5 dB or less, 255
 * is 0 dB or more. */
#define SB_LEVEL_DB(level) ((double)(level)*0.5 - 127.5)

/* A stretch without speech. */
typedef struct sb_pause {
    sb_span span;
    float depth_db;   /* level of the speech around it minus level of its quietest tenth, in dB */
    sb_time quietest; /* middle of its quietest 10 ms: the best place to cut */
} sb_pause;

/* The silence map of a file. Speech and pauses alternate in ascending order and include the pauses at both
 * ends of the file. */
typedef struct sb_speech {
    sb_time duration;
    sb_time hop;     /* hop of `levels`: 5 ms */
    uint8_t *levels; /* pre-emphasised energy of all channels; level i is for [i * hop, (i + 1) * hop) */
    size_t n_levels;
    uint8_t *low_levels; /* energy below about 3 kHz, also n_levels of them */
    sb_span *speech;
    size_t n_speech;
    sb_pause *pauses;
    size_t n_pauses;
    /* Stretches of at least 9 s that sound like music or noise. They may contain spans of `speech`. */
    sb_span *music;
    size_t n_music;
} sb_speech;

/* How to detect speech. A zeroed struct means the defaults. */
typedef struct sb_speech_params {
    sb_time min_pause;  /* shorter pauses are filled; 0 means 30 ms */
    sb_time min_speech; /* shorter sounds count as clicks; 0 means 30 ms */
} sb_speech_params;

/* Builds a silence map while sound is decoded. It uses four bytes of memory for every 5 ms of sound, and two
 * after sb_speech_analyser_finish. */
typedef struct sb_speech_analyser sb_speech_analyser;

/* Creates an analyser for sound with this rate in Hz and this number of channels. `params` may be NULL.
 * Returns SB_ERR_ARGUMENT if the rate or the number of channels cannot be analysed; SB_ERR_MEMORY. */
SB_API sb_status sb_speech_analyser_create(sb_speech_analyser **out, int sample_rate, int channels,
                                           const sb_speech_params *params, sb_error *err);
SB_API void sb_speech_analyser_free(sb_speech_analyser **analyser);

/* Adds the next `n_samples` samples of each channel. The block may have any length. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_speech_analyser_push(sb_speech_analyser *analyser, const float *const *planes,
                                         size_t n_samples, sb_error *err);

/* Makes the map of everything that was pushed. The caller frees `*out` and still owns the analyser. Sound
 * without speech is not an error: `n_speech` is then 0. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_speech_analyser_finish(sb_speech_analyser *analyser, sb_speech **out, sb_error *err);
SB_API void sb_speech_free(sb_speech **speech);

SB_END_DECLS

#endif
