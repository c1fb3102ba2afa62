/* Voices from cepstra. */
#ifndef SB_VOICE_VOICE_H
#define SB_VOICE_VOICE_H

#include "acoustic/acoustic.h"
#include "soundbite/voice.h"

/* Adds the voices of an alignment's speakers to `out`. Returns SB_ERR_MEMORY. */
sb_status sb_recording_add_voices(sb_recording *out, const sb_cepstra *cepstra, const sb_alignment *alignment,
                                  sb_error *err);

#endif
