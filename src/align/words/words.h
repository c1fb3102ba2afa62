/* The position of each word: search, edges, evidence and confidence. */
#ifndef SB_ALIGN_WORDS_WORDS_H
#define SB_ALIGN_WORDS_WORDS_H

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "pronounce/pronounce.h"
#include "speech/speech.h"

/* From the search results to the times of words and turns: refines edges, fills gaps, and sets the status
 * of the rest. */

/* A word whose probability of having been said is lower is not_heard. With 0.2, 2 % of the words that were
 * said are lost on difficult recordings, and none on clean ones. */
#define SB_SAID_LEAST 0.2f

#define SB_FRAME (10 * SB_TIME_MS) /* frame of the acoustic model */

/* A word as the search found it. The classes are those of its outer phones and of the phones next to them,
 * see sb_phone_class. */
typedef struct sb_heard_word {
    bool heard;
    sb_span span;
    float fit, worst_fit; /* score of the word, and of its phone with the worst fit, see sb_scorer */
    float length_z;       /* see sb_word_length_z */
    float edge_peak;      /* probability of the less certain edge, see sb_boundary_refine; 0: not refined */
    float edge_moved;     /* largest movement of an edge in seconds */
    float confidence;
    char before_class, first_class, last_class, after_class;
    bool ends_clause; /* punctuation follows, so a pause is likely */
    bool guessed;     /* not heard: `guess` is the best place between its neighbours */
    sb_span guess;
    float guess_fit, guess_worst; /* the same scores at that place */
    float guess_length_z;
    float odds,
        /* evidence that it was said: log-odds of the word alone, and the probability with its neighbours;
         * see sb_evidence_judge_words */
        said;
    float support; /* log-odds of the words around it; without them the word is not proven */
} sb_heard_word;

/* Cancels the denial of words with weak evidence, by raising `said` to SB_SAID_LEAST. This is needed because
 * the model that sets `said` spreads the evidence against a misheard name to the words around it. Words stay
 * denied if the speech between the heard words is too short for them, or if their own evidence shows that
 * something else was said instead. Does nothing unless the pairing is OK, because there is then too little
 * evidence. Returns SB_ERR_MEMORY. */
sb_status sb_denials_review(sb_heard_word *heard, const sb_alignment *alignment, const sb_speech *speech,
                            sb_error *err);

/* Sets the times, confidences and statuses of all words and turns. `heard` has one entry per word of the
 * whole text; words far from their turn are removed from it. Turns with `keep` set (one entry per turn)
 * keep their place. */
void sb_word_edges_set(sb_alignment *alignment, const sb_speech *speech, sb_heard_word *heard,
                       const bool *keep);

/* Removes the times of words that were denied, even if their turn was moved. The turn keeps its position. */
void sb_word_edges_deny(sb_alignment *alignment, const sb_heard_word *heard);

/* Deciding whether words were said: how well the sound fits them, compared with words that were not said. */

/* Measured on a sample of the text and on decoys in the same place (Elias and Gygi 2007). A fit is a
 * senone score, see sb_scorer. */
typedef struct sb_evidence {
    size_t n_words;             /* number of words that have a position and a decoy with a position */
    double text_fit, decoy_fit; /* medians */
    double spread;              /* standard deviation of the fit of one word, from the median deviation */
    double apart; /* (text_fit - decoy_fit) / spread, at least 0; reduced if there are few words */
    /* Mean advantage of the words over their decoys, in standard errors: about 0 +- 1 for a text that was
     * not said. */
    double z;
    bool borrowed; /* mostly from other voices, so it can prove words but not deny them */
} sb_evidence;

/* `text` and `decoy` have one entry per word of the whole text. Words that were not searched do not count.
 * Returns SB_ERR_MEMORY. */
sb_status sb_evidence_measure(sb_evidence *out, const sb_heard_word *text, const sb_heard_word *decoy,
                              size_t n_words, sb_error *err);

/* Returns the mean advantage of the words over their decoys in standard errors, see sb_evidence.z. Words with
 * `without` set are left out; it may be NULL. */
double sb_evidence_advantage(const sb_heard_word *text, const sb_heard_word *decoy, size_t n_words,
                             const bool *without);

/* Returns the evidence for a voice. `own` is measured on the voice, `all` on its language or the whole
 * recording. With fewer than twenty own words, the two are mixed: the fewer the words, the more weight `all`
 * has. */
sb_evidence sb_evidence_of_voice(const sb_evidence *own, const sb_evidence *all);

/* Returns true if text and decoys of this voice differ enough to deny single words. */
bool sb_evidence_can_tell(const sb_evidence *evidence);

/* One entry per word. The fit differs between speakers and between languages. */
typedef struct sb_evidence_words {
    const bool *begins_turn, *can_be_said;
    const bool *anchored; /* words that are anchors, or NULL if unknown */
    const sb_evidence *const *evidence;
} sb_evidence_words;

/* Sets `odds`, `said` and `support` of each word. The evidence of a single word is weak, so neighbours share
 * it. `said` comes from a hidden Markov model with two states, said and not said, which mostly change between
 * turns (forward-backward, Rabiner 1989). `support` is the sum over the surrounding words of the turn. Odds
 * are 0 if single words cannot be judged. Returns SB_ERR_MEMORY. */
sb_status sb_evidence_judge_words(sb_heard_word *words, size_t n_words, const sb_evidence_words *in,
                                  sb_error *err);

/* Word search in chunks: finds the position of each word and its evidence. */

/* Prior knowledge of the start of a word. If `nats` is 0, there is none. */
typedef struct sb_start_prior {
    sb_time at;
    float nats;
} sb_start_prior;

typedef struct sb_listen_params {
    const sb_acoustic_model *model;
    const sb_lexicon *lexicon;    /* of the whole text */
    const sb_start_prior *starts; /* one per word of the text; NULL: unknown */
    const sb_features *features;
    const sb_boundary_weights *boundary; /* NULL for the built-in weights */
    /* To separate words at pauses, see sb_word_pauses_part; NULL leaves them as the search gave them. */
    const sb_speech *speech;
    bool unrefined; /* spans keep the whole frames of the search */
    const sb_monitor *monitor;
    sb_adapt_stats *stats;  /* one per chunk; collects the frames of its words; NULL: not collected */
    const float *usual_fit; /* usual fit of words for these voices, see sb_heard_word; NULL if unknown */
    /* NULL for the defaults; the costs of joins and of speech without text are always set by the search */
    const sb_network_prices *prices;
} sb_listen_params;

/* Sets heard[w] for each word w of the chunks' own ranges. A word that is not heard there becomes unheard.
 * Chunks are searched in parallel and independently, so the number of threads does not change the result.
 * Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_listen(sb_heard_word *heard, const sb_chunks *chunks, const sb_listen_params *params,
                    sb_error *err);

/* Refinement of word edges from the search with the boundary model. */

/* Refines the spans of consecutive words of one voice, such as those of a chunk. An end and a start at the
 * same time stay together. `weights` may be NULL for the built-in ones. Words without sound are not
 * changed. Returns SB_ERR_MEMORY. */
sb_status sb_refine_words(sb_heard_word *words, size_t n_words, const sb_band_levels *levels,
                          const sb_boundary_weights *weights);

/* The confidence of words. */

/* Sets the confidence of each word that was heard, from its score and length, those of its neighbours, and
 * the certainty of its edges in the boundary model. The confidence comes from logistic regressions on words
 * with known positions; of the words above 0.9, 98 % were within 100 ms. `usual_fit` is the usual fit of
 * words for these voices. Call it after the edges were refined. */
void sb_word_confidence_set(sb_heard_word *words, size_t n_words, float usual_fit);

/* Returns the logarithm of a word's length relative to the length expected from its phones, in standard
 * deviations. */
float sb_word_length_z(const sb_phone_set *phones, const sb_spoken_way *way, double seconds);

/* Pauses that the search missed, because it adds a short pause to the word before or after it. */

/* Separates words that touch inside or next to a pause of the silence map: the first ends at the start of the
 * pause, the second starts at its end, and both get silence as neighbour at that edge. A silence that may be
 * the closure of a plosive or a weak fricative does not count as a pause. `words` are in time order; words
 * that were not heard are ignored. */
void sb_word_pauses_part(sb_heard_word *words, size_t n_words, const sb_speech *speech);

#endif
