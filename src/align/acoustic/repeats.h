/* Where a text says the same thing more than once: the other places that a match of the sound may stand for. */
#ifndef SB_ALIGN_REPEATS_H
#define SB_ALIGN_REPEATS_H

#include "align/acoustic/match_chain.h"
#include "pronounce/lexicon.h"

/* The words of a text, by the three words that begin there. */
typedef struct sb_repeats {
    const uint32_t *lexeme_of; /* of the lexicon, which must outlive it */
    size_t n_words;
    uint32_t *sorted; /* words, equal triples beside each other, then by their place */
    uint32_t *rank;   /* of each word: its index in `sorted` */
} sb_repeats;

/* False when out of memory. */
bool sb_repeats_make(sb_repeats *out, const sb_lexicon *lexicon);
void sb_repeats_finish(sb_repeats *repeats);

/* Appends to `matches` those of the same sound with the same words elsewhere in the text, each with its share of the evidence; the
 * nearest ones where there are many. The caller frees their words. False when out of memory. */
bool sb_repeats_add(sb_window_match **matches, size_t *n_matches, const sb_repeats *repeats,
                    const sb_window_match *match);

#endif
