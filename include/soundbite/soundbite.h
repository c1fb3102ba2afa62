/* libsoundbite aligns a transcript to its audio and cuts quotes out of it. This header includes all the
 * others.
 *
 * Rules that hold for the whole library:
 *     - Outputs come first and `sb_error *err` comes last. `err` may be NULL.
 *     - On failure, outputs are NULL or zero, and `err` says what is wrong and what to do.
 *     - A parameter struct that is passed by pointer may be NULL; the defaults are then used.
 *     - A zeroed parameter struct means the defaults. In each field 0 is the default. If 0 is also a legal
 *       value of field `x`, set the flag `has_x` to use it; other values do not need the flag.
 *     - sb_x_free(&x) sets x to NULL. It does nothing if x is NULL.
 *     - Any function that returns sb_status can return SB_ERR_MEMORY.
 *     - An object may be used from any thread, but only by one thread at a time.
 *     - The library never prints, exits, reads the environment or changes the locale. */
#ifndef SOUNDBITE_SOUNDBITE_H
#define SOUNDBITE_SOUNDBITE_H

#include "soundbite/align.h"
#include "soundbite/archive.h"
#include "soundbite/archive_sound.h"
#include "soundbite/article.h"
#include "soundbite/batch.h"
#include "soundbite/chapters.h"
#include "soundbite/clip.h"
#include "soundbite/clip_page.h"
#include "soundbite/drift.h"
#include "soundbite/drop.h"
#include "soundbite/export.h"
#include "soundbite/file.h"
#include "soundbite/fingerprint.h"
#include "soundbite/media.h"
#include "soundbite/montage.h"
#include "soundbite/names.h"
#include "soundbite/option.h"
#include "soundbite/quote.h"
#include "soundbite/quote_page.h"
#include "soundbite/remap.h"
#include "soundbite/show.h"
#include "soundbite/speech.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/transcript.h"
#include "soundbite/tuning.h"
#include "soundbite/verify.h"
#include "soundbite/version.h"
#include "soundbite/video.h"
#include "soundbite/voice.h"
#include "soundbite/waveform.h"

#endif
