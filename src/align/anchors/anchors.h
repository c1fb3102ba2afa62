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
    double evidence;  /* nats beyond chance that the text was said in this audio, minus the price of breaks */
    sb_span *trusted; /* stretches of the audio whose expected places are confirmed */
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

/* Searches windows of ten seconds in the whole text. If places are expected, one window per minute is
 * searched first. If two in a row agree, the stretch between them is trusted; elsewhere every window is
 * searched. Matches are chained like those of genomes (Li 2018): a later window has later words, and a
 * jump in the text or the sound between two matches has a price. Windows are searched in parallel, with
 * the same result. Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_anchors_find(sb_anchors *out, const sb_anchor_search *search, sb_error *err);
void sb_anchors_finish(sb_anchors *anchors);

/* Chains of matches: matches that follow each other in the sound and in the text. */

#define SB_MATCH_SURE 60.0f /* nats of evidence that do not occur by chance */

typedef struct sb_window_match {
    float evidence; /* nats beyond chance */
    sb_anchor *words;
    size_t n_words;
} sb_window_match;

void sb_window_matches_free(sb_window_match *matches, size_t n);

/* Prior places of the words, one entry per word of the text. Either may be NULL. */
typedef struct sb_chain_prior {
    const sb_word_stamp *stamps;
    const sb_time *expected; /* start of each word; valid in the `trusted` stretches of the anchors */
} sb_chain_prior;

/* Chooses the chain with the most evidence from matches that may overlap in the sound or contradict the
 * order of the text, and adds its words to `out`. If the text and the sound between two matches do not fit
 * in length or timestamps, the chain pays for a break. Words that both matches claim are left out. Words
 * that were heard in two places count little in both, so that the timestamps decide: an offset and its
 * jumps have a price with a heavy tail. Matches are in the order of the sound. `out->trusted` is set,
 * everything else in `out` is zero. False when out of memory. */
bool sb_match_chain(sb_anchors *out, const sb_window_match *const *matches, size_t n,
                    const sb_chain_prior *prior);

/* Placing of words by anchors. */

/* Moves anchored words to their places. Words between two anchors keep their place if it is trusted or
 * fits. Otherwise they are spread over the sound between, or lose their place if sound and text are
 * unrelated there. `words` are those of the whole text. */
void sb_anchors_place(sb_aligned_word **words, size_t n_words, const sb_anchors *anchors, sb_time duration);

/* Repeated text: the other places in the text that a match may stand for. */

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

/* Appends copies of `matches` for the same sound with the same words elsewhere in the text, each with its
 * share of the evidence. If there are many, the nearest are used. The caller frees their words. False when
 * out of memory. */
bool sb_repeats_add(sb_window_match **matches, size_t *n_matches, const sb_repeats *repeats,
                    const sb_window_match *match);

#endif
