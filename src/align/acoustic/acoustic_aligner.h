/* Alignment by the sound of the words: anchors, chunks, evidence for each word, word edges and confidence. */
#ifndef SB_ALIGN_ACOUSTIC_ACOUSTIC_ALIGNER_H
#define SB_ALIGN_ACOUSTIC_ACOUSTIC_ALIGNER_H

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "align/anchors/anchors.h"
#include "align/stamps/stamps.h"
#include "align/words/words.h"
#include "pronounce/pronounce.h"
#include "soundbite/align.h"
#include "soundbite/tuning.h"
#include "speech/speech.h"

/* The acoustic aligner. The energy aligner proposes positions, anchors and forced alignment decide, and the
 * time map is fitted to the turns that were heard. */

/* Sets the times of the words of an alignment made by sb_energy_align. Turns in a language without
 * pronunciations keep their times. Words that were not heard lose their times if there is no room for
 * them; otherwise they are estimated between their neighbours. Returns SB_ERR_MISMATCH if hardly any of
 * the text is heard (unless allowed), SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_acoustic_refine(sb_alignment *alignment, const sb_speech *speech, const sb_features *features,
                             const sb_align_params *params, sb_error *err);

/* All words of the text in order, with the information that is known before the search. */

/* Arrays have one entry per word, unless stated otherwise. */
typedef struct sb_text_words {
    sb_alignment *alignment;
    size_t n_words, n_sayable;
    sb_aligned_word **words; /* of the alignment */
    sb_lexicon lexicon;
    bool *begins_turn, *sayable;
    bool *anchored;                   /* initially false */
    sb_time *expected, *expected_end; /* positions of the words from the energy aligner */
    float *energy_confidence;         /* of each turn */
    bool *foreign;                    /* of each turn: there are no pronunciations for its language */
    bool *kept; /* of each turn: it keeps its position from before the search; initially false */
} sb_text_words;

/* `dictionary` is the user's dictionary or NULL. Words whose pronunciation was guessed are listed in the
 * alignment. Call the finish function even on failure. Returns SB_ERR_MEMORY, or a status of the
 * dictionary's reader. */
sb_status sb_text_words_make(sb_text_words *out, sb_alignment *alignment, const sb_acoustic_model *model,
                             const sb_dictionary *dictionary, sb_error *err);
void sb_text_words_finish(sb_text_words *text);

const sb_lexeme *sb_text_lexeme(const sb_text_words *text, size_t word);

/* Turns that keep their position from before the search. */

/* Sets the times of a turn from its words. */
void sb_turn_follow_words(sb_aligned_turn *turn);

/* Sets `kept` for turns that keep the energy aligner's place: turns that the model scores poorly, and turns
 * in a language without pronunciations, unless they were heard far from that place. Their words lose what the
 * search found. */
void sb_keep_turns(sb_text_words *text, sb_heard_word *heard);

/* Words of a text that are in no dictionary. */

/* True for a spoken word that is in no dictionary: its pronunciation is guessed or unknown. */
bool sb_is_oov_word(const sb_lexeme *lexeme);

/* Puts all words whose pronunciation is guessed or unknown into `oov_words` of the alignment. The lexicon
 * covers the whole text. Words that differ only in case, accents or surrounding punctuation are listed once.
 * Words that occur only in turns of `skip` (one entry per turn), which are not searched, are left out.
 * Returns SB_ERR_MEMORY. */
sb_status sb_oov_words_take(sb_alignment *alignment, const sb_lexicon *lexicon, const bool *skip,
                            sb_error *err);

/* Deciding whether the transcript and the audio belong together, from the words that were heard. */

/* Minimum number of words for the verdict that the text was not said. */
#define SB_MISMATCH_WORDS 60

typedef struct sb_pairing_facts {
    const sb_anchors *anchors;
    const sb_evidence *evidence;
    double z_elsewhere; /* z of the evidence without the words that are anchors */
    size_t n_words;     /* of the text */
    size_t n_sayable;   /* words that have a pronunciation */
    bool stamps_agree;  /* the pauses fit the timestamps far better than by chance */
} sb_pairing_facts;

/* OK needs more evidence than an unrelated text can have. MISMATCH needs so much text and speech that a
 * matching pair would have had evidence. Everything else is UNSURE. */
sb_pairing sb_pairing_judge(const sb_pairing_facts *facts);

/* How well the model fits each voice. A voice is one speaker in one language. */

typedef struct sb_voices {
    sb_evidence *of_voice;       /* one per speaker and language */
    const sb_evidence **of_word; /* for each word of the text: the evidence of its voice */
} sb_voices;

/* `heard` and `decoys` have one entry per word of the alignment, see sb_evidence_measure. A voice with few
 * words in the sample is judged by its language. If a language has too few words, its words are not judged,
 * unless it is the only language. Call the finish function even on failure. Returns SB_ERR_MEMORY. */
sb_status sb_voices_measure(sb_voices *out, const sb_alignment *alignment, const sb_heard_word *heard,
                            const sb_heard_word *decoys, size_t n_words, sb_error *err);
void sb_voices_finish(sb_voices *voices);

/* The sample: some evenly spaced chunks that are searched first. They are used to adapt the model to the
 * voices, and to measure how well the model fits words that were said and words that were not. */

/* `listen` changes while the sample is searched: it gets the adapted model and the usual fit. */
typedef struct sb_sample {
    const sb_alignment *alignment;
    const sb_chunks *chunks; /* all chunks */
    sb_listen_params listen;
    sb_heard_word *heard; /* of each word */
    size_t n_words;
    sb_acoustic_model *adapted; /* NULL if there was too little to adapt to */
    float usual_fit;
    sb_evidence evidence; /* of all voices */
    const bool *anchored; /* of each word */
    double z_elsewhere;   /* see sb_pairing_facts */
    sb_voices voices;
} sb_sample;

/* Searches the sample with the unadapted model, and adapts the model to it. Returns SB_ERR_MEMORY or
 * SB_ERR_INTERRUPTED, as do the functions below. */
sb_status sb_sample_adapt(sb_sample *sample, sb_error *err);

/* Searches the sample and its decoys with the adapted model. */
sb_status sb_sample_measure(sb_sample *sample, sb_error *err);

/* Searches all other chunks. */
sb_status sb_sample_listen_to_rest(sb_sample *sample, sb_error *err);

/* `alignment`, `chunks`, `listen`, `heard` and `anchored` belong to the caller. */
void sb_sample_finish(sb_sample *sample);

/* The second pass: turns with little evidence are searched again at their timestamps. */

typedef struct sb_second_look {
    const sb_alignment *alignment; /* with a time map and the current positions of the turns */
    const sb_listen_params *listen;
    const sb_evidence *const *evidence; /* of each word */
    const bool *begins_turn, *sayable;  /* of each word */
    sb_heard_word *heard;               /* of each word; replaced if the second pass finds better evidence */
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

/* False if the language of the turn is undetermined. A poor fit of such a turn is not evidence. */
bool sb_turn_language_is_told(const sb_aligned_turn *turn);

/* Applying the pairing to the alignment. */

/* Sets the pairing and its note. Returns SB_ERR_MISMATCH if the text does not belong to the audio and
 * `allow_mismatch` is not set, or SB_ERR_MEMORY. */
sb_status sb_verdict_give(sb_alignment *alignment, const sb_pairing_facts *facts, bool allow_mismatch,
                          sb_error *err);

/* Turns an unsure pair into a mismatch if most of its words were searched and denied. Returns the same as
 * sb_verdict_give. */
sb_status sb_verdict_review(sb_alignment *alignment, bool allow_mismatch, sb_error *err);

/* Limits the confidence of turns that may belong on the other side of an inserted passage. */
void sb_verdict_doubt_turns_at_breaks(sb_alignment *alignment);

/* Limits the confidence of all times of a pair that is not certain. */
void sb_verdict_lower_confidence(sb_alignment *alignment);

#endif
