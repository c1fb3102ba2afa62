/* From what the model heard to the times of words and turns: edges refined, gaps filled, the rest told as what it is. */
#ifndef SB_ALIGN_WORD_EDGES_H
#define SB_ALIGN_WORD_EDGES_H

#include "soundbite/align.h"

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

#endif
