/* Alignment by the sound of the words: anchors, chunks, evidence for each word, word edges and confidence. */
#ifndef SB_ALIGN_ACOUSTIC_ACOUSTIC_ALIGNER_H
#define SB_ALIGN_ACOUSTIC_ACOUSTIC_ALIGNER_H

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "align/stamps/stamps.h"
#include "pronounce/pronounce.h"
#include "soundbite/align.h"
#include "soundbite/tuning.h"
#include "speech/speech.h"

/* The acoustic aligner. The energy aligner proposes places, anchors and forced alignment decide, and the
 * time map is fitted to what was heard. */

/* Sets the times of the words of an alignment made by sb_energy_align. Turns in a language without
 * pronunciations keep their times. Words that were not heard lose their times if there is no room for
 * them; otherwise they are estimated between their neighbours. Returns SB_ERR_MISMATCH if hardly any of
 * the text is heard (unless allowed), SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_acoustic_refine(sb_alignment *alignment, const sb_speech *speech, const sb_features *features,
                             const sb_align_params *params, sb_error *err);

/* Anchors: words found in the audio by sound alone. Windows of sound are searched in the text, and
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

/* From the search results to the times of words and turns: refines edges, fills gaps, and sets the status
 * of the rest. */

/* A word with a lower probability of having been said is not heard. At 0.2, 2 % of the words that were
 * said are lost on hard recordings, and none on clean ones. */
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
    float guess_fit, guess_worst; /* of that place, like `fit` and `worst_fit` */
    float guess_length_z;
    float odds,
        said; /* that it was said: its own log-odds, and the probability together with its neighbours; see sb_evidence_judge_words */
    float support; /* log-odds of the words around it; without them the word is not proven */
} sb_heard_word;

/* Sets the times, confidences and statuses of all words and turns. `heard` has one entry per word of the
 * whole text; words far from their turn are removed from it. Turns with `keep` set (one entry per turn)
 * keep their place. */
void sb_word_edges_set(sb_alignment *alignment, const sb_speech *speech, sb_heard_word *heard,
                       const bool *keep);

/* Removes the times of words that the evidence denies, also if their turn was moved. The turn keeps its
 * place. */
void sb_word_edges_deny(sb_alignment *alignment, const sb_heard_word *heard);

/* Whether words were said: how well the sound fits them, compared with words that nobody said. */

/* Measured on a sample of the text and on decoys in the same place (Elias and Gygi 2007). A fit is a
 * senone score, see sb_scorer. */
typedef struct sb_evidence {
    size_t n_words;             /* with a place, and a decoy with a place */
    double text_fit, decoy_fit; /* medians */
    double spread;              /* standard deviation of the fit of one word, from the median deviation */
    double apart; /* (text_fit - decoy_fit) / spread, at least 0; reduced if there are few words */
    /* Mean advantage of the words over their decoys, in standard errors: about 0 +- 1 for a text that was
     * not said. */
    double z;
    bool borrowed; /* mostly from other voices: enough to prove words, not to deny them */
} sb_evidence;

/* `text` and `decoy` have one entry per word of the whole text. Words that were not searched do not count.
 * Returns SB_ERR_MEMORY. */
sb_status sb_evidence_measure(sb_evidence *out, const sb_heard_word *text, const sb_heard_word *decoy,
                              size_t n_words, sb_error *err);

/* The evidence of a voice: `own` is its own, `all` that of its language or recording. With fewer than
 * twenty words, the voice is assumed to be like the others, with a weight that grows as its own words
 * become fewer. */
sb_evidence sb_evidence_of_voice(const sb_evidence *own, const sb_evidence *all);

/* True if text and decoys of this voice differ enough to deny single words. */
bool sb_evidence_can_tell(const sb_evidence *evidence);

/* One entry per word. The fit differs between speakers and between languages. */
typedef struct sb_evidence_words {
    const bool *begins_turn, *can_be_said;
    const bool *anchored; /* words that are anchors, or NULL if unknown */
    const sb_evidence *const *evidence;
} sb_evidence_words;

/* Sets `odds`, `said` and `support` of each word. The evidence of a single word is weak, so neighbours
 * share it. `said` comes from a hidden Markov model of stretches that were said and stretches that were
 * not, which mostly change between turns (forward-backward, Rabiner 1989). `support` is the sum over the
 * surrounding words of the turn. Odds are 0 if single words cannot be judged. Returns SB_ERR_MEMORY. */
sb_status sb_evidence_judge_words(sb_heard_word *words, size_t n_words, const sb_evidence_words *in,
                                  sb_error *err);

/* The words of a whole text in order, with everything known before the search. */

/* Arrays have one entry per word, unless stated otherwise. */
typedef struct sb_text_words {
    sb_alignment *alignment;
    size_t n_words, n_sayable;
    sb_aligned_word **words; /* of the alignment */
    sb_lexicon lexicon;
    bool *begins_turn, *sayable;
    bool *anchored; /* initially false */
    sb_time *expected,
        *expected_end; /* the places of the words when this was made, which are those of the energy aligner */
    float *energy_confidence; /* of each turn */
    bool *foreign;            /* of each turn: the model has no pronunciations for its language */
    bool *kept;               /* of each turn: it keeps the place from before the search; initially false */
} sb_text_words;

/* `dictionary` is the user's dictionary or NULL. Words whose pronunciation was guessed are listed in the
 * alignment. Call the finish function even on failure. Returns SB_ERR_MEMORY, or a status of the
 * dictionary's reader. */
sb_status sb_text_words_make(sb_text_words *out, sb_alignment *alignment, const sb_acoustic_model *model,
                             const sb_dictionary *dictionary, sb_error *err);
void sb_text_words_finish(sb_text_words *text);

const sb_lexeme *sb_text_lexeme(const sb_text_words *text, size_t word);

/* Turns that keep the place they had before the search. */

/* Sets the times of a turn from its words. */
void sb_turn_follow_words(sb_aligned_turn *turn);

/* Sets `kept` for turns that keep the energy aligner's place: turns that the model scores poorly, and
 * turns in a language without pronunciations, unless they were heard far from that place. Their words
 * become unheard. */
void sb_keep_turns(sb_text_words *text, sb_heard_word *heard);

/* Word search in chunks: finds the place of each word with its evidence. */

/* Where a word probably begins, before it is listened for; `nats` 0 unknown. */
typedef struct sb_start_prior {
    sb_time at;
    float nats;
} sb_start_prior;

typedef struct sb_listen_params {
    const sb_acoustic_model *model;
    const sb_lexicon *lexicon;    /* of the whole text */
    const sb_start_prior *starts; /* of each word of it; NULL unknown */
    const sb_features *features;
    const sb_boundary_weights *boundary; /* NULL for the built-in weights */
    /* To separate words at pauses, see sb_word_pauses_part; NULL leaves them as the search gave them. */
    const sb_speech *speech;
    bool unrefined; /* spans keep the whole frames of the search */
    const sb_monitor *monitor;
    sb_adapt_stats *stats;  /* one per chunk, for the frames of its words; or NULL */
    const float *usual_fit; /* usual fit of words for these voices, see sb_heard_word; NULL if unknown */
    /* NULL for the defaults; the prices of joins and of speech without text are set in any case. */
    const sb_network_prices *prices;
} sb_listen_params;

/* Sets heard[w] for each word w of the chunks' own ranges. A word that is not heard there becomes unheard.
 * Chunks are searched in parallel and independently, so the number of threads does not change the result.
 * Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_listen(sb_heard_word *heard, const sb_chunks *chunks, const sb_listen_params *params,
                    sb_error *err);

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

/* Words of a text that are in no dictionary. */

/* True for a spoken word that is in no dictionary: its pronunciation is guessed or unknown. */
bool sb_is_oov_word(const sb_lexeme *lexeme);

/* Lists the words of the lexicon, which covers the whole text, whose pronunciation is guessed or unknown
 * in `oov_words` of the alignment. Words that differ only in case, accents or surrounding punctuation are
 * listed once. Words that occur only in turns of `skip` (one entry per turn), which are not searched, are
 * left out. Returns SB_ERR_MEMORY. */
sb_status sb_oov_words_take(sb_alignment *alignment, const sb_lexicon *lexicon, const bool *skip,
                            sb_error *err);

/* Whether transcript and audio belong together, according to what was heard. */

/* Minimum number of words for the verdict that the text was not said. */
#define SB_MISMATCH_WORDS 60

typedef struct sb_pairing_facts {
    const sb_anchors *anchors;
    const sb_evidence *evidence;
    size_t n_words;    /* of the text */
    size_t n_sayable;  /* words that have a pronunciation */
    bool stamps_agree; /* the pauses fit the timestamps far better than by chance */
} sb_pairing_facts;

/* OK needs evidence that no unrelated text has. MISMATCH needs enough text and speech that a true pair
 * would have shown evidence. Everything else is UNSURE. */
sb_pairing sb_pairing_judge(const sb_pairing_facts *facts);

/* Placing of words by anchors. */

/* Moves anchored words to their places. Words between two anchors keep their place if it is trusted or
 * fits. Otherwise they are spread over the sound between, or lose their place if sound and text are
 * unrelated there. `words` are those of the whole text. */
void sb_anchors_place(sb_aligned_word **words, size_t n_words, const sb_anchors *anchors, sb_time duration);

/* Refinement of word edges from the search with the boundary model. */

/* Refines the spans of consecutive words of one voice, such as those of a chunk. An end and a start at the
 * same time stay together. `weights` may be NULL for the built-in ones. Words without sound are not
 * changed. Returns SB_ERR_MEMORY. */
sb_status sb_refine_words(sb_heard_word *words, size_t n_words, const sb_band_levels *levels,
                          const sb_boundary_weights *weights);

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

/* The fit of each voice to the model. A voice is one speaker in one language. */

typedef struct sb_voices {
    sb_evidence *of_voice;       /* one per speaker and language */
    const sb_evidence **of_word; /* for each word of the text: the evidence of its voice */
} sb_voices;

/* `heard` and `decoys` have one entry per word of the alignment, see sb_evidence_measure. A voice with few
 * words in the sample is judged by its language. Words of a language with too few are not judged, unless
 * it is the only language. Call the finish function even on failure. Returns SB_ERR_MEMORY. */
sb_status sb_voices_measure(sb_voices *out, const sb_alignment *alignment, const sb_heard_word *heard,
                            const sb_heard_word *decoys, size_t n_words, sb_error *err);
void sb_voices_finish(sb_voices *voices);

/* The sample: some evenly spaced chunks that are searched first. They adapt the model to the voices, and
 * show how well words fit that were said and words that were not. */

/* `listen` changes during the sample: it gets the adapted model and the usual fit. */
typedef struct sb_sample {
    const sb_alignment *alignment;
    const sb_chunks *chunks; /* all chunks */
    sb_listen_params listen;
    sb_heard_word *heard; /* of each word */
    size_t n_words;
    sb_acoustic_model *adapted; /* NULL if there was too little to adapt to */
    float usual_fit;
    sb_evidence evidence; /* of all voices */
    sb_voices voices;
} sb_sample;

/* Searches the sample with the unadapted model, and adapts the model to it. Returns SB_ERR_MEMORY or
 * SB_ERR_INTERRUPTED, as do the functions below. */
sb_status sb_sample_adapt(sb_sample *sample, sb_error *err);

/* Searches the sample and its decoys with the adapted model. */
sb_status sb_sample_measure(sb_sample *sample, sb_error *err);

/* Searches all other chunks. */
sb_status sb_sample_listen_to_rest(sb_sample *sample, sb_error *err);

/* `alignment`, `chunks`, `listen` and `heard` belong to the caller. */
void sb_sample_finish(sb_sample *sample);

/* The second look: turns with little evidence are searched again at their timestamps. */

typedef struct sb_second_look {
    const sb_alignment *alignment; /* with a map, and the places of the turns so far */
    const sb_listen_params *listen;
    const sb_evidence *const *evidence; /* of each word */
    const bool *begins_turn, *sayable;  /* of each word */
    sb_heard_word *heard;               /* of each word; replaced if the second look finds more */
} sb_second_look;

/* Sets `changed` for the turns that were replaced. Each turn is searched on its own, in the sound from its
 * timestamp for as long as its words may take. Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_second_look_take(bool *changed, const sb_second_look *look, sb_error *err);

/* The language of each turn. */

/* For a turn that seems to be in another language but is too short to detect which: undetermined in BCP
 * 47. */
#define SB_LANGUAGE_UNDETERMINED "und"

/* Sets the language of the transcript, if it has none, and of the turns in other languages. A turn that is
 * too short to detect has the language of its speaker's other turns, if they have only one. `given`
 * overrides the transcript; NULL if not given. Languages stay unknown if the text is too short. Returns
 * SB_ERR_MEMORY. */
sb_status sb_turn_languages_set(sb_alignment *alignment, const char *given, sb_error *err);

/* The language of the turn, or else of the transcript, which is also used for an undetermined turn. NULL
 * if unknown. */
const char *sb_turn_language(const sb_alignment *alignment, const sb_aligned_turn *turn);

/* False if the language of the turn is undetermined. A bad fit is then no evidence. */
bool sb_turn_language_is_told(const sb_aligned_turn *turn);

/* The consequences of the pairing. */

/* Sets the pairing and its note. Returns SB_ERR_MISMATCH if the text does not belong to the audio and
 * `allow_mismatch` is not set, or SB_ERR_MEMORY. */
sb_status sb_verdict_give(sb_alignment *alignment, const sb_pairing_facts *facts, bool allow_mismatch,
                          sb_error *err);

/* Turns an unsure pair into a mismatch if most of its words were searched and denied. Returns the same as
 * sb_verdict_give. */
sb_status sb_verdict_review(sb_alignment *alignment, bool allow_mismatch, sb_error *err);

/* Limits the confidence of all times of a pair that is not certain. */
void sb_verdict_lower_confidence(sb_alignment *alignment);

/* The confidence of words. */

/* Sets the confidence of each word that was heard, from its score and length, those of its neighbours, and
 * the certainty of its edges in the boundary model. Logistic regressions on words with known truth; of the
 * words above 0.9, 98 % were within 100 ms. `usual_fit` is the usual fit of words for these voices. Call
 * it after the edges were refined. */
void sb_word_confidence_set(sb_heard_word *words, size_t n_words, float usual_fit);

/* The logarithm of a word's length relative to the length expected from its phones, in standard
 * deviations. */
float sb_word_length_z(const sb_phone_set *phones, const sb_spoken_way *way, double seconds);

/* Pauses that the search missed, because it adds a short pause to the word before or after it. */

/* Separates words that touch inside or next to a pause of the silence map: the first ends at the start of
 * the pause, the second starts at its end, and both get silence as neighbour at that edge. A silence that
 * may be the closure of a stop or a weak fricative is no pause. `words` are in time order; words that were
 * not heard are ignored. */
void sb_word_pauses_part(sb_heard_word *words, size_t n_words, const sb_speech *speech);

#endif
