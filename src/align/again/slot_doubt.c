#include "align/again/again.h"

#include <math.h>

/* Chosen on 13 English recordings: 2300 words that were said, and 250 that were put into the transcript in
 * place of others (docs/alignment.md, 2026-11-30). Where a voice fits the model badly, too many words are in
 * wrong places. */
#define GOOD_FIT  -1.3 /* of a voice in which every word can be judged */
#define LEAST_FIT -2.0 /* of a voice in which words can be judged if most words around them are proven */

/* Nats by which a rival must fit better than the word. */
#define NOTHING  30.0
#define NEGATION 10.0 /* for a negation: the slot without it */
#define OPPOSITE 30.0 /* the word with a negation that the transcript does not have */
#define NUMBER   50.0
/* The best of all words of the dictionary: for each frame of the word and EDGE_FRAMES more. A word that is
 * said fast has fewer sounds than its pronunciation, so other words fit better though it was said. */
#define OTHER        2.8
#define OTHER_HASTY  5.0
#define EDGE_FRAMES  20.0
#define HASTY_Z      -2.0f
#define LEAST_FRAMES 6 /* shorter words are hardly heard */

static bool can_be_judged(const sb_slot_evidence *e, const sb_slot_around *around)
{
    bool proven = 2 * around->n_aligned > around->n && around->beside_aligned;
    return e->said.heard && around->n_in_slot > 0 &&
           (around->voice_fit > GOOD_FIT || (around->voice_fit > LEAST_FIT && proven));
}

/* The evidence against the word, relative to what is needed. */
static double against_word(const sb_slot_evidence *e)
{
    size_t n_frames = e->said.words.end - e->said.words.first;
    bool hasty = e->said.length_z < HASTY_Z;
    double nothing = hasty || n_frames < LEAST_FRAMES ? 0 : e->nothing / NOTHING;
    double other = e->other / (((double)n_frames + EDGE_FRAMES) * (hasty ? OTHER_HASTY : OTHER));
    return fmax(fmax(nothing, other), e->number / NUMBER);
}

sb_word_doubt sb_slot_doubt(const sb_slot_evidence *e, const sb_slot_around *around, double *strength)
{
    double word = 0, left_out = 0;
    if (can_be_judged(e, around) && around->is_negation)
        word = fmax(e->nothing, e->opposite) / NEGATION;
    else if (can_be_judged(e, around)) {
        word = against_word(e);
        left_out = e->opposite / OPPOSITE;
    }
    *strength = fmax(word, left_out);
    return left_out > 1 ? SB_DOUBT_LEFT_OUT : word > 1 ? SB_DOUBT_WORD : SB_DOUBT_NONE;
}
