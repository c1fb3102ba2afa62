/* Moving lists of times from one version of an episode to another. */
#ifndef SB_REMAP_REMAP_H
#define SB_REMAP_REMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "soundbite/align.h"
#include "soundbite/remap.h"
#include "transcript/transcript.h"

/* Finding the words that are in both of two alignments. */

typedef struct sb_common_word {
    const sb_aligned_word *from, *to;
} sb_common_word;

typedef struct sb_common_words {
    sb_common_word *items; /* in the order of both transcripts */
    size_t n_items;
    size_t n_from, n_to; /* number of words with a letter or digit in each */
} sb_common_words;

/* Matches the texts: passages of three words that occur once in each are chained as in patience diff
 * (https://bramcohen.livejournal.com/73318.html) and extended word by word. Case, accents and punctuation are
 * ignored. Returns SB_ERR_MEMORY. */
sb_status sb_common_words_find(sb_common_words *out, const sb_alignment *from, const sb_alignment *to,
                               sb_error *err);
void sb_common_words_finish(sb_common_words *common);

/* The positions of word edges in two audios. */

typedef struct sb_edge_pair {
    sb_time from, to;
    bool is_sure; /* heard in both, not estimated from neighbours */
    size_t word;  /* number of the edge's word, only for comparisons */
} sb_edge_pair;

typedef struct sb_edge_pairs {
    sb_edge_pair *items; /* ascending in both audios */
    size_t n_items;
} sb_edge_pairs;

/* Makes the pairs of the edges of words with positions in both. Errors of a few milliseconds are smoothed
 * with the neighbours. Words that disagree with all neighbours are left out. So is every word that neither
 * agrees with its neighbours nor moved with certain words by the same time, unless few words would be left.
 * Returns SB_ERR_MEMORY. */
sb_status sb_edge_pairs_find(sb_edge_pairs *out, const sb_common_words *common, const sb_alignment *from,
                             const sb_alignment *to, sb_error *err);

/* Removes estimated words that contradict the pauses: the edges of the speech there fit the heard words
 * around them much better. This is needed because an aligner without a model for a language may put words
 * into an advertisement. */
void sb_edge_pairs_check_pauses(sb_edge_pairs *pairs, const sb_alignment *from, const sb_alignment *to);
void sb_edge_pairs_finish(sb_edge_pairs *pairs);

/* Converting a transcript whose audio no longer exists to an alignment with that audio, from its
 * timestamps. */

/* The texts are those of the transcript. Finish it even after a failure. */
typedef struct sb_stamped {
    sb_alignment alignment;
} sb_stamped;

/* Sets the times of words that are also in the second audio. They are the times there, shifted so that the
 * turns begin at their timestamps. The shift may change where the second audio has a long gap between words,
 * or where words are missing in it. Returns SB_ERR_MISMATCH if too few turns have timestamps and are in the
 * second audio; SB_ERR_MEMORY. */
sb_status sb_stamped_make(sb_stamped *out, const sb_alignment *transcript, const sb_alignment *to,
                          sb_error *err);
void sb_stamped_finish(sb_stamped *stamped);

/* Comparing the pauses of two passages. */

/* Return the duration over which the pauses of two passages between words agree, counted from the beginning
 * or from the end. 0 if too few agree to be evidence, unless they are near that end. */
sb_time sb_alike_head(const sb_alignment *a, const sb_alignment *b, sb_span from, sb_span to);
sb_time sb_alike_tail(const sb_alignment *a, const sb_alignment *b, sb_span from, sb_span to);

/* Chapters at breaks. */

/* If sound was inserted in the pause at `t`, returns its duration and sets `*out` to the time after it in the
 * second audio, before the speech that follows. Otherwise returns 0. `t` may be up to one second before the
 * pause, in the last word. */
sb_time sb_audio_map_chapter(sb_time *out, const sb_audio_map *map, sb_time t);

/* The longest non-decreasing subsequence. */

/* Sets keep[i] for one longest subsequence of values[0 .. n) that never decreases. Returns false if memory
 * runs out. */
bool sb_longest_rising(bool *keep, const int64_t *values, size_t n);

#endif
