/* Lists of times in every format, and two alignments between which they move. */
#ifndef SB_TESTS_SUPPORT_REMAP_H
#define SB_TESTS_SUPPORT_REMAP_H

#include "soundbite/remap.h"

extern const char remap_chapters[], remap_soundbites[], remap_labels[], remap_srt[], remap_vtt[],
    remap_plain[];

/* Reads a list, which must be in this format. */
sb_time_list *remap_read(const char *text, const char *format);

/* The map from an audio with an ad to one without it; see support_remap.c for the words. */
sb_audio_map *remap_make_map(void);

/* Nine turns of two seconds and pauses of one. Into the pauses before the fourth and the seventh turn, 20 s
 * and 30 s are inserted in the second audio. */
sb_audio_map *remap_make_breaks(void);

#endif
