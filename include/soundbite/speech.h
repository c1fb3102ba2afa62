/* Where there is sound to be taken for speech, from energy alone. */
#ifndef SOUNDBITE_SPEECH_H
#define SOUNDBITE_SPEECH_H

#include "soundbite/time.h"

/* Units: levels are dB re full scale in steps of half a decibel, 0 is -127.5 dB or less, 255 is 0 dB or more. */
#define SB_LEVEL_DB(level) ((double)(level)*0.5 - 127.5)

/* A stretch without speech between two that have some. */
typedef struct sb_pause {
    sb_span span;
    float depth_db;   /* how far its quietest tenth lies under the speech around it */
    sb_time quietest; /* the middle of its quietest 10 ms: where a cut is heard least */
} sb_pause;

/* The silence map of a file: speech and pauses alternate, times ascend, the pauses at both ends included. */
typedef struct sb_speech {
    sb_time duration;
    sb_time hop;     /* of `levels`: 5 ms */
    uint8_t *levels; /* pre-emphasised energy of all channels, frame i covers [i hop, (i + 1) hop) */
    size_t n_levels;
    sb_span *speech;
    size_t n_speech;
    sb_pause *pauses;
    size_t n_pauses;
} sb_speech;

typedef struct sb_speech_params {
    sb_time min_pause;  /* shorter holes are closed; 0 is 30 ms */
    sb_time min_speech; /* shorter bursts are clicks; 0 is 30 ms */
} sb_speech_params;

typedef struct sb_speech_analyser sb_speech_analyser;

/* Begins an analysis of sound with these properties. `params` may be NULL. SB_ERR_MEMORY, SB_ERR_ARGUMENT. */
SB_API sb_status sb_speech_analyser_create(sb_speech_analyser **out, int sample_rate, int channels,
                                           const sb_speech_params *params, sb_error *err);
SB_API void sb_speech_analyser_free(sb_speech_analyser **analyser);

/* Takes the next samples of every channel, in order, any number. Four bytes are kept for every 5 ms, and two after the end. */
SB_API sb_status sb_speech_analyser_push(sb_speech_analyser *analyser, const float *const *planes,
                                         size_t n_samples, sb_error *err);

/* Ends the analysis: the map of all that was pushed. Sound without speech gives n_speech 0 and is no error. */
SB_API sb_status sb_speech_analyser_finish(sb_speech_analyser *analyser, sb_speech **out, sb_error *err);
SB_API void sb_speech_free(sb_speech **speech);

#endif
