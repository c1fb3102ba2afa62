/* Alignment by the sound of the words: anchors, stretches that are listened to, evidence for each word, word
 * edges and confidence. */
#ifndef SB_ALIGN_ACOUSTIC_ACOUSTIC_ALIGNER_H
#define SB_ALIGN_ACOUSTIC_ACOUSTIC_ALIGNER_H

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "align/stamps/stamps.h"
#include "pronounce/pronounce.h"
#include "soundbite/align.h"
#include "soundbite/tuning.h"
#include "speech/speech.h"

/* Words found by hearing them: energy proposes places, anchors and forced alignment decide, and the stamps are mapped by what was heard. */

/* Gives the words of an alignment that sb_energy_align has made their own times. Turns in a language that the model does
 * not speak keep what energy gave them. Words that are not heard lose their times where there is no room for them, else they are
 * estimated between their neighbours. SB_ERR_MISMATCH where next to nothing of the text is heard (unless forced),
 * SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_acoustic_refine(sb_alignment *alignment, const sb_speech *speech, const sb_features *features,
                             const sb_align_params *params, sb_error *err);

/* Where in the sound which words of the text are, found by hearing alone: windows of sound looked up in the text, and the row of them
 * that goes on from one to the next. */

typedef struct sb_anchor {
    uint32_t word;
    sb_span span; /* to about 50 ms */
} sb_anchor;

typedef struct sb_anchors {
    sb_anchor *items; /* words and times ascend */
    size_t n_items;
    size_t n_windows, n_found; /* searched, and matches kept */
    double evidence;           /* nats beyond chance that the text was said in this sound, breaks paid for */
    sb_span *trusted; /* stretches of the audio where the places that were expected have proved right */
    size_t n_trusted;
} sb_anchors;

typedef struct sb_anchor_search {
    const sb_acoustic_model *model;
    const sb_lexicon *lexicon;
    const sb_cepstra *cepstra;
    const sb_speech *speech;
    const sb_time *expected;     /* start of each word, SB_TIME_NONE unknown; NULL none */
    bool expected_is_fair;       /* if not, every window is searched */
    const sb_word_stamp *stamps; /* of each word; NULL none */
    const sb_monitor *monitor;
} sb_anchor_search;

/* Looks windows of ten seconds up in the whole text. Of places expected, one window a minute is tried first; where two in a row are
 * right, what lies between them is trusted, elsewhere every window is searched. The matches are chained as those of genomes are
 * (Li 2018): a later window holds later words, and where text or sound was skipped between two that must pay for itself. Windows are
 * searched in parallel; the result does not depend on it. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_anchors_find(sb_anchors *out, const sb_anchor_search *search, sb_error *err);
void sb_anchors_finish(sb_anchors *anchors);

/* From what the model heard to the times of words and turns: edges refined, gaps filled, the rest told as what it is. */

/* A word whose probability of having been said is lower is reported as not heard. At a fifth, 2 % of the words that were said are lost on
 * hard recordings, none on clean ones. */
#define SB_SAID_LEAST 0.2f

#define SB_FRAME (10 * SB_TIME_MS) /* of the model */

/* A word as the model heard it; the classes are of its own outer phones and of what stands next to them, see phones.h. */
typedef struct sb_heard_word {
    bool heard;
    sb_span span;
    float fit, worst_fit; /* of the sound to the word, and to the phone that fits least: see senones.h */
    float length_z;       /* see word_confidence.h */
    float edge_peak;      /* of the edge less sure: see sb_boundary_refine; 0 not refined */
    float edge_moved;     /* seconds that the edge moved most */
    float confidence;
    char before_class, first_class, last_class, after_class;
    bool ends_clause; /* a mark of punctuation follows, so that a pause is likely */
    bool guessed;     /* not heard: `guess` is where it would fit best between its neighbours */
    sb_span guess;
    float guess_fit, guess_worst; /* of that place, as `fit` and `worst_fit` */
    float guess_length_z;
    float odds,
        said; /* that it was said: log-odds of its own, and the probability with its neighbours': see evidence.h */
    float
        support; /* log-odds of the words around it; without any the word may be there, but nothing proves it */
} sb_heard_word;

/* Writes the times, confidences and statuses of all words and turns; `heard` has one a word of the whole text, and loses words that lie far from
 * their turn. Turns for which `keep` is set (one a turn) stay where they are. */
void sb_word_edges_set(sb_alignment *alignment, const sb_speech *speech, sb_heard_word *heard,
                       const bool *keep);

/* Words that the evidence denies have no time, wherever their turn was put since. The turn keeps its place. */
void sb_word_edges_deny(sb_alignment *alignment, const sb_heard_word *heard);

/* Whether words were said: how well the sound fits them, against what words that nobody said get in the same sound. */

/* Of a sample of the text, and of a decoy heard in the same place (target and decoy: Elias and Gygi 2007). A fit counts in the
 * senone scores of senones.h. */
typedef struct sb_evidence {
    size_t n_words;             /* that have a place, as has their decoy */
    double text_fit, decoy_fit; /* medians */
    double spread;              /* standard deviation of one word's fit, by the median deviation */
    double apart;               /* (text_fit - decoy_fit) / spread, at least 0; less of few words */
    double
        z; /* mean of the words' advantage over their decoys, in standard errors: about 0 +- 1 for a text that was not said */
    bool borrowed; /* mostly known from other voices: enough to prove words, not to deny them */
} sb_evidence;

/* `text` and `decoy` hold a word each for the whole text; those that were not listened for do not count. SB_ERR_MEMORY. */
sb_status sb_evidence_measure(sb_evidence *out, const sb_heard_word *text, const sb_heard_word *decoy,
                              size_t n_words, sb_error *err);

/* What is known of a voice that has `own` evidence in a recording, or a language of it, that has `all`: with fewer
 * than twenty words it is taken to be like the others, the fewer the more. */
sb_evidence sb_evidence_of_voice(const sb_evidence *own, const sb_evidence *all);

/* True if text and decoy of this very voice differ by enough for single words to be denied. */
bool sb_evidence_can_tell(const sb_evidence *evidence);

/* Of each word. How well a voice fits differs from speaker to speaker and from language to language. */
typedef struct sb_evidence_words {
    const bool *begins_turn, *can_be_said;
    const bool *anchored; /* by which the text was found in the sound; NULL unknown */
    const sb_evidence *const *evidence;
} sb_evidence_words;

/* Sets `odds`, `said` and `support` of each word. A word's own evidence is little, so neighbours share it: `said` by a hidden Markov model of
 * stretches that were said and stretches that were not, which mostly begin and end with turns (forward-backward, Rabiner 1989), `support`
 * by the sum over the words around it in its turn. Where single words cannot be judged, odds are 0. SB_ERR_MEMORY. */
sb_status sb_evidence_judge_words(sb_heard_word *words, size_t n_words, const sb_evidence_words *in,
                                  sb_error *err);

/* The words of a whole text, one after the other, with what is known of each before it is listened for. */

/* Arrays have one entry a word, unless they say otherwise. */
typedef struct sb_text_words {
    sb_alignment *alignment;
    size_t n_words, n_sayable;
    sb_aligned_word **words; /* of the alignment */
    sb_lexicon lexicon;
    bool *begins_turn, *sayable;
    bool *anchored; /* false at first */
    sb_time *expected,
        *expected_end;        /* as the words lay when this was made, which is where energy has them */
    float *energy_confidence; /* of each turn */
    bool *foreign;            /* of each turn: in a language that the model does not speak */
    bool *kept; /* of each turn: left as it was placed before it was listened to; false at first */
} sb_text_words;

/* `dictionary` is the user's own, NULL none. Words whose pronunciation was guessed are listed in the alignment. `out` is to be finished
 * even on failure. SB_ERR_MEMORY, and what the dictionary's reader returns. */
sb_status sb_text_words_make(sb_text_words *out, sb_alignment *alignment, const sb_acoustic_model *model,
                             const sb_dictionary *dictionary, sb_error *err);
void sb_text_words_finish(sb_text_words *text);

const sb_lexeme *sb_text_lexeme(const sb_text_words *text, size_t word);

/* Turns that stay where they were before they were listened to. */

/* A turn goes where its words have gone. */
void sb_turn_follow_words(sb_aligned_turn *turn);

/* Sets `kept` for turns that keep the energy aligner's position: turns that the model scores poorly, and turns in a language without
 * pronunciations, unless they were heard far from that position. Their words become unheard. */
void sb_keep_turns(sb_text_words *text, sb_heard_word *heard);

/* Chunks heard by the acoustic model: where each of their words lies, and how sure that is. */

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
    const sb_boundary_weights *boundary; /* NULL those built in */
    const sb_speech
        *speech;    /* to part words at pauses, see word_pauses.h; NULL they stay as they were heard */
    bool unrefined; /* spans are left as the search gave them, in whole frames */
    const sb_monitor *monitor;
    sb_adapt_stats *stats;  /* one for each chunk, or NULL: the frames of its words */
    const float *usual_fit; /* of words to these voices, see sb_heard_word; NULL unknown */
    const sb_network_prices
        *prices; /* NULL the default; those of joins and of unwritten speech are set all the same */
} sb_listen_params;

/* Fills heard[w] for each word w that a chunk is to place; a word that is not heard there becomes unheard. Chunks are heard in
 * parallel, each for itself, so that the result does not depend on how many at once. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_listen(sb_heard_word *heard, const sb_chunks *chunks, const sb_listen_params *params,
                    sb_error *err);

/* The matches of windows that belong together: one after the other in the sound and in the text. */

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

/* The words of a text that stand in no dictionary. */

/* True of a word that is said aloud and that stands in no dictionary: its pronunciation is guessed or not known. */
bool sb_is_oov_word(const sb_lexeme *lexeme);

/* Lists the words of the lexicon, which is of the alignment's whole text, that were guessed or that nobody can pronounce in the
 * alignment's `oov_words`, one of those that differ in case, accents and the punctuation around them. Words that stand in no turn but those of
 * `skip` (one a turn), which are not listened for, are left out. SB_ERR_MEMORY. */
sb_status sb_oov_words_take(sb_alignment *alignment, const sb_lexicon *lexicon, const bool *skip,
                            sb_error *err);

/* Whether transcript and audio belong together, by what was heard. */

/* A text needs so many words for the aligner to say that it was not said. */
#define SB_MISMATCH_WORDS 60

typedef struct sb_pairing_facts {
    const sb_anchors *anchors;
    const sb_evidence *evidence;
    size_t n_words;    /* of the text */
    size_t n_sayable;  /* of them that can be listened for */
    bool stamps_agree; /* the pauses fit the timestamps by far more than chance */
} sb_pairing_facts;

/* OK needs evidence that no wrong text has; MISMATCH a text and speech long enough that a true pair would have shown it; all
 * else is UNSURE. */
sb_pairing sb_pairing_judge(const sb_pairing_facts *facts);

/* Anchors put to use: the words of an alignment moved to where they were heard. */

/* Words that are anchors go to their places. Words between two of them keep theirs where it was trusted or fits; else they are spread over the
 * sound between, or lose it where sound and text there have nothing to do with each other. `words` are those of the whole text. */
void sb_anchors_place(sb_aligned_word **words, size_t n_words, const sb_anchors *anchors, sb_time duration);

/* Edges of words heard by forced alignment, moved to where the sound changes. */

/* Refines the spans of words that follow one another in one voice, such as those of a chunk; an end and a start that were one
 * remain so. `weights` NULL are those built in. Where the words hold no sound they stay as they are. SB_ERR_MEMORY. */
sb_status sb_refine_words(sb_heard_word *words, size_t n_words, const sb_band_levels *levels,
                          const sb_boundary_weights *weights);

/* Where a text says the same thing more than once: the other places that a match of the sound may stand for. */

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

/* How well each voice fits the model: the turns of one speaker in one language. */

typedef struct sb_voices {
    sb_evidence *of_voice;       /* of each speaker in each language */
    const sb_evidence **of_word; /* of each word of the text: that of its voice */
} sb_voices;

/* `heard` and `decoys` have one entry for each word of the alignment, see sb_evidence_measure. A voice with few words in the sample is
 * judged by its language; words of a language with too few are not judged, unless it is the only one. `out` is to be finished even on failure. SB_ERR_MEMORY. */
sb_status sb_voices_measure(sb_voices *out, const sb_alignment *alignment, const sb_heard_word *heard,
                            const sb_heard_word *decoys, size_t n_words, sb_error *err);
void sb_voices_finish(sb_voices *voices);

/* Some of the chunks, evenly spread, are heard before the others: the model learns the voices from them, and they tell how well
 * words that were said fit, and words that were not. */

/* `listen` changes as the sample is heard: to the model that has learnt the voices, and to their usual fit. */
typedef struct sb_sample {
    const sb_alignment *alignment;
    const sb_chunks *chunks; /* all of them */
    sb_listen_params listen;
    sb_heard_word *heard; /* of each word */
    size_t n_words;
    sb_acoustic_model *adapted; /* NULL where there was too little to learn from */
    float usual_fit;
    sb_evidence evidence; /* of all voices */
    sb_voices voices;
} sb_sample;

/* The model learns the voices from the sample, which it hears as it is. SB_ERR_MEMORY, SB_ERR_INTERRUPTED, as those below. */
sb_status sb_sample_adapt(sb_sample *sample, sb_error *err);

/* Hears the sample with the model that has learnt the voices, and what the same chunks make of words that nobody said. */
sb_status sb_sample_measure(sb_sample *sample, sb_error *err);

/* Hears all other chunks. */
sb_status sb_sample_listen_to_rest(sb_sample *sample, sb_error *err);

/* `alignment`, `chunks`, `listen` and `heard` belong to the caller. */
void sb_sample_finish(sb_sample *sample);

/* Turns of which little was heard are listened for once more, where their timestamps say. */

typedef struct sb_second_look {
    const sb_alignment *alignment; /* with a map, and places for the turns so far */
    const sb_listen_params *listen;
    const sb_evidence *const *evidence; /* of each word */
    const bool *begins_turn, *sayable;  /* of each word */
    sb_heard_word *heard;               /* of each word; replaced where the second look hears more */
} sb_second_look;

/* Sets `changed` for the turns that were replaced. Each turn is listened for by itself, in the sound between its stamp and as long after it
 * as its words may take. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_second_look_take(bool *changed, const sb_second_look *look, sb_error *err);

/* The language that each turn of a text is in. */

/* Of a turn that seems to be in another language than the transcript, too short to tell which: undetermined, as BCP 47 has it. */
#define SB_LANGUAGE_UNDETERMINED "und"

/* Sets the transcript's language, if it has none, and that of the turns that are in another one. A turn too short to tell is in the language of all its speaker's other turns. `given` goes before what the
 * transcript says; NULL none. Languages stay unknown if the text is too short to tell. SB_ERR_MEMORY. */
sb_status sb_turn_languages_set(sb_alignment *alignment, const char *given, sb_error *err);

/* The turn's own, else the transcript's, which an undetermined one is read in as well; NULL unknown. */
const char *sb_turn_language(const sb_alignment *alignment, const sb_aligned_turn *turn);

/* False of a turn whose language is undetermined: that its words do not fit the sound says nothing. */
bool sb_turn_language_is_told(const sb_aligned_turn *turn);

/* What becomes of an alignment by whether text and audio belong together. */

/* Sets the pairing and its note. SB_ERR_MISMATCH where the text does not belong and `allow_mismatch` is not set; SB_ERR_MEMORY. */
sb_status sb_verdict_give(sb_alignment *alignment, const sb_pairing_facts *facts, bool allow_mismatch,
                          sb_error *err);

/* An unsure pair is a mismatch if most of its words were listened for and denied. Returns as sb_verdict_give. */
sb_status sb_verdict_review(sb_alignment *alignment, bool allow_mismatch, sb_error *err);

/* Of a pair that is not sure to belong together no time is sure. */
void sb_verdict_lower_confidence(sb_alignment *alignment);

/* How sure it is that a word was said where the model heard it. */

/* Sets the confidence of each word that was heard, from its own scores and length, those of its neighbours, and how sure its edges were to the
 * boundary model: logistic regressions on words whose truth is known, in which of those above 0.9 98 % lay within 100 ms. `usual_fit` is what words
 * of these voices fit by. After the edges were refined. */
void sb_word_confidence_set(sb_heard_word *words, size_t n_words, float usual_fit);

/* The logarithm of a word's length against what its phones, of that set, let expect, in standard deviations. */
float sb_word_length_z(const sb_phone_set *phones, const sb_spoken_way *way, double seconds);

/* Pauses that the search did not see: it puts no silence between two words where a short one fits into either of them. */

/* Parts words that touch inside a pause of the silence map, or beside one: the first ends where the pause begins, the second starts
 * where it ends, and both know of silence at that edge. A silence that the closure of a stop or a weak fricative can
 * fill is no pause. `words` follow one another in time; those not heard are passed over. */
void sb_word_pauses_part(sb_heard_word *words, size_t n_words, const sb_speech *speech);

#endif
