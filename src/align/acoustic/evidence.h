/* Whether words were said: how well the sound fits them, against what words that nobody said get in the same sound. */
#ifndef SB_ALIGN_EVIDENCE_H
#define SB_ALIGN_EVIDENCE_H

#include "align/acoustic/word_edges.h"

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

#endif
