/* Matches widened to whole sentences or turns. */
#ifndef SB_QUOTE_EXPAND_H
#define SB_QUOTE_EXPAND_H

#include "quote/runs.h"
#include "soundbite/quote.h"

/* Where the sentences of an alignment begin: starts[i] is the first word of sentence i, starts[n_starts] the number of
 * words. A sentence ends at its mark (sb_word_ends_sentence), which may stand turns later, or with its run. */
typedef struct sb_sentences {
    size_t *starts;
    size_t n_starts;
} sb_sentences;

/* SB_ERR_MEMORY. */
sb_status sb_sentences_init(sb_sentences *out, const sb_runs *runs, sb_error *err);
void sb_sentences_finish(sb_sentences *sentences);

/* The sentence that has `word`. */
size_t sb_sentence_of(const sb_sentences *sentences, size_t word);

/* Widens hits[begin ...], which are in the order of the text, to the sentences (`sentences` may be NULL for other ways) or the
 * turns that they touch, and makes one of those that then overlap. */
void sb_hits_expand(sb_hits *hits, size_t begin, const sb_runs *runs, const sb_sentences *sentences,
                    sb_expand expand);

#endif
