/* One alignment from all that the decode pass gave. */
#ifndef SB_ALIGN_ALIGN_H
#define SB_ALIGN_ALIGN_H

#include "align/features.h"
#include "soundbite/align.h"

/* NULL if the acoustic model is to be used; else why not, as a sentence, or "" if it was not asked for. */
const char *sb_align_without_model(const sb_align_params *params);

/* sb_align with the features that the acoustic model needs; NULL aligns by energy, for the reason `why` (NULL none to tell). */
sb_status sb_align_features(sb_alignment **out, const sb_speech *speech, const sb_features *features,
                            const char *why, const sb_transcript *transcript, const sb_align_audio *audio,
                            const sb_align_params *params, sb_error *err);

#endif
