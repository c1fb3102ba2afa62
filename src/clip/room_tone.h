/* Room tone: what a room sounds like while nobody speaks, as much of it as a gap needs. */
#ifndef SB_CLIP_ROOM_TONE_H
#define SB_CLIP_ROOM_TONE_H

#include "soundbite/align.h"
#include "soundbite/media.h"

/* Calm pieces of a few seconds of the episode's own pauses. Read-only once made: threads may share it. */
typedef struct sb_room_tone sb_room_tone;

typedef struct sb_sample_span {
    size_t start, end; /* half-open */
} sb_sample_span;

/* Takes the tone from sound at hand. `quiet` says where nobody speaks, the best place first; none at all is the whole of
 * the `n` samples. Breaths, clicks and the ends of words in it are left out: only what lies within 6 dB of its floor
 * (the 20th percentile of the energies of 5 ms) is taken. Where most of it is digital zero, so is the tone. SB_ERR_MEMORY. */
sb_status sb_room_tone_make(sb_room_tone **out, const float *const *planes, size_t n, int channels,
                            int sample_rate, const sb_sample_span *quiet, size_t n_quiet, sb_error *err);

/* Takes it from the pauses of an episode that are nearest to `near`, by the alignment's speech list, mixed to `channels` and
 * resampled to `sample_rate` as a clip is. The decoder is the caller's; it is moved. Fails as sb_decoder_seek and
 * sb_decoder_read do, and with SB_ERR_MEMORY. */
sb_status sb_room_tone_listen(sb_room_tone **out, sb_decoder *decoder, const sb_alignment *alignment,
                              sb_time near, int sample_rate, int channels, sb_error *err);

void sb_room_tone_free(sb_room_tone **tone);

/* RMS in dB re full scale, the mean of the channels; -HUGE_VAL where the room is digital zero. */
double sb_room_tone_level_db(const sb_room_tone *tone);

/* Writes `n` samples of tone into each plane, pieces of changing length joined where their waveforms agree, at even power.
 * The same `number` gives the same tone, another another: count the gaps of a file. It has no fades of its own; the
 * channels are those the tone was made with. */
void sb_room_tone_fill(const sb_room_tone *tone, float *const *planes, size_t n, uint64_t number);

#endif
