/* One alignment from all that the decode pass gave. */
#ifndef SB_ALIGN_ALIGN_H
#define SB_ALIGN_ALIGN_H

#include "align/features.h"
#include "soundbite/align.h"

/* `why` is NULL where the acoustic model is used on `transcript`; else why not, as a sentence, or "" where it was not asked for. In
 * which language the transcript is, is told by its text where the file does not name one, unless ACOUSTIC is asked for. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_align_without_model(const char **why, const sb_align_params *params,
                                 const sb_transcript *transcript, sb_error *err);

/* sb_align with the features that the acoustic model needs; NULL aligns by energy, for the reason `why` (NULL none to tell). */
sb_status sb_align_features(sb_alignment **out, const sb_speech *speech, const sb_features *features,
                            const char *why, const sb_transcript *transcript, const sb_align_audio *audio,
                            const sb_align_params *params, sb_notes *notes, sb_error *err);

#endif
