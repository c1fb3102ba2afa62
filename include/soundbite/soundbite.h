/* libsoundbite: lays a transcript onto its audio and cuts quotes out of it. This header brings in all the others.
 *
 * Manner of the whole library: outputs come first, `sb_error *err` last and may be NULL; a parameter struct may be NULL for
 * its defaults; sb_x_free(&x) sets x to NULL and takes NULL; on failure outputs are NULL. The library never prints,
 * exits, reads the environment or touches the locale. Objects may be used from any thread, one at a time. */
#ifndef SOUNDBITE_SOUNDBITE_H
#define SOUNDBITE_SOUNDBITE_H

#include "soundbite/align.h"
#include "soundbite/batch.h"
#include "soundbite/clip.h"
#include "soundbite/clip_page.h"
#include "soundbite/drift.h"
#include "soundbite/drop.h"
#include "soundbite/export.h"
#include "soundbite/file.h"
#include "soundbite/media.h"
#include "soundbite/montage.h"
#include "soundbite/quote.h"
#include "soundbite/remap.h"
#include "soundbite/speech.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/transcript.h"
#include "soundbite/tuning.h"
#include "soundbite/verify.h"
#include "soundbite/version.h"
#include "soundbite/video.h"
#include "soundbite/waveform.h"

#endif
