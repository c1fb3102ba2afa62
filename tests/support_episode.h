/* Episodes made of a transcript and a speech list, without sound, for tests of the energy aligner. */
#ifndef SUPPORT_EPISODE_H
#define SUPPORT_EPISODE_H

#include <stddef.h>
#include <stdint.h>

#include "soundbite/align.h"

#define EPISODE_TURNS 120

/* A made episode: a transcript, its speech list, and the true start of each turn. */
typedef struct episode {
    sb_transcript transcript;
    sb_speech speech;
    double starts[EPISODE_TURNS];
    double now;
    uint32_t seed;
} episode;

double episode_chance(episode *e);

double episode_between(episode *e, double least, double most);

/* All turns from number `again` on are the first ones once more, sound and text. */
void episode_make_that_repeats(episode *e, uint32_t seed, size_t again);

void episode_make(episode *e, uint32_t seed);

void episode_free(episode *e);

/* Sets the stamps of an earlier version of the audio: `offset` seconds earlier, at `ppm`, rounded down to
 * seconds. */
void episode_restamp(episode *e, double offset, double ppm);

/* Inserts seconds of speech that are not in the transcript, before turn `turn`. */
void episode_insert_before(episode *e, size_t turn, double seconds);

/* Cuts the sound of turns [first, end) out of the audio. Their starts become NaN. */
void episode_cut_out(episode *e, size_t first, size_t end);

/* Bursts and holes fill the time before turn `turn` from where the turn before ends. Returns that time. */
sb_span episode_insert_music(episode *e, size_t turn, double seconds);

sb_alignment *episode_align(episode *e, sb_status expected);

size_t episode_count_right(const episode *e, const sb_alignment *a);

#endif
