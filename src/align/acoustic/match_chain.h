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

/* What is thought of the places of words before anything was heard; either may be NULL. One entry for each word of the text. */
typedef struct sb_chain_prior {
    const sb_word_stamp *stamps;
    const sb_time *expected; /* start of each word, which holds where `trusted` of the anchors says so */
} sb_chain_prior;

/* Takes, of matches that overlap in the sound or run against the text, the row with the most evidence, and adds its words to `out`. Where the text
 * between two matches and the sound between them do not fit, by their length nor by the stamps, the row pays for a break; words that both of
 * them claim are left out. Words that were heard in two places are worth little in either, so that the stamps decide: an offset and a jump of
 * it cost what a prior with a heavy tail says. Matches are in the order of their sound; `out->trusted` is set, all else of `out` is
 * zero. False when out of memory. */
bool sb_match_chain(sb_anchors *out, const sb_window_match *const *matches, size_t n,
                    const sb_chain_prior *prior);

#endif
