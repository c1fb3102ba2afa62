/* Anchors: words that are found in the whole audio by their sound alone. */
#ifndef SB_ALIGN_ANCHORS_ANCHORS_H
#define SB_ALIGN_ANCHORS_ANCHORS_H

#include "acoustic/acoustic.h"
#include "align/stamps/stamps.h"
#include "pronounce/pronounce.h"
#include "speech/speech.h"

/* Windows of sound are searched in the text, and
 * consistent matches form a chain. */

typedef struct sb_anchor {
    uint32_t word;
    sb_span span; /* accurate to about 50 ms */
} sb_anchor;

typedef struct sb_anchors {
    sb_anchor *items; /* words and times ascend */
    size_t n_items;
    size_t n_windows, n_found; /* windows searched, and matches kept */
    /* evidence, in nats above chance, that the text was said in this audio, minus the cost of breaks */
    double evidence;
    sb_span *trusted; /* spans of the audio in which the expected positions are confirmed */
    size_t n_trusted;
} sb_anchors;

typedef struct sb_anchor_search {
    const sb_acoustic_model *model;
    const sb_lexicon *lexicon;
    const sb_cepstra *cepstra;
    const sb_speech *speech;
    const sb_time *expected;     /* start of each word, SB_TIME_NONE if unknown; or NULL */
    bool expected_is_fair;       /* if false, every window is searched */
    const sb_word_stamp *stamps; /* of each word, or NULL */
    const sb_monitor *monitor;
} sb_anchor_search;

/* Searches windows of ten seconds in the whole text. If expected positions are given, one window per minute
 * is searched first. If two consecutive ones agree, the span between them is trusted; elsewhere every window
 * is searched. Matches are chained as in genome alignment (Li 2018): a later window has later words, and a
 * jump in the text or the sound between two matches has a cost. Windows are searched in parallel, with the
 * same result. Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_anchors_find(sb_anchors *out, const sb_anchor_search *search, sb_error *err);
void sb_anchors_finish(sb_anchors *anchors);

/* Chains of matches: matches that follow each other in the sound and in the text. */

#define SB_MATCH_SURE 60.0f /* in nats; more evidence than occurs by chance */

typedef struct sb_window_match {
    float evidence; /* in nats above chance */
    sb_anchor *words;
    size_t n_words;
} sb_window_match;

void sb_window_matches_free(sb_window_match *matches, size_t n);

/* Prior positions of the words, one entry per word of the text. Either may be NULL. */
typedef struct sb_chain_prior {
    const sb_word_stamp *stamps;
    const sb_time *expected; /* start of each word; valid in the `trusted` stretches of the anchors */
} sb_chain_prior;

/* Chooses the chain with the most evidence from matches that may overlap in the sound or contradict the order
 * of the text, and adds its words to `out`. If the text and the sound between two matches do not fit in
 * length or timestamps, the chain gets the cost of a break. Words that are in both matches are left out.
 * Words that were heard at two positions count little at both, so that the timestamps decide: an offset and
 * its jumps have a cost with a heavy tail. Matches are in the order of the sound. Before the call,
 * `out->trusted` is set and everything else in `out` is zero. Returns false if memory runs out. */
bool sb_match_chain(sb_anchors *out, const sb_window_match *const *matches, size_t n,
                    const sb_chain_prior *prior);

/* Returns true if the expected positions are confirmed in all of `sound`. */
bool sb_anchors_trust(const sb_anchors *anchors, sb_span sound);

/* Setting word times from anchors. */

/* Moves anchored words to their anchors. Words between two anchors keep their position if it is trusted or
 * fits. Otherwise they are spread over the sound between the anchors, or lose their position if sound and
 * text are unrelated there. `words` are all words of the text. `sound` starts at the first sound. */
void sb_anchors_place(sb_aligned_word **words, size_t n_words, const sb_anchors *anchors, sb_span sound);

/* Repeated text: other passages of the text with the same words as a match. */

/* An index of the words of a text by the three words that start there. */
typedef struct sb_repeats {
    const uint32_t *lexeme_of; /* of the lexicon, which must live longer */
    size_t n_words;
    uint32_t *sorted; /* words; equal triples are adjacent, in text order */
    uint32_t *rank;   /* for each word, its index in `sorted` */
} sb_repeats;

/* False when out of memory. */
bool sb_repeats_make(sb_repeats *out, const sb_lexicon *lexicon);
void sb_repeats_finish(sb_repeats *repeats);

/* Appends copies of `matches`: the same sound matched to the same words elsewhere in the text. Each copy gets
 * its share of the evidence. If there are many, only the nearest are used. The caller frees their words.
 * Returns false if memory runs out. */
bool sb_repeats_add(sb_window_match **matches, size_t *n_matches, const sb_repeats *repeats,
                    const sb_window_match *match);

#endif
