#include "align/acoustic/acoustic_aligner.h"

#include <math.h>

/* Nats of the anchors beyond chance. Unrelated texts had at most 42 in 4 windows, 51 in 42, and 217 in
 * 165. True ones had 200 in three seconds and 4800 in two minutes. */
#define NATS_LEAST  80.0
#define NATS_WINDOW 1.5

/* Minimum share of the windows of sound (or of text, if that is shorter) with a match. Other texts of the
 * same people had matches in at most a third, with 47 nats each; true ones in two thirds, with 250. */
#define WORD_WINDOWS 0.038 /* per word: 0.38 s of ten */
#define FEW_WINDOWS  6
#define FOUND_SHARE  0.5
#define NATS_EACH    100.0

/* Standard errors by which the text fits better than its decoy. Of 167 unrelated texts in 38 recordings
 * the mean was 0.2, the standard deviation 1.0 and the maximum 3.3. Most true ones had 4 to 20, noisy ones
 * 1.4 to 4. */
#define SURE_Z      4.5
#define LIKELY_Z    3.0 /* with anchors or pauses that agree */
#define FOREIGN_Z   1.2
#define LIKELY_NATS 25.0

#define LEAST_WINDOWS 5
#define MANY_WINDOWS  20
#define FEW_NATS      10.0 /* per window: true pairs have 100 and more, unrelated ones 3 */

/* Another text of the same people may share sentences with this one: a few matches far apart. The words
 * between them fit no better than their decoys then. */
static bool is_more_than_phrases(const sb_pairing_facts *f)
{
    double windows = fmin((double)f->anchors->n_windows, (double)f->n_words * WORD_WINDOWS);
    if (f->z_elsewhere >= LIKELY_Z && f->stamps_agree)
        return true;
    return windows < FEW_WINDOWS || (double)f->anchors->n_found >= FOUND_SHARE * windows ||
           f->anchors->evidence >= NATS_EACH * windows;
}

static bool was_heard(const sb_pairing_facts *f)
{
    double nats = f->anchors->evidence, z = f->evidence->z;
    if (!is_more_than_phrases(f))
        return false;
    return nats >= NATS_LEAST + NATS_WINDOW * (double)f->anchors->n_windows || z >= SURE_Z ||
           (z >= LIKELY_Z && (nats >= LIKELY_NATS || f->stamps_agree));
}

/* False if there are few words, little sound, or a poor fit of every text. */
static bool would_have_been_heard(const sb_pairing_facts *f)
{
    double windows = (double)f->anchors->n_windows;
    bool hardly_any = windows >= MANY_WINDOWS && f->anchors->evidence < FEW_NATS * windows;
    return f->n_sayable >= SB_MISMATCH_WORDS && windows >= LEAST_WINDOWS &&
           f->evidence->z < (hardly_any ? LIKELY_Z : FOREIGN_Z);
}

sb_pairing sb_pairing_judge(const sb_pairing_facts *f)
{
    if (was_heard(f))
        return SB_PAIRING_OK;
    return would_have_been_heard(f) ? SB_PAIRING_MISMATCH : SB_PAIRING_UNSURE;
}
