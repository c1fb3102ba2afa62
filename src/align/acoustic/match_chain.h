/* The matches of windows that belong together: one after the other in the sound and in the text. */
#ifndef SB_ALIGN_MATCH_CHAIN_H
#define SB_ALIGN_MATCH_CHAIN_H

#include "align/acoustic/anchors.h"
#include "align/stamps/word_stamps.h"

#define SB_MATCH_SURE 60.0f /* nats of evidence that chance does not give */

typedef struct sb_window_match {
    float evidence; /* nats beyond chance */
    sb_anchor *words;
    size_t n_words;
} sb_window_match;

void sb_window_matches_free(sb_window_match *matches, size_t n);

/* Takes, of matches that overlap in the sound or run against the text, the row with the most evidence, and adds its words to `out`. Where the text
 * between two matches and the sound between them do not fit, by their length nor by the stamps, the row pays for a break; words that both of
 * them claim are left out. Where the same words were heard as well in two places, neither tells more than the other, and the stamps decide:
 * what their offset is, and that it jumps, costs as much as a prior with a heavy tail says. `stamps` has one entry for each word of the text;
 * NULL there are none. Matches are in the order of their sound. False when out of memory. */
bool sb_match_chain(sb_anchors *out, const sb_window_match *const *matches, size_t n,
                    const sb_word_stamp *stamps);

#endif
