/* Recognising another encoding of the aligned audio by its energy over time. */
#ifndef SB_ALIGN_IDENTITY_IDENTITY_H
#define SB_ALIGN_IDENTITY_IDENTITY_H

#include "soundbite/align.h"
#include "soundbite/speech.h"

#define SB_SOUND_BANDS 2

/* What an alignment keeps of its audio: a level for each band and each SB_OVERVIEW_HOP. */
typedef struct sb_kept_sound {
    const uint8_t *bands[SB_SOUND_BANDS];
    size_t n_bands, n;
    bool is_peak; /* the loudest SB_HOP of each hop; otherwise their mean energy */
} sb_kept_sound;

typedef enum sb_sound_verdict {
    SB_SOUND_SAME,
    SB_SOUND_OTHER,  /* no part is alike */
    SB_SOUND_EDITED, /* alike up to `differs_at`, different after it */
    SB_SOUND_UNKNOWN /* too short, or the level changes too little */
} sb_sound_verdict;

typedef struct sb_same_sound {
    sb_sound_verdict verdict;
    sb_time offset;     /* time in the file minus time in the aligned audio */
    sb_time differs_at; /* in the aligned audio; EDITED only */
    double likeness;    /* correlation of the whole sound, from -1 to 1 */
} sb_same_sound;

/* Returns SB_ERR_MEMORY. */
sb_status sb_sound_compare(sb_same_sound *out, const sb_kept_sound *kept, const sb_speech *heard,
                           sb_error *err);

#endif
