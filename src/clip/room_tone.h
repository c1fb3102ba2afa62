/* Room tone: background sound of a room, in any length, made from pauses. */
#ifndef SB_CLIP_ROOM_TONE_H
#define SB_CLIP_ROOM_TONE_H

#include "soundbite/align.h"
#include "soundbite/media.h"

/* Calm pieces from a few seconds of the episode's pauses. It does not change once made, so threads may share
 * it. */
typedef struct sb_room_tone sb_room_tone;

typedef struct sb_sample_span {
    size_t start, end; /* half-open */
} sb_sample_span;

/* Makes room tone from samples. `quiet` lists the pauses, the best first; with none, all `n` samples are
 * used. Breaths, clicks and the ends of words are excluded: only sound within 6 dB of the floor (the 20th
 * percentile of the energies of 5 ms) is used. If most of it is digital silence, so is the tone. Returns
 * SB_ERR_MEMORY. */
sb_status sb_room_tone_make(sb_room_tone **out, const float *const *planes, size_t n, int channels,
                            int sample_rate, const sb_sample_span *quiet, size_t n_quiet, sb_error *err);

/* Makes room tone from the pauses nearest to `near`, according to the alignment's speech list, mixed to
 * `channels` and resampled to `sample_rate`. The caller keeps the decoder, whose position changes. Returns
 * the statuses of sb_decoder_seek and sb_decoder_read, and SB_ERR_MEMORY. */
sb_status sb_room_tone_listen(sb_room_tone **out, sb_decoder *decoder, const sb_alignment *alignment,
                              sb_time near, int sample_rate, int channels, sb_error *err);

void sb_room_tone_free(sb_room_tone **tone);

/* Returns the RMS in dB relative to full scale, averaged over the channels; -HUGE_VAL for digital silence. */
double sb_room_tone_level_db(const sb_room_tone *tone);

/* Writes `n` samples of room tone to each plane. Pieces of varying length are joined at constant power where
 * their waveforms agree. The same `number` gives the same tone, so number the gaps of a file. There are no
 * fades at the ends. The number of channels is that of the tone. */
void sb_room_tone_fill(const sb_room_tone *tone, float *const *planes, size_t n, uint64_t number);

#endif
