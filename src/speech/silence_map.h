/* Speech told from silence by energy with hysteresis over an adaptive floor. */
#ifndef SB_SPEECH_SILENCE_MAP_H
#define SB_SPEECH_SILENCE_MAP_H

#include "soundbite/speech.h"
#include "speech/energy.h"

/* Fills the spans and pauses of `out` from both bands; `out->duration` is set already. SB_ERR_MEMORY. */
sb_status sb_silence_map_make(sb_speech *out, const sb_levels *levels, const sb_speech_params *params,
                              sb_error *err);

#endif
